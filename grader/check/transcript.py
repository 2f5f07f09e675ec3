"""Everything that went over the wire in one check: which connection, which way, when, what."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_FOR_ANSWERS = 16 * 1024  # of what is kept: a long request must not leave its answer out
_PIECES = 4096  # an entry takes room itself: bytes that come one by one are many entries
_PIECES_OF_ANSWERS = 256
_MOST_OF_A_PIECE = 4096


class Direction(StrEnum):
    """Seen from the grader: what it sent, what it received, how a connection ended, and when it
    asked the program to stop."""

    OPENED = "opened"
    SENT = "sent"
    RECEIVED = "received"
    HALF_CLOSED = "half-closed"  # no more comes from there, and the other side may still send
    CLOSED = "closed"
    RESET = "reset"
    SIGNAL = (
        "signal"  # the program gets one, named in the data, while this connection is the newest
    )


class Entry(Value, frozen=True):
    """One event. `at_s` is in seconds since the check began; `data` is empty for all but sent,
    received and signal; `by` says whose act it was; `left_out` counts the bytes that followed in
    the same direction and were not kept; `whole` says that it is a message of its own, a
    datagram."""

    connection: int
    direction: Direction
    at_s: float
    data: bytes = b""
    by: str = "grader"
    left_out: int = 0
    whole: bool = False


class Transcript:
    """An append-only record, bounded: past `limit` bytes only sizes are kept, so that endless data
    costs nothing.

    What is kept depends on the bytes alone, not on the pieces in which they came: two runs keep the
    same."""

    def __init__(self, clock: Callable[[], float], limit: int = 256 * 1024) -> None:
        self._clock = clock
        self._began = clock()
        self._room = limit
        self._pieces = _PIECES
        self._entries: list[Entry] = []
        self._connections = 0
        self.ports: dict[int, int] = {}
        """Our port of each TCP connection -> its number."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries)

    def connection(self) -> int:
        """The number of a new connection, counted from 1."""
        self._connections += 1
        return self._connections

    def record(
        self,
        connection: int,
        direction: Direction,
        data: bytes = b"",
        *,
        by: str = "grader",
        whole: bool = False,
    ) -> None:
        reserved, pieces = (
            (_FOR_ANSWERS, _PIECES_OF_ANSWERS) if direction is Direction.SENT else (0, 0)
        )
        kept = data[: max(0, self._room - reserved)] if self._pieces > pieces else b""
        left_out = len(data) - len(kept)
        self._room -= len(kept)
        self._pieces -= bool(kept)
        if data and not kept:
            self.leave_out(connection, direction, left_out)
        else:
            self._entries.append(
                Entry(connection, direction, self._clock() - self._began, kept, by, left_out, whole)
            )

    def signal(self, name: str) -> None:
        """The program is sent this signal."""
        self.record(max(self._connections, 1), Direction.SIGNAL, name.encode())

    def sent_on(self, connection: int) -> bytes:
        """What was sent on it; b"" when not all of that was kept."""
        sent = [
            it
            for it in self._entries
            if (it.connection, it.direction) == (connection, Direction.SENT)
        ]
        return b"" if any(it.left_out for it in sent) else b"".join(it.data for it in sent)

    def received_on(self, connection: int) -> bytes:
        """What came on it, as far as it was kept."""
        came = (
            it
            for it in self._entries
            if (it.connection, it.direction) == (connection, Direction.RECEIVED)
        )
        return b"".join(it.data for it in came)

    def leave_out(self, connection: int, direction: Direction, size: int) -> None:
        """Count what is not kept where the bytes before it are."""
        if self._entries and (self._entries[-1].connection, self._entries[-1].direction) == (
            connection,
            direction,
        ):
            self._entries[-1] = replace(
                self._entries[-1], left_out=self._entries[-1].left_out + size
            )


def exchanged_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """The lines of what was sent, and the first line of each piece that came: what a program that
    logs its exchanges prints of them."""
    for entry in entries:
        lines = entry.data[:_MOST_OF_A_PIECE].decode("utf-8", "replace").splitlines()
        yield from lines if entry.direction is Direction.SENT else lines[:1]


def served(entries: Iterable[Entry]) -> tuple[int, int]:
    """How many connections have had an answer, or a part of one, and how many have asked."""
    ways: dict[Direction, set[int]] = {it: set() for it in Direction}
    for entry in entries:
        if entry.data:
            ways[entry.direction].add(entry.connection)
    asked = ways[Direction.SENT]
    return len(asked & ways[Direction.RECEIVED]), len(asked)
