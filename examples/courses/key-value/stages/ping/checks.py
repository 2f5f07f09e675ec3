"""Judges *ping*: a line is read, and a line answers it."""

from grader.author import ADVICE, check
from grader.author.tcp import TcpSession, expect

PONG = "A line is text with \\n after it. The answer to PING is the four letters PONG and \\n."
STREAM = "TCP is a stream of bytes: keep calling recv and appending until there is a \\n."


@check("PING is answered", "PING MUST be answered with the line PONG", cite="course: ping")
def answers(session: TcpSession) -> None:
    expect.line(session.ask("PING"), "PONG", hint=PONG)


@check(
    "A second PING on one connection is answered",
    "Each line of a connection MUST be answered, until the client closes it",
    cite="course: ping",
)
def answers_again(session: TcpSession) -> None:
    connection = session.connect()
    connection.ask("PING")
    expect.line(connection.ask("PING"), "PONG", hint="Read the next line in a loop.")


@check(
    "A line in pieces is one line",
    "A line MUST be read until its end, in however many pieces it comes",
    cite="course: ping",
)
def in_pieces(session: TcpSession) -> None:
    connection = session.connect()
    connection.send_slowly(b"PI", b"NG\n")
    expect.line(connection.read_line(), "PONG", hint=STREAM)


@check(
    "Two lines that come together are two lines",
    "Lines that arrive together MUST be answered one by one, in order",
    cite="course: ping",
)
def together(session: TcpSession) -> None:
    connection = session.connect()
    connection.send(b"PING\nPING\n")
    connection.read_line()
    expect.line(connection.read_line(), "PONG", hint="Keep what follows the first \\n.")


@check(
    "An unknown command is answered with ERROR",
    "A command that the course does not have SHOULD be answered with the line ERROR",
    cite="course: ping",
    level=ADVICE,
)
def unknown(session: TcpSession) -> None:
    word = session.random.word().upper()
    expect.line(session.ask(word), "ERROR", hint="Without an answer, a client waits for nothing.")
