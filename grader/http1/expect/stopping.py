"""Judgements on ends that are due: of a connection whose client is silent, and of a program that is
asked to stop."""

from __future__ import annotations

import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.diagnosis import (
    explain_dropped_request,
    explain_held,
    explain_running,
    how_it_ended,
)
from grader.net.tries import Undecided
from grader.program.readiness import exit_failure
from grader.system.patience import wait
from grader.text.sentence import sentence, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.http1.connection import Connection
    from grader.http1.session import Session
    from grader.http1.wire import Response
    from grader.program.stopping import Asked

_STATUS: Final = (
    "Your server has done what it was asked to do, so end with exit status 0: other programs take"
    " another status for a crash."
)
_CUT_OFF: Final = frozenset({Kind.EXIT, Kind.CLOSED, Kind.INCOMPLETE, Kind.MALFORMED})


def dropped(
    session: Session, connection: Connection, seconds: float, why: str, hint: Hint | None = None
) -> None:
    """The server must close the connection within so many seconds. An answer may come before; which
    one is not asked. `why` ends the sentence "The connection stays open ..."."""
    if not connection.ends_within(seconds):
        raise _held(session, connection, seconds, why, hint)
    if connection.attempt.first and not session.server.program.alive:
        raise Undecided  # another check may have ended it


def let_go(session: Session, connection: Connection, seconds: float, why: str, url: str) -> None:
    """As `dropped`, of a client that does not read the answer from this URL: what was sent to it
    may still be under way."""
    if not connection.let_go_within(seconds):
        by_hand = f"curl -s {url} | (sleep 5; wc -c)"
        raise _held(session, connection, seconds, why, by_hand=by_hand)


def _held(
    session: Session,
    connection: Connection,
    seconds: float,
    why: str,
    hint: Hint | None = None,
    by_hand: str | None = None,
) -> Failure:
    seen = session.server.snapshot(session.transcript.ports)
    note = session.server.asked.note if session.server.asked else ""
    number = connection.number
    return explain_held(why, seconds, number, seen, hint, note=note, by_hand=by_hand)


@contextmanager
def under_way(session: Session) -> Iterator[None]:
    """A request was under way when the program was asked to stop: what is read of its answer in
    here must come. Raises `Failure` that says how it was dropped."""
    try:
        yield
    except Failure as failure:
        asked = session.server.asked
        if asked is None or failure.kind not in _CUT_OFF:
            raise
        raise _dropped_request(session, asked) from failure


def _dropped_request(session: Session, asked: Asked) -> Failure:
    program = session.server.program
    # a program that is about to end has closed its sockets first
    wait(program.wait_exit, session.deadline(session.budgets.close), session.server.still())
    status = program.exit_status
    if status is None:
        return explain_dropped_request(
            asked.signal, "Your server closed the connection", "end of connection"
        )
    if asked.judged and status not in asked.right:
        return exit_failure(program, f"after {asked.signal}, with a request under way")
    ended = how_it_ended(status)
    return explain_dropped_request(asked.signal, f"Your program {ended}", f"it {ended}")


def ends(session: Session, seconds: float, hint: Hint | None = None) -> None:
    """The program, which was asked to stop and has no client left, must end within so many seconds:
    with status 0, or by that very signal. Then its port must be free.

    Of a program that a shell has started only the end is judged: the shell makes its own status.
    """
    server, asked = session.server, _asked(session)
    program = server.program
    if not wait(
        program.wait_exit, session.deadline(seconds), server.asleep_for(seconds), step_s=0.001
    ):
        raise explain_running(asked.signal, seconds, server.snapshot({}), hint, asked.note)
    if asked.judged and program.exit_status not in asked.right:
        failure = exit_failure(program, f"after {asked.signal}")
        failure.expected = f"exit status 0, or the end by {asked.signal} itself"
        failure.hint, failure.hint_alone = _STATUS, True
        raise failure
    _port_is_free(session)


def _asked(session: Session) -> Asked:
    if session.server.asked is None:
        raise ValueError("the program was not asked to stop: call session.stop first")
    return session.server.asked


def _port_is_free(session: Session) -> None:
    """A listener with SO_REUSEADDR can take the port: nobody else listens there."""
    address = session.server.address
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.create_server((address, session.server.port), family=family):
            pass
    except OSError as error:
        raise Failure(
            Kind.EXIT,
            sentence(
                f"port {session.server.port} is not free after your program has ended:"
                f" {(error.strerror or str(error)).lower()}"
            ),
            expected="a port that the next server can take",
            hint="End every process that you have started: one of them still listens.",
        ) from error


def serves_nobody_new(session: Session, hint: Hint | None = None) -> None:
    """A client that comes after the program was asked to stop must not be answered: it may be
    refused, reset, left without an answer, or told 503."""
    asked, answer = _asked(session), _new_answer(session)
    if answer is not None and answer.status != 503:
        raise Failure(
            Kind.CONNECTION,
            sentences(f"your server still answers new clients after {asked.signal}", asked.note),
            expected="no connection, no answer, or 503",
            actual=answer.head,
            hint=hint,
        )


def _new_answer(session: Session) -> Response | None:
    with suppress(Failure):
        connection = session.connect()
        connection.ask(session.build("GET", "/"))
        if connection.something_comes_within(session.budgets.close):
            return connection.read(ends=False)
    return None


def refuses(session: Session, hint: Hint | None = None) -> None:
    """A client that comes after the program was asked to stop must be refused by the kernel: nobody
    listens."""
    asked = _asked(session)
    try:
        session.connect()
    except Failure:
        return
    raise Failure(
        Kind.CONNECTION,
        sentences(f"a new client can still connect after {asked.signal}", asked.note),
        expected="connection refused",
        actual="an open connection",
        hint=hint,
    )
