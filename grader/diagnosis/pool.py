"""Finds a pool of threads that all wait on other connections. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.diagnosis.snapshot import Activity, Snapshot


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
