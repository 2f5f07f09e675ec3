"""Owns the sentence below a picture, which says what is to be seen in it; and the table of all
events. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.transcript import Direction, Entry
from grader.reporters.byte_lines import byte_lines
from grader.reporters.exchange import Act, acts, signalled
from grader.reporters.html_report.times import moment, said
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.reporters.html_report.lanes import Lane, Timeline

MOST_EVENTS = 60
MOST_LINES = 8
WIDTH = 88
_CARRIES_BYTES = frozenset({Direction.SENT, Direction.RECEIVED})


class Event(Value, frozen=True):
    """A row of the table. lines: the bytes, escaped; empty where none were carried."""

    at: str
    connection: str
    what: str
    lines: tuple[str, ...]


def overview(timeline: Timeline) -> str:
    """One line: `3 connections, all open at once; 2 of them silent; 1 round trip; in 15 ms.`"""
    lanes = timeline.lanes
    parts = [
        _connections(timeline),
        *_silent(lanes),
        *_trips(lanes),
        *_in_vain(lanes),
        *_ends(lanes),
    ]
    return "; ".join([*parts, f"in {said(timeline.until_s - timeline.from_s)}"]) + "."


def events(entries: Sequence[Entry]) -> tuple[tuple[Event, ...], int]:
    """The last events, and how many came before them."""
    every = acts(entries)
    shown = every[-MOST_EVENTS:]
    return tuple(_event(act) for act in shown), len(every) - len(shown)


def _connections(timeline: Timeline) -> str:
    count = len(timeline.lanes)
    if count == 1:
        return "1 connection"
    if timeline.at_once == count:
        return (
            f"{count} connections, all open at once"
            if count > 2
            else "2 connections, both open at once"
        )
    if timeline.at_once <= 1:
        return f"{count} connections, one after the other"
    return f"{count} connections, at most {timeline.at_once} open at once"


def _silent(lanes: tuple[Lane, ...]) -> list[str]:
    silent = sum(lane.silent for lane in lanes)
    if not silent:
        return []
    return ["silent" if len(lanes) == 1 else f"{_all(silent, lanes)} silent"]


def _trips(lanes: tuple[Lane, ...]) -> list[str]:
    trips = sum(lane.round_trips for lane in lanes)
    if not trips:
        return []
    most = max(lane.round_trips for lane in lanes)
    if len(lanes) > 1 and trips > 1 and most == 1 and trips == len(lanes):
        return ["one round trip on each"]
    where = "" if len(lanes) == 1 or most == 1 else f", up to {most} on one connection"
    return [counted(trips, "round trip") + (" on it" if len(lanes) == 1 and trips > 1 else where)]


def _in_vain(lanes: tuple[Lane, ...]) -> list[str]:
    vain = [
        (wait.until_s - wait.from_s, lane.number)
        for lane in lanes
        for wait in lane.waits
        if not wait.answered
    ]
    if not vain:
        return []
    longest, number = max(vain)
    if len(vain) == 1:
        who = "" if len(lanes) == 1 else f"#{number} "
        return [f"{who}waited {said(longest)} and got no answer"]
    return [f"{_all(len(vain), lanes)} waited and got no answer, up to {said(longest)}"]


def _ends(lanes: tuple[Lane, ...]) -> list[str]:
    """Only what the server did: that the grader closes at the end goes without saying."""
    closed = sum(lane.end is Direction.CLOSED and lane.by == "server" for lane in lanes)
    reset = sum(lane.end is Direction.RESET and lane.by == "server" for lane in lanes)
    says = []
    for count, how in ((closed, "closed"), (reset, "reset")):
        if count:
            says.append(
                f"{how} by the server"
                if len(lanes) == 1
                else f"{_all(count, lanes)} {how} by the server"
            )
    return says


def _all(count: int, lanes: tuple[Lane, ...]) -> str:
    return f"all {count}" if count == len(lanes) else f"{count} of them"


def _event(act: Act) -> Event:
    if act.direction is Direction.SIGNAL:
        return Event(moment(act.at_s), "", signalled(act), ())
    if act.direction in _CARRIES_BYTES:
        lines = byte_lines(act.data, WIDTH, at_most=MOST_LINES)
        return Event(
            moment(act.at_s),
            f"#{act.connection}",
            f"{act.direction} {counted(len(act.data), 'byte')}",
            lines,
        )
    return Event(
        moment(act.at_s), f"#{act.connection}", f"{act.direction} by the {act.by[:20]}", ()
    )
