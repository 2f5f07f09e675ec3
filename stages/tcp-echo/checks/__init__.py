"""Judges *tcp-echo*: every byte of a client comes back, as it comes."""

from collections.abc import Mapping

from grader.author import Failure, Kind, check
from grader.author.tcp import TcpConnection, TcpSession, expect

EVERY_BYTE = bytes(range(256))
MEBIBYTE = 1 << 20
BYTES = "Send back the bytes that recv returned, and do not decode them."
EACH = (
    "Do not let one client block the others: give each connection its own thread or task, or use an"
    " event loop.",
    "Look at the loop around accept: nothing in it may wait for one client.",
)


def echo(connection: TcpConnection, data: bytes) -> None:
    connection.send(data)
    expect.echoed(connection, data)


def line(session: TcpSession) -> bytes:
    return f"{session.random.word()}\n".encode()


def lines(session: TcpSession, size: int) -> bytes:
    """About so many bytes of text, in lines of 64 letters, the last of them ended, too."""
    return session.random.blob(size // 65 * 32).hex("\n", 32).encode() + b"\n"


@check(
    "A line comes back",
    "A server MUST send back the bytes of a client while the client is connected",
    cite="course: tcp-echo",
    hint="Send back what recv returned, at once and without a change.",
)
def comes_back(session: TcpSession) -> None:
    connection, data = session.connect(), line(session)
    connection.send(data)
    expect.echoed(connection, data, alone=True)


@check(
    "The next bytes come back, too",
    "A server MUST send back all that a client sends, until the client closes",
    cite="course: tcp-echo",
    hint="Call recv and send in a loop, until recv returns no bytes.",
)
def again(session: TcpSession) -> None:
    connection = session.connect()
    for _ in range(4):
        echo(connection, line(session))


@check(
    "The same bytes once more come back, too",
    "A server MUST send back bytes that are the same as those before",
    cite="course: tcp-echo",
    hint="Do not compare with what came before: the same line once more is another one.",
    asks=("tcp-echo/again",),
)
def same_again(session: TcpSession) -> None:
    connection, data = session.connect(), line(session)
    for _ in range(2):
        echo(connection, data)


@check(
    "Bytes without a line end come back at once",
    "A server MUST send back bytes as they come, without waiting for a line end",
    cite="course: tcp-echo",
    hint="Send back what recv returned. Do not wait for a line: the client may send none.",
)
def without_a_line_end(session: TcpSession) -> None:
    echo(session.connect(), session.random.word().encode())


@check(
    "Every byte value comes back",
    "A server MUST send back all 256 byte values unchanged",
    cite="course: tcp-echo",
    hint=BYTES,
)
def every_byte(session: TcpSession) -> None:
    echo(session.connect(), session.random.word().encode() + EVERY_BYTE + b"\n")


@check(
    "A line end stays as it is",
    "A server MUST send back line ends and blanks unchanged",
    cite="course: tcp-echo",
    hint=BYTES,
)
def line_ends(session: TcpSession) -> None:
    word = session.random.word().encode()
    echo(session.connect(), b" " + word + b"\r\n\n\t" + word + b"\r \r\n")


@check(
    "A mebibyte comes back whole",
    "A server MUST send back 1 MiB whole to a client that reads meanwhile",
    cite="course: tcp-echo",
    hint="send may take only a part of the bytes: send the rest, too (in Python: sendall).",
    asks=("tcp-echo/again",),
)
def a_mebibyte(session: TcpSession) -> None:
    data = lines(session, MEBIBYTE)
    expect.data(session.connect().exchange(data), data)


@check(
    "The next client is served",
    "A server MUST go on serving after a client has left",
    cite="course: tcp-echo",
    hint="When recv returns no bytes, leave the inner loop alone, and accept the next client.",
)
def next_client(session: TcpSession) -> None:
    for _ in range(3):
        connection = session.connect()
        echo(connection, line(session))
        connection.close()
        expect.running(session)


@check(
    "Two clients at once get their own bytes",
    "A server MUST serve two clients at the same time, and send to each its own bytes",
    cite="course: tcp-echo",
    hint=EACH,
    asks=("tcp-echo/next_client",),
)
def two_clients(session: TcpSession) -> None:
    first, second = session.connect_accepted(), session.connect_accepted()
    sent = {second: line(session), first: line(session)}
    for connection, data in sent.items():
        connection.send(data)
        connection.settle(read=True)
    for connection, other in ((second, first), (first, second)):
        try:
            expect.echoed(connection, sent[connection])
        except Failure as failure:
            _mixed_up(failure, other, sent)
            raise


def _mixed_up(failure: Failure, other: TcpConnection, sent: Mapping[TcpConnection, bytes]) -> None:
    """Raises when the bytes of one client went to the other."""
    other.something_comes()
    mine = next(data for connection, data in sent.items() if connection is not other)
    if failure.actual == sent[other] or mine in other.rest:
        raise Failure(
            Kind.MISMATCH,
            "Your server sent the bytes of one client to the other.",
            expected="each client gets its own bytes",
            actual=f"connection {other.number} has got bytes of another client"
            if mine in other.rest
            else f"a client has got the bytes of connection {other.number}",
            hint="Send to the socket that the bytes came from: do not keep it where all share it.",
            hint_alone=True,
        ) from None
