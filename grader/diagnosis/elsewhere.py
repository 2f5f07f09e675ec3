"""What a connection that was closed without an answer has to do with the check's other ones.
Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.failure import Failure
    from grader.check.transcript import Entry

_MANY: Final = 8
"""Fewer clients at once reach no limit that somebody would choose."""

_LEAVE_OPEN: Final = (
    "Close a connection only when it has ended or has got its answer: leave the others open."
)
_LIMIT: Final = "Look for a limit on the number of clients, or for a pool or a list that was full."


def tell_of_others(failure: Failure, entries: Sequence[Entry], connection: int) -> None:
    """Adds to the failure of a connection that was closed, in place of its first answer and without
    a cause that was seen, what its other clients may have to do with it."""
    if (other := _answered_before(entries, connection)) is not None:
        told = failure.summary.replace("the connection", f"connection {connection}")
        failure.summary = f"{told.rstrip('.')}, after it had answered connection {other}."
        failure.hint, failure.hint_alone = _LEAVE_OPEN, True
    elif (others := _open_beside(entries, connection)) >= _MANY:
        failure.summary = (
            f"{failure.summary.rstrip('.')} while {others} other clients were connected."
        )
        failure.hint, failure.hint_alone = _LIMIT, True


def _answered_before(entries: Sequence[Entry], connection: int) -> int | None:
    """The connection that was answered last after this one was opened, and before it asked."""
    is_open, other = False, None
    for entry in entries:
        if entry.connection != connection:
            came = entry.direction is Direction.RECEIVED
            other = entry.connection if is_open and came else other
        elif entry.direction is Direction.SENT:
            return other
        is_open |= (entry.connection, entry.direction) == (connection, Direction.OPENED)
    return None


def _open_beside(entries: Sequence[Entry], connection: int) -> int:
    """How many other connections are open."""
    found: set[int] = set()
    for entry in entries:
        if entry.direction is Direction.OPENED:
            found.add(entry.connection)
        elif entry.direction in {Direction.CLOSED, Direction.RESET}:
            found.discard(entry.connection)
    return len(found - {connection})
