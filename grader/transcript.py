"""Everything that went over the wire in one check: which connection, which way, when, which bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Seen from the grader: what it sent, what it received, and how a connection ended."""

    OPENED = "opened"
    SENT = "sent"
    RECEIVED = "received"
    CLOSED = "closed"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `at_s` is in seconds since the check began; `data` is empty for opened, closed and reset;
    `by` says whose act it was."""

    connection: int
    direction: Direction
    at_s: float
    data: bytes = b""
    by: str = "grader"


class Transcript:
    """An append-only record, bounded: past `limit` bytes only sizes are kept, so that endless data costs nothing."""

    def __init__(self, clock: Callable[[], float], limit: int = 256 * 1024) -> None:
        self._clock = clock
        self._began = clock()
        self._room = limit
        self._entries: list[Entry] = []
        self._connections = 0
        self.dropped = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def connection(self) -> int:
        """The number of a new connection, counted from 1."""
        self._connections += 1
        return self._connections

    def record(self, connection: int, direction: Direction, data: bytes = b"", *, by: str = "grader") -> None:
        kept = data[: self._room]
        self._room -= len(kept)
        self.dropped += len(data) - len(kept)
        if data and not kept:
            return
        self._entries.append(Entry(connection, direction, self._clock() - self._began, kept, by))
