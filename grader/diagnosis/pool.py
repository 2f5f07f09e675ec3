"""Finds a pool of threads that all wait on other connections, one that waits until another client
reads, or a lock that one holds. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.diagnosis.snapshot import Activity, Snapshot


_MOST_PLACES: Final = 3
_LOCKS: Final = re.compile(r"lock|acquire|mutex|semaphore|\w <- ", re.IGNORECASE)
"""A line that takes a lock, or sends to a channel that stands for one: not one that waits for
work."""


def held_lock(snapshot: Snapshot, own: int) -> tuple[Activity, Activity] | None:
    """A thread that waits for a lock, and one that waits for input on another connection meanwhile:
    it may hold the lock. None where lines are not known. own: the connection that has no answer."""
    told = snapshot.told
    waiting = [
        one
        for one in told
        if one.locked and not one.main and one.place and _LOCKS.search(one.place.text)
    ]
    reading = [one for one in told if one.receives and one.connection != own]
    return (waiting[0], reading[0]) if waiting and reading else None


def several_locked(snapshot: Snapshot) -> tuple[Activity, ...]:
    """The threads that wait for locks or other threads at two or three lines; none where they are
    fewer or more."""
    stuck = [one for one in snapshot.told if one.locked and not one.main]
    return tuple(stuck) if 2 <= len(stuck) <= _MOST_PLACES else ()


def stuck_at(stuck: Sequence[Activity]) -> str:
    """What those do, as a clause; empty where there are none."""
    if not stuck:
        return ""
    *first, last = (str(one.place) for one in stuck)
    where = f"{', '.join(first)} and {last}"
    return f"{len(stuck)} of its threads are blocked on locks or other threads at {where}"


def readers_elsewhere(snapshot: Snapshot) -> tuple[Activity, ...]:
    """The threads that wait for input on other connections of the check, when all do that are not
    at accept: in the order of the connections, and at one line as far as lines are known."""
    known = snapshot.told or (
        snapshot.activities if len(snapshot.activities) == snapshot.threads else ()
    )
    busy = [one for one in known if not one.accepts and not one.loop]
    same = len({one.place for one in busy}) == 1 and all(
        one.receives and one.connection for one in busy
    )
    return tuple(sorted(busy, key=lambda one: one.connection or 0)) if same else ()


def sending_elsewhere(snapshot: Snapshot, own: int) -> Activity | None:
    """What a thread does that waits until another client of the check reads. None where another
    thread computes, or where such threads are at several lines."""
    others = {
        one.place: one
        for one in snapshot.activities
        if one.sends and one.connection not in (None, own)
    }
    computing = any(one.computes for one in snapshot.activities)
    return next(iter(others.values())) if len(others) == 1 and not computing else None


def blamed(snapshot: Snapshot, own: int) -> Activity | None:
    """What may keep the client of this connection waiting: the likeliest."""
    return snapshot.on(own) or sending_elsewhere(snapshot, own) or snapshot.culprit
