"""Messages in several frames."""

from grader.author import check
from grader.author.websocket import Opcode, WebSocketSession, expect

from . import FRAGMENTS, echo_text


@check(
    "Fragments are one message",
    "A server MUST answer a message in several frames once, when its last frame has come",
    cite="RFC 6455 5.4",
    hint=FRAGMENTS,
    asks=(
        "websocket/again",
        "websocket/binary",
        "websocket/two_at_once",
    ),
)
def fragments(session: WebSocketSession) -> None:
    websocket = session.websocket()
    for opcode, count in ((Opcode.TEXT, 3), (Opcode.BINARY, 2)):
        pieces = [session.random.word().encode() for _ in range(count)]
        websocket.send_frames(*websocket.fragments(opcode, *pieces))
        expect.echoed(websocket)
    echo_text(session, websocket)


@check(
    "A fragment may end inside a letter",
    "A server MUST take a text as UTF-8 only when all of its frames have come",
    cite="RFC 6455 5.6",
    hint="Join the bytes of all fragments, then decode them.",
    asks=(
        "websocket/any_letters",
        "websocket/two_at_once",
        "websocket/fragments",
    ),
)
def cut_in_a_letter(session: WebSocketSession) -> None:
    websocket, data = session.websocket(), f"{session.random.word()} ü".encode()
    pieces = (data[:-1], data[-1:] + session.random.word().encode())
    websocket.send_frames(*websocket.fragments(Opcode.TEXT, *pieces))
    expect.echoed(websocket)


@check(
    "A ping may come between fragments",
    "A server MUST answer a ping between two fragments, and keep the message whole",
    cite="RFC 6455 5.4",
    hint="A ping is no part of the message: answer it, and leave what you have collected.",
    asks=("websocket/two_at_once", "websocket/fragments", "websocket/ping"),
)
def ping_between_fragments(session: WebSocketSession) -> None:
    websocket, payload = session.websocket(), session.random.word().encode()
    first, last = websocket.fragments(
        Opcode.TEXT, session.random.word().encode(), session.random.word().encode()
    )
    websocket.send_frames(first, websocket.frame(Opcode.PING, payload))
    expect.ponged(websocket, payload)
    websocket.send_frames(last)
    websocket.sent = (first, last)
    expect.echoed(websocket)
