"""What a server does beyond the ordinary case: segments, line ends, silence, unread bytes."""

from grader.author import ADVICE, Failure, Kind, check
from grader.author.tcp import TcpSession

from . import LINE, PONG, ask, rest

MUCH = 100_000


@check(
    "A message without a line end is answered too",
    "A server SHOULD answer a message that has no line end",
    cite="course: tcp-ping-pong",
    hint="Answer as soon as the first bytes are there: a client may never send a line end.",
    level=ADVICE,
)
def without_a_line_end(session: TcpSession) -> None:
    connection = session.connect()
    connection.send(LINE.encode())
    connection.read_exactly(len(PONG))


@check(
    "A message in two segments gets one pong",
    "A server SHOULD send one pong, however many segments a line comes in",
    cite="RFC 9293 3.9.1",
    hint="One recv is not one message: send pong once for each connection, not for each recv.",
    level=ADVICE,
)
def in_two_segments(session: TcpSession) -> None:
    connection = session.connect()
    connection.send(LINE[:2].encode())
    connection.until_read()
    connection.send_line(LINE[2:])
    came = connection.read_exactly(len(PONG)) + rest(connection)
    if PONG in came[len(PONG) :]:
        raise Failure(
            Kind.MISMATCH,
            "Your server sent pong twice for one line that came in two segments.",
            expected=PONG,
            actual=came,
            offset=came.index(PONG, len(PONG)),
        )


@check(
    "A silent client keeps no other client waiting",
    "A server SHOULD answer a client while another one is connected and silent",
    cite="course: tcp-ping-pong",
    hint="Give each client a thread, or watch all of them at once (selectors, asyncio).",
    level=ADVICE,
    asks=("tcp-ping-pong/next_clients",),
)
def while_one_is_silent(session: TcpSession) -> None:
    session.connect().until_read()
    ask(session).read_exactly(len(PONG))


@check(
    "A long line is answered without a reset",
    "A server SHOULD read what a client sends before it closes the connection",
    cite="RFC 9293 3.6.1",
    hint=(
        "Unread bytes turn close into a reset, which can destroy your answer on its way. After"
        " pong, call shutdown(SHUT_WR) and read until recv returns no bytes; then close."
    ),
    level=ADVICE,
)
def much_at_once(session: TcpSession) -> None:
    connection = ask(session, session.random.word(MUCH))
    connection.read_exactly(len(PONG))
    connection.ends_within(connection.budgets.close)
    if connection.was_reset:
        raise Failure(
            Kind.CONNECTION,
            "The client got a reset after pong: your server closed the connection before it had"
            " read the whole line.",
            expected="pong, then the end of the connection",
            actual="pong, then a reset of the connection",
        )
