"""Lengths in one byte, in two and in eight."""

from grader.author import check
from grader.author.websocket import WebSocketSession, expect

from . import LENGTHS, echo_text, send_in_pieces


@check(
    "A length of 125 is one byte",
    "A server MUST read and write a length of 125 in the second byte of the frame",
    cite="RFC 6455 5.2",
    hint=LENGTHS,
    asks=("websocket/in_pieces",),
)
def length_in_one_byte(session: WebSocketSession) -> None:
    echo_text(session, session.websocket(), 125)


@check(
    "Lengths from 126 to 65,535 are two bytes",
    "A server MUST read and write a length from 126 to 65,535 in two bytes after 126",
    cite="RFC 6455 5.2",
    hint=LENGTHS,
    asks=("websocket/in_pieces",),
)
def length_in_two_bytes(session: WebSocketSession) -> None:
    for size in (126, 127, session.random.number(300, 30_000), 65_535):
        websocket = session.websocket()
        echo_text(session, websocket, size)
        websocket.close()
    websocket = session.websocket()
    send_in_pieces(websocket, session.random.word(300), 1, 3, 5, 8)
    expect.echoed(websocket)


@check(
    "A length of 65,536 is eight bytes",
    "A server MUST read and write a length from 65,536 on in eight bytes after 127",
    cite="RFC 6455 5.2",
    hint=LENGTHS,
    asks=("websocket/length_in_two_bytes",),
)
def length_in_eight_bytes(session: WebSocketSession) -> None:
    echo_text(session, session.websocket(), 65_536)
