"""Judgements on one connection: what may come on it, and whether it stays open or ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.http1.messages import explain_malformed
from grader.http1.wire import Response, explain_leftover
from grader.text.sentence import sentence

if TYPE_CHECKING:
    from grader.http1.connection import Connection

_NOT_ASKED = (
    "Do not send Connection: close unless the client asked for it. Keep the connection open, and"
    " read the next request."
)
_KEEP_OPEN = "Keep an HTTP/1.1 connection open until one side sends Connection: close."
_CUT_SHORT = frozenset({Kind.INCOMPLETE, Kind.SILENCE, Kind.CLOSED})


def nothing_more(connection: Connection) -> None:
    """No byte follows the answer that was read last: what follows it belongs to no message (RFC
    9112 6.3)."""
    whole = connection.deadline(connection.budgets.message)
    while (
        not (connection.ended or connection.rest)
        and whole.goes_on()
        and connection.something_comes()
    ):
        pass
    if connection.rest and connection.last is not None:
        raise explain_malformed(explain_leftover(connection.last, connection.rest))


def silence(connection: Connection, why: str, hint: Hint | None = None) -> None:
    """Nothing may come yet. `why` ends the sentence "Your server answered ..."."""
    connection.something_comes()
    if connection.rest:
        raise Failure(
            Kind.MISMATCH,
            sentence(f"your server answered {why}"),
            expected="no byte yet",
            actual=connection.rest[:500],
            hint=hint,
        )
    if connection.ended:
        raise connection.cut_off()


def stays_open(connection: Connection, why: str, seconds: float = 0.0) -> None:
    """The connection may not be closed: now, or in so many seconds of silence.

    `why` ends the sentence "Your server closed the connection ...". A server that can be seen to
    wait for us without a time limit is not waited for.
    """
    if seconds:
        connection.something_comes_within(seconds)
    else:
        connection.something_comes()
    if connection.ended:
        raise Failure(
            Kind.CONNECTION,
            sentence(f"your server closed the connection {why}"),
            expected="the connection stays open for the next request",
            actual="connection reset" if connection.was_reset else "end of connection",
            hint=_KEEP_OPEN,
            cite="RFC 9112 9.3",
        )


def announces_no_close(
    response: Response, why: str = "the client did not ask for it", hint: Hint | None = None
) -> None:
    """The answer lets the connection stay open: HTTP/1.1, and no Connection: close that was not
    asked for. `why` ends the sentence "The answer says Connection: close, but ...". hint: in place
    of the usual one."""
    if response.wants_close:
        says, hint = "says Connection: close", hint or _NOT_ASKED
        if "close" not in response.tokens("Connection"):
            says, hint = f"has {response.version}, which closes the connection", _KEEP_OPEN
        raise Failure(
            Kind.CONNECTION,
            f"The answer {says}, but {why}.",
            expected="HTTP/1.1 without Connection: close",
            actual=response.head,
            hint=hint,
            hint_alone=hint != _KEEP_OPEN,
            cite="RFC 9112 9.3",
        )


def whole_for_a_slow_reader(connection: Connection, url: str) -> Response:
    """The answer to a client that has taken nothing for a while: it comes to its end."""
    try:
        return connection.read(ends=False)
    except Failure as failure:
        # less than its head promises
        cut_short = _CUT_SHORT | {Kind.MALFORMED} if connection.ended else _CUT_SHORT
        if failure.kind not in cut_short or not connection.rest:  # nothing is no beginning
            raise
        raise Failure(
            Kind.INCOMPLETE,
            "A client that read nothing for half a second did not get the whole answer.",
            expected="the whole answer, however long the client takes",
            actual="the beginning of it",
            hint="Keep the rest until the client reads it, however long that takes.",
            by_hand=f"curl -m 5 -s {url} | (sleep 1; wc -c)",
        ) from failure


def closes(
    connection: Connection, why: str, cite: str = "RFC 9112 9.6", *, hint: Hint | None = None
) -> None:
    """The server must close within its budget. `why` ends the sentence "The connection stayed open
    ...", `cite` is the rule that it has to. hint: in place of the check's own."""
    if not connection.ends_within(connection.budgets.close):
        raise Failure(
            Kind.CONNECTION,
            sentence(f"the connection stayed open {why}"),
            expected="the end of the connection after the answer",
            actual=f"no end of connection within {connection.budgets.close:g} s",
            hint=hint or "Close the socket after you have sent the answer.",
            hint_alone=hint is not None,
            cite=cite,
        )


def not_reset(connection: Connection) -> None:
    """The connection is accepted and left alone while the client says nothing."""
    connection.something_comes()
    if connection.was_reset:
        raise Failure(
            Kind.CONNECTION,
            "Your server reset the connection before the client sent anything.",
            expected="an open connection",
            actual="connection reset",
            hint=(
                "Keep the accepted connection open: leave out SO_LINGER, and read what came before"
                " you close it. Do not close the listening socket while clients wait."
            ),
        )
