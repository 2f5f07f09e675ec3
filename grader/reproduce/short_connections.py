"""Clients that come one by one, send one thing and leave without waiting for an answer. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction, Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

VISIT: Final = 3
"""How many entries of a transcript a visit is."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one client sent; resets: whether it reset its connection instead of closing it."""

    data: bytes
    resets: bool


def visiting(entries: Sequence[Entry]) -> Sequence[Visit]:
    """The visits that a transcript begins with, as far as they all end in the same way."""
    visits: list[Visit] = []
    for start in range(0, len(entries) - VISIT + 1, VISIT):
        visit = _visit(*entries[start : start + VISIT])
        if visit is None or (visits and visit.resets != visits[0].resets):
            break
        visits.append(visit)
    return visits


def _visit(opened: Entry, sent: Entry, left: Entry) -> Visit | None:
    own = opened.connection == sent.connection == left.connection
    ways = (opened.direction, sent.direction) == (Direction.OPENED, Direction.SENT)
    if not (
        own
        and ways
        and left.by == "grader"
        and left.direction in (Direction.CLOSED, Direction.RESET)
    ):
        return None
    return Visit(sent.data, left.direction is Direction.RESET)
