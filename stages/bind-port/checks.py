"""Judges *bind-port*: the program starts, listens on its port, and takes a connection."""

from grader.author import ADVICE, Session, check, expect


@check(
    "The program MUST start, and its own process MUST listen on the port of the task",
    cite="course: launch contract",
)
def listens(session: Session) -> None:
    expect.listening(session)


@check("The program MUST keep running while it waits for a client", cite="course: launch contract")
def stays_up(session: Session) -> None:
    expect.running_for(session, 1)


@check("A TCP connection to the port MUST be accepted, not reset", cite="RFC 9293 3.5")
def accepts(session: Session) -> None:
    expect.not_reset(session.connect())


@check(
    "A server SHOULD still listen after a client has come and gone",
    cite="course: bind-port",
    level=ADVICE,
)
def keeps_listening(session: Session) -> None:
    session.connect().close()
    expect.listening(session)
