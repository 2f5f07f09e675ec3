"""What a check expects of lines, bytes and connections over TCP. Each raises `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.net.alive import running
from grader.net.echoed import changed, what_changed
from grader.net.same_bytes import same_bytes
from grader.tcp.connection import LINE_END

if TYPE_CHECKING:
    from grader.tcp.connection import TcpConnection

__all__ = ["closes", "data", "echoed", "line", "no_more", "running", "stays_open"]


def line(actual: bytes, expected: str | bytes, *, hint: Hint | None = None) -> None:
    r"""The line is `expected` (in UTF-8), and ends with "\n"."""
    wanted = expected.encode() if isinstance(expected, str) else expected
    same_bytes("The answer is not the expected line", actual, wanted + LINE_END, hint)


def data(actual: bytes, expected: bytes, *, hint: Hint | None = None) -> None:
    """These bytes came, and no others."""
    same_bytes("The answer has not the expected bytes", actual, expected, hint)


def echoed(
    connection: TcpConnection, sent: bytes, *, hint: Hint | None = None, alone: bool = False
) -> None:
    """What was sent comes back next, byte for byte. alone: and nothing more, before the server has
    come to rest."""
    try:
        came = connection.read_exactly(len(sent))
    except Failure as failure:
        came = connection.rest
        begun = sent.startswith(came) and not what_changed(sent, came)
        if failure.kind is Kind.INCOMPLETE and not begun:
            raise changed(sent, came, hint) from None
        raise
    if alone or came != sent:
        connection.something_comes()  # what is shown must not depend on who is faster
    if came != sent or (alone and connection.rest):
        raise changed(sent, came + connection.rest, hint, begun=not connection.rest)


def no_more(connection: TcpConnection, *, hint: Hint | None = None) -> None:
    """Nothing came after what was read, nor comes before the server has come to rest."""
    connection.something_comes()
    if connection.rest:
        raise Failure(
            Kind.MISMATCH,
            "More came than the answer.",
            expected=b"",
            actual=connection.rest,
            offset=0,
            hint=hint,
        )


def closes(connection: TcpConnection, *, hint: Hint | None = None) -> None:
    """The server closes the connection within the `close` budget."""
    if not connection.ends_within(connection.budgets.close):
        raise Failure(
            Kind.CONNECTION,
            f"The connection is still open {connection.budgets.close:g} s after the last byte.",
            expected="The server closes the connection.",
            actual="an open connection",
            hint=hint,
        )


def stays_open(connection: TcpConnection, *, hint: Hint | None = None) -> None:
    """The server has not closed the connection, and does not before it has come to rest."""
    connection.something_comes()
    if connection.ended:
        raise Failure(
            Kind.CONNECTION,
            f"Your server {'reset' if connection.was_reset else 'closed'} the connection.",
            expected="The connection stays open until the client closes it.",
            actual="connection reset" if connection.was_reset else "end of connection",
            hint=hint,
        )
