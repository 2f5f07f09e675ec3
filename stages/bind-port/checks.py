"""Judges *bind-port*: the program starts, listens on its port, and takes a connection."""

from grader.author import ADVICE, Session, check, expect


@check(
    "The program listens on its port",
    "The program MUST start and listen itself on the port of the task",
    cite="course: launch contract",
)
def listens(session: Session) -> None:
    expect.listening(session)


@check(
    "The program keeps running",
    "The program MUST keep running while it waits for a client",
    cite="course: launch contract",
)
def stays_up(session: Session) -> None:
    expect.running_for(session, 1)


@check(
    "A connection is accepted",
    "The server MUST accept a TCP connection to its port, not reset it",
    cite="RFC 9293 3.5",
)
def accepts(session: Session) -> None:
    expect.not_reset(session.connect())


@check(
    "The port stays open after a client has left",
    "The server SHOULD still listen after a client has connected and left",
    cite="course: bind-port",
    level=ADVICE,
)
def keeps_listening(session: Session) -> None:
    session.connect().close()
    expect.listening(session)
