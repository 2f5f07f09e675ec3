"""Judges *bind*: the program listens on port 6379, and goes on doing so."""

from grader.author import check
from grader.author.tcp import TcpSession


@check(
    "The port takes a connection",
    "The program MUST listen on port 6379 of localhost",
    cite="course: bind",
)
def listens(session: TcpSession) -> None:
    session.connect().close()


@check(
    "The port takes one client after the other",
    "The program MUST go on listening after a client has left",
    cite="course: bind",
)
def listens_again(session: TcpSession) -> None:
    for _ in range(5):
        session.connect_accepted().close()
    session.all_accepted()
    session.connect().close()
