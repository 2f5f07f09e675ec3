"""Owns what a transcript says about its connections in time: a lane for each, with what was sent,
came and was waited for on it. Pure; all times are seconds since the check began."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from grader.check.transcript import Direction, Entry
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BURSTS = 80  # on one lane: more would not be told apart
_CARRIES_BYTES = frozenset({Direction.SENT, Direction.RECEIVED})
_ENDS = frozenset({Direction.CLOSED, Direction.RESET})


class Burst(Value, frozen=True):
    """Bytes that went one way without a break: from the first piece to the last. size: in bytes,
    kept or not."""

    direction: Direction
    first_s: float
    last_s: float
    size: int
    pieces: int


class LaneWait(Value, frozen=True):
    """The time after something was sent: until the first byte came back, or, unanswered, until the
    connection's end."""

    from_s: float
    until_s: float
    answered: bool


class Lane(Value, frozen=True):
    """One connection. end: how it ended, None if it was open to the last. by: who ended it.
    round_trips: how often something was sent and something came back. not_drawn: bursts beyond the
    most."""

    number: int
    from_s: float
    until_s: float
    end: Direction | None
    by: str
    bursts: tuple[Burst, ...]
    waits: tuple[LaneWait, ...]
    round_trips: int
    not_drawn: int

    @property
    def silent(self) -> bool:
        return not self.bursts


class Timeline(Value, frozen=True):
    """All connections of a check in the order of their opening, and how many of them were open at
    the same time."""

    lanes: tuple[Lane, ...]
    at_once: int
    from_s: float
    until_s: float
    not_kept: int  # bytes that were counted, but are not in the transcript


def timeline_of(entries: Sequence[Entry]) -> Timeline | None:
    """The connections of a transcript; None when there was none."""
    if not entries:
        return None
    first, last = min(entry.at_s for entry in entries), max(entry.at_s for entry in entries)
    by_number: dict[int, list[Entry]] = {}
    for entry in entries:
        by_number.setdefault(entry.connection, []).append(entry)
    lanes = tuple(_lane(number, its_own, last) for number, its_own in by_number.items())
    # what the grader tidies up after the server's end is no part of it
    until = max(lane.until_s for lane in lanes)
    return Timeline(
        lanes, _at_once(entries), first, until, sum(entry.left_out for entry in entries)
    )


def _lane(number: int, entries: list[Entry], last_s: float) -> Lane:
    end = next((entry for entry in entries if entry.direction in _ENDS), None)
    bursts = _bursts(entries)
    waits = _waits(bursts, end.at_s if end else last_s)
    return Lane(
        number,
        min(entry.at_s for entry in entries),
        max([end.at_s, *(burst.last_s for burst in bursts)]) if end else last_s,
        end.direction if end else None,
        end.by if end else "",
        bursts[:MOST_BURSTS],
        waits[:MOST_BURSTS],
        sum(wait.answered for wait in waits),
        max(0, len(bursts) - MOST_BURSTS),
    )


def _bursts(entries: list[Entry]) -> tuple[Burst, ...]:
    carrying = (entry for entry in entries if entry.direction in _CARRIES_BYTES)
    runs = [
        (direction, list(run))
        for direction, run in groupby(carrying, key=lambda entry: entry.direction)
    ]
    return tuple(
        Burst(
            direction,
            run[0].at_s,
            max(entry.at_s for entry in run),
            sum(len(entry.data) + entry.left_out for entry in run),
            len(run),
        )
        for direction, run in runs
    )


def _waits(bursts: tuple[Burst, ...], end_s: float) -> tuple[LaneWait, ...]:
    """One for each burst that was sent: bursts of a lane alternate: the next is what came back."""
    following: tuple[Burst | None, ...] = (*bursts[1:], None)
    return tuple(
        LaneWait(sent.last_s, max(sent.last_s, came.first_s if came else end_s), came is not None)
        # without bursts there is nothing to follow
        for sent, came in zip(bursts, following, strict=False)
        if sent.direction is Direction.SENT
    )


def _at_once(entries: Sequence[Entry]) -> int:
    """The most connections that were open at the same time, by the order of events."""
    most, open_now, seen = 0, set[int](), set[int]()
    for entry in entries:
        if entry.direction in _ENDS:
            open_now.discard(entry.connection)
        elif entry.connection not in seen:
            open_now.add(entry.connection)
        seen.add(entry.connection)
        most = max(most, len(open_now))
    return most
