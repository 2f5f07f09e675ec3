"""Clients that come one by one, send one thing, and leave. Pure."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction, Entry
from grader.reproduce.printing import continued
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_SENT: Final = 16 << 20
"""In bytes, at once: to write a command must not take the memory that a flood would."""

_ENDS: Final = (Direction.CLOSED, Direction.RESET)


class Visit(Value, frozen=True):
    """What one client sent. waits: whether an answer came before it left. resets: whether it reset
    its connection instead of closing it. size: how many entries of a transcript this is."""

    data: bytes
    waits: bool
    resets: bool
    size: int


def visiting(entries: Sequence[Entry]) -> Sequence[Visit]:
    """The visits that a transcript begins with, as far as they all end in the same way."""
    visits: list[Visit] = []
    start = 0
    while (visit := _visit(entries[start:])) is not None:
        if visits and (visit.resets, visit.waits) != (visits[0].resets, visits[0].waits):
            break
        visits.append(visit)
        start += visit.size
    return visits


def _visit(entries: Sequence[Entry]) -> Visit | None:
    """The first client's, when it ends before another one comes."""
    if [entry.direction for entry in entries[:2]] != [Direction.OPENED, Direction.SENT]:
        return None
    number = entries[0].connection
    own = list(takewhile(lambda entry: entry.connection == number, entries))
    came = list(takewhile(lambda entry: entry.by != "grader", own[2:]))
    left = own[2 + len(came) : 3 + len(came)]
    if len(own) < 3 or not left or left[0].direction not in _ENDS:
        return None
    waits = any(entry.direction is Direction.RECEIVED for entry in came)
    resets = left[0].direction is Direction.RESET
    return Visit(sent_data(own[1]), waits, resets, 3 + len(came))


def sent_data(entry: Entry) -> bytes:
    """What was sent; what was not kept is as long, up to a limit."""
    return continued(entry.data, min(entry.left_out, _MOST_SENT))
