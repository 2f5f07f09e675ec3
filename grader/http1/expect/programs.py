"""Judgements on the program itself: that it lives, listens, and sleeps with nothing to do."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.diagnosis import WAITING, after_clients
from grader.http1.expect.answers import status
from grader.net.alive import ended, running
from grader.system.patience import Deadline, wait
from grader.text.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.http1.session import Session
    from grader.http1.wire import Request

_TRIES = 3


def running_for(session: Session, seconds: float) -> None:
    """The program must still be there after so long, or be seen to sleep as long."""
    server = session.server
    deadline = Deadline(seconds, server.look)
    if wait(server.program.wait_exit, deadline, server.asleep_for(seconds), step_s=0.001):
        raise ended(session, WAITING)


def listening(session: Session) -> None:
    """The program must still be there, and its listening socket still be open."""
    running(session)
    if not session.server.listening:
        raise Failure(
            Kind.CONNECTION,
            sentence(
                f"your server no longer listens on port {session.server.port}"
                f" {after_clients(session.transcript.entries)}".rstrip()
            ),
            expected="a listening socket for the next client",
            actual="no listening socket",
            hint="Close the client's socket, not the listening one, and go back to accept.",
        )


def serves_others(session: Session) -> None:
    """A client that does nothing unusual must get an answer, and the next one could connect.

    Which answer is for other checks, as long as the server does not say itself that something is
    wrong with it.
    """
    with left_to_another_check(Kind.MALFORMED, Kind.INCOMPLETE):
        answer = session.get("/", ends=False)
        if answer.status >= 500:
            status(answer, 200)
    listening(session)


def survived(session: Session, request: Request) -> None:
    """The program must outlive this request, and answer the next client. Whether it answers this
    one is not asked.

    An answer that has begun is read to its end: a client that leaves early is another requirement.
    """
    connection = session.connect()
    connection.ask(request)
    if connection.is_heeded(matters=False):
        with suppress(Failure):
            connection.read(ends=False)
    session.leave(connection)
    running(session)
    serves_others(session)


@contextmanager
def left_to_another_check(*kinds: Kind) -> Iterator[None]:
    """A failure of these kinds is what another check of the stage is about: here it ends the check
    without one."""
    try:
        yield
    except Failure as failure:
        if failure.kind not in kinds:
            raise


def idle(session: Session, why: str, hint: Hint | None = None) -> None:
    """The server must come to rest; `why` ends the sentence "Your server is busy ...".

    It fails when it is never seen asleep and wants the processor throughout: on a busy machine a
    spinning server uses little of it, and a right one may have to wait for it.
    """
    busy = session.server.busy(session.quiet())
    if busy is not None and busy.spins:
        raise Failure(
            Kind.RESOURCE,
            f"Your server is busy {why}: it needed the processor for {busy.wanted_s:.2f} of"
            f" {busy.of_s:.2f} s.",
            expected="a server that sleeps until something arrives",
            actual="a server that never sleeps",
            hint=hint,
        )


def prompt(session: Session, request: Request, seconds: float) -> None:
    """One of three answers in a row must begin within so many seconds of time that the server was
    able to run."""
    for _ in range(_TRIES):
        connection = session.connect()
        connection.ask(request)
        begun = connection.something_comes_within(seconds, strictly=True)
        connection.read(ends=False)
        connection.close()
        if begun:
            return
    raise Failure(
        Kind.RESOURCE,
        f"Each of {_TRIES} answers in a row took more than {seconds:g} s to begin, although your"
        " server had nothing else to do.",
        expected="an answer as soon as the request is complete",
        actual=f"{seconds:g} s of silence before every answer",
        hint="Look for a sleep, or for a wait that times out before you answer.",
        by_hand=(
            "curl -sS -o /dev/null -w '%{time_starttransfer} s\\n'"
            f" http://localhost:{{port}}{os.fsdecode(request.target)}"
        ),
    )
