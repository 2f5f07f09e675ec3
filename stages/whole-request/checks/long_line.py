"""A request line that is longer than a server has to read, and the answer to it."""

from itertools import repeat

from grader.author import ADVICE, Failure, Kind, Session, check, expect

from . import head_of, judge

LINE_LIMIT = 65_536
PIECE = b"x" * LINE_LIMIT
PIECES = 16  # of a request line that has no end: who has read as many takes lines of any length
TOO_LONG = (
    "Decide what happens at your limit: answer 414 or 431 when the line is longer, or read on.",
    "Look at what your reading function does at its limit: asyncio's readuntil raises"
    " LimitOverrunError, readline(65537) returns a part of the line, a Scanner stops.",
    "Others let the error end the connection, or sent back a part of the line.",
)
LINGER = (
    "After the answer, close only your sending half, and read on until the client closes.",
    "Look where you close: shutdown(SHUT_WR) first, then recv until it returns no bytes (for some"
    " seconds at most), then close.",
    "Others closed while bytes of the client were unread: the kernel then sends a reset, which can"
    " destroy the answer.",
)


@check(
    "A line over 64 KiB gets 414, 431 or is sent back",
    "A server MUST answer a request line of more than 65,536 bytes: with 414, 431 or its head",
    cite="RFC 9112 3",
    hint=TOO_LONG,
)
def too_long_line(session: Session) -> None:
    head = long_head(session)
    connection = session.connect()
    connection.send(head)
    answer = connection.read(ends=False)
    if answer.status == 200:
        judge(answer, head)
    expect.status(answer, 200, 414, 431)


def long_head(session: Session) -> bytes:
    fill = session.random.word().ljust(LINE_LIMIT + session.random.number(1 << 10, 16 << 10), "x")
    return head_of(f"GET /{fill} HTTP/1.1", f"Host: {session.host}")


@check(
    "The server goes on after a line over 64 KiB",
    "A server MUST answer the next client after a request line of more than 65,536 bytes",
    cite="course: whole-request",
    hint=(
        "End the connection of this client, and go on with the others.",
        "Look at what happens after your 414, and where an error of one client is caught.",
        "Others let the error leave the loop around accept, or ended the program.",
    ),
)
def goes_on(session: Session) -> None:
    target = "/" + "x" * (LINE_LIMIT + session.random.number(1 << 10, 16 << 10))
    expect.survived(session, session.build("GET", target))


@check(
    "The answer can be read while the client sends",
    "A server SHOULD answer so that a client that is still sending can read it",
    cite="RFC 9112 9.6",
    hint=LINGER,
    level=ADVICE,
)
def readable_while_sending(session: Session) -> None:
    connection = session.connect()
    connection.send(f"GET /{session.random.word()}".encode())
    for piece in repeat(PIECE, PIECES):
        with expect.left_to_another_check(Kind.SILENCE):  # too_long_line tells that
            connection.send(piece)
        connection.until_read()
        if connection.rest or connection.ended:
            break
    if not connection.rest:
        return  # it takes lines of any length, or too_long_line tells of it
    connection.send(PIECE[:1024])
    connection.read(ends=False)
    expect.running(session)  # wait until it has done all that it does
    connection.send(PIECE[:1024])
    if connection.cannot_send:
        raise Failure(
            Kind.CONNECTION,
            "Your server closed while the client was still sending: the client got a reset.",
            expected="the answer, then the end of the connection",
            actual="the answer, then a reset",
        )
