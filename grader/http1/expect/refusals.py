"""Judgements on what a server must not take in: refused by an answer or by hanging up, in time; and
what it invites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, refused, status
from grader.text.sentence import choice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.http1.connection import Connection
    from grader.http1.wire import Response


_CONTINUE = b"HTTP/1.1 100"
_TIMED_OUT = 408
_TIMES_OUT = (
    "Do not wait for more when what has come is wrong already: answer at once, or close the"
    " connection."
)


def answered_or_closed(connection: Connection) -> Response | None:
    """The answer, whatever it is; `None` when the connection ends without one. A server that waits
    for more until its own time-out ends has not answered, and 408 says no more than that."""
    waited = False
    while not (connection.rest or connection.ended):
        waited = waited or connection.is_kept_waiting()
        if not connection.answer_begins():
            break
    if connection.ended and not connection.rest:
        if (failure := connection.cut_off()).kind is Kind.EXIT:
            raise failure
        if waited:
            raise _timed_out("the end of the connection, when nothing more came")
        return None
    answer = connection.read("POST", ends=False)
    if waited and answer.status == _TIMED_OUT:
        raise _timed_out(answer.head)
    return answer


def _timed_out(actual: str | bytes) -> Failure:
    """Of a server that takes what is wrong for the beginning of something longer."""
    return Failure(
        Kind.SILENCE,
        "Your server waited for more, and gave up when nothing came.",
        expected="an error, or the end of the connection, at once",
        actual=actual,
        hint=_TIMES_OUT,
    )


def refused_or_closed(
    connection: Connection, *likely: int, hint: Hint | None = None
) -> Response | None:
    """What was sent is not served: the answer is an error, whichever, or the connection ends
    without one (`None`).

    likely: the statuses that a server would send here.
    """
    answer = answered_or_closed(connection)
    if answer is not None:
        refused(answer, *likely, hint=hint)
    return answer


def refused_or_reads(
    answer: Response,
    wanted: str,
    problem: str,
    hint: Hint | None = None,
    *,
    expected: str = "status 400",
) -> None:
    """The answer is an error, or its body is the text that the pattern `wanted` matches; else this
    is the problem."""
    if answer.status < 400 and not re.fullmatch(wanted.encode(), body := decoded(answer)):
        raise Failure(
            Kind.MISMATCH, problem, expected=expected, actual=answer.head + body, hint=hint
        )


def refused_with(connection: Connection, *wanted: int, hint: Hint | None = None) -> None:
    """What was sent is answered, and with one of these statuses."""
    answer = refused_or_closed(connection, *wanted, hint=hint)
    if answer is None:
        raise connection.cut_off()
    status(answer, *wanted, hint=hint)


def refused_midway(
    connection: Connection,
    pieces: Iterable[bytes],
    *likely: int,
    most: int,
    what: str,
    hint: Hint | None = None,
) -> None:
    """Send what has no end: it is refused, or the connection ends, before the server has taken in
    `most` bytes.

    likely: as above. what: ends the sentence "Your server read 2 MiB of ...". A server that
    has not come so far within the `message` budget is not judged.
    """
    whole, sent = connection.deadline(connection.budgets.message), 0
    for piece in pieces:
        connection.send(piece)
        connection.something_comes_within(0.0)
        sent += len(piece)
        if connection.ended or _is_final(_said(connection.rest)):
            refused_or_closed(connection, *likely, hint=hint)
            return
        if sent - connection.under_way >= most:
            raise Failure(
                Kind.RESOURCE,
                f"Your server read {most >> 20} MiB of {what} without rejecting the request.",
                expected=(
                    f"status {choice(likely)}, or the end, while the client is still sending"
                ),
                actual="no answer",
                hint=hint,
            )
        if not whole.goes_on():
            return


def no_second_answer(connection: Connection, what: str, hint: Hint | None = None) -> None:
    """After a refusal that left `what` unread, nothing of it is answered: that would be a request
    that no client has made."""
    whole = connection.deadline(connection.budgets.message)
    while (
        not (connection.rest or connection.ended)
        and whole.goes_on()
        and connection.something_comes()
    ):
        pass
    if connection.rest:
        raise Failure(
            Kind.MISMATCH,
            f"A second answer came: your server read {what} as the next request.",
            expected="the end of the connection, or nothing more",
            actual=connection.rest[:500],
            hint=hint,
        )


def invited(connection: Connection) -> bool:
    """A client that holds back its body is not left waiting: True when 100 (Continue) came, False
    when a final answer comes instead, or the end. That the server's own time-out ends the wait is
    neither."""
    whole, waited = connection.deadline(connection.budgets.message), False
    while not ((said := _said(connection.rest)) or connection.ended):
        waited = waited or connection.is_kept_waiting()
        if not whole.goes_on() or not connection.answer_begins():
            raise _not_invited(connection.rest)
    if waited and (not said or re.match(rb"HTTP/1\.\d %d\b" % _TIMED_OUT, said)):
        raise _not_invited(connection.rest)
    return said.startswith(_CONTINUE)


def _said(received: bytes) -> bytes:
    """The first head that is 100 (Continue) or no interim answer; empty while there is none."""
    for head in received.split(b"\r\n\r\n")[:-1]:
        if head.startswith(_CONTINUE) or not head.startswith(b"HTTP/1.1 1"):
            return head
    return b""


def _is_final(head: bytes) -> bool:
    return bool(head) and not head.startswith(b"HTTP/1.1 1")


def _not_invited(received: bytes) -> Failure:
    if received.rpartition(b"\r\n\r\n")[2].startswith(_CONTINUE):
        return Failure(
            Kind.INCOMPLETE,
            "Your server began to send 100 (Continue), but the client still waits for the empty"
            " line that ends it.",
            expected="HTTP/1.1 100 Continue and an empty line",
            actual=received[-500:],
            hint=r"End 100 (Continue) as every head: with \r\n after the line, and \r\n once more.",
            hint_alone=True,
        )
    return Failure(
        Kind.SILENCE,
        "Deadlock: the client waits for 100 (Continue), and your server waits for the body.",
        expected="HTTP/1.1 100 Continue and an empty line, or the final answer",
        actual=received[:500] or "no answer",
        hint="When a request has Expect: 100-continue, send 100 (Continue), then read its body.",
        hint_alone=True,
    )
