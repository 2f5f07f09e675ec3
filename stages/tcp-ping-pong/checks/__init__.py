"""Judges *tcp-ping-pong*: what a client says first is answered, and then the connection ends."""

from grader.author import Failure, Kind, check
from grader.author.tcp import TcpConnection, TcpSession, expect

LINE = "ping"
PONG = b"pong"
LINE_ENDS = (b"", b"\n", b"\r\n")
SEND_PONG = "Send the four letters pong, each as one byte, before anything else."


def ask(session: TcpSession, line: str = LINE) -> TcpConnection:
    connection = session.connect()
    connection.send_line(line)
    return connection


def wrong(came: bytes) -> str:
    """What came in place of pong, as a sentence."""
    if came[: len(PONG)].lower() == PONG:
        return "The answer is pong in other letters: all four must be small letters."
    if PONG in came.replace(b"\0", b"") and PONG not in came:
        return "The answer is pong in another encoding, with zero bytes: send it as UTF-8."
    if PONG in came:
        return "The answer does not begin with pong: your server sent something before it."
    if came.startswith(LINE.encode()):
        return "Your server sent the client's own line back, and not pong."
    return "The answer is not pong."


def rest(connection: TcpConnection) -> bytes:
    """What follows before the server has come to rest."""
    while not connection.ended and connection.something_comes():
        pass
    return connection.rest


@check(
    "A line is answered with pong",
    "A server MUST answer the first line of a client with pong, while the client waits",
    cite="course: tcp-ping-pong",
)
def answers(session: TcpSession) -> None:
    connection = ask(session)
    if (came := connection.read_exactly(len(PONG))) != PONG:
        came += rest(connection)
        raise Failure(
            Kind.MISMATCH, wrong(came), expected=PONG, actual=came, offset=0, hint=SEND_PONG
        )


@check(
    "Any text is answered with pong",
    "A server MUST answer with pong whatever text the line contains",
    cite="course: tcp-ping-pong",
    hint="Do not look at the text: every line gets the same answer.",
)
def any_text(session: TcpSession) -> None:
    word = session.random.word
    connection = ask(session, f"{word()}, {word()}? {{0}} %s: {word()} é ß 猫!")
    if (came := connection.read_exactly(len(PONG))) != PONG:
        raise Failure(
            Kind.MISMATCH,
            f"Your server answers {LINE} with pong, but this line with something else.",
            expected=PONG,
            actual=came + rest(connection),
            offset=0,
        )


@check(
    "Nothing but pong is sent",
    "A server MUST send pong once, after the client's line, and nothing else",
    cite="course: tcp-ping-pong",
    hint="Send pong once, then close the connection.",
)
def only_pong(session: TcpSession) -> None:
    connection = session.connect()
    if connection.something_comes() and connection.rest:
        raise Failure(
            Kind.MISMATCH,
            "Your server sent pong before the client had sent its line.",
            expected="nothing before the client's line",
            actual=connection.rest,
            hint="Pong is an answer: call recv for the client's line first, and send after it.",
            by_hand="sleep 1 | nc -w 2 localhost {port}",
        )
    connection.send_line(LINE)
    came = connection.read_exactly(len(PONG))
    if (more := rest(connection)) not in LINE_ENDS:
        raise Failure(
            Kind.MISMATCH,
            "Your server sent more than pong and a line end.",
            expected=PONG,
            actual=came + more,
            offset=len(PONG),
        )


@check(
    "The server closes the connection after pong",
    "A server MUST close the connection after it has sent pong",
    cite="course: tcp-ping-pong",
    hint="Close the client's socket after the answer; the listening socket stays open.",
)
def closes(session: TcpSession) -> None:
    connection = ask(session)
    connection.read_exactly(len(PONG))
    expect.closes(connection)


@check(
    "The next client is served",
    "A server MUST serve the next client after one has had its answer",
    cite="course: tcp-ping-pong",
    hint="After a client, go back to accept: put accept and all that follows it into a loop.",
)
def next_clients(session: TcpSession) -> None:
    for _ in range(4):
        connection = ask(session)
        connection.read_exactly(len(PONG))
        connection.close()
        expect.running(session)


@check(
    "A client that leaves without a word ends nothing",
    "A client that connects and leaves without sending anything MUST NOT stop the server",
    cite="course: tcp-ping-pong",
    hint="If recv returns no bytes, the client has left: close its socket, and accept the next.",
    asks=("tcp-ping-pong/next_clients",),
)
def leaves_without_a_word(session: TcpSession) -> None:
    for _ in range(2):
        connection = session.connect()
        connection.until_read()
        connection.close()
        expect.running(session)
    ask(session).read_exactly(len(PONG))
