"""Judges *bind-port*: the program starts, listens on its port, and takes a connection."""

from grader.check import ADVICE, check
from grader.failure import Failure, Kind
from grader.session import Session


@check("The program MUST start, and its own process MUST listen on the port of the task", cite="course: launch contract")
def listens(session: Session) -> None:
    session.expect_listening()


@check("The program MUST keep running while it waits for a client", cite="course: launch contract")
def stays_up(session: Session) -> None:
    session.expect_running()


@check("A TCP connection to the port MUST be accepted, not reset", cite="RFC 9293 3.5")
def accepts(session: Session) -> None:
    connection = session.connect()
    connection.something_comes()
    if connection.was_reset:
        raise Failure(
            Kind.CONNECTION,
            "the connection was opened and then reset before the client had said a word",
            expected="an open connection",
            actual="connection reset",
            hint="Accept the connection: a listening socket that is closed resets the clients in its queue.",
        )


@check("A server SHOULD still listen after a client has come and gone", cite="course: bind-port", level=ADVICE)
def keeps_listening(session: Session) -> None:
    session.connect().close()
    session.expect_listening()
