"""What a WebSocket should do about clients that break the rules, and many of them."""

from collections.abc import Callable

from grader.author import ADVICE, check, replace
from grader.author.websocket import (
    Frame,
    Opcode,
    WebSocket,
    WebSocketSession,
    client_headers,
    expect,
)

from . import echo_text

MANY = 32
PROTOCOL_ERROR, NOT_UTF8 = 1002, 1007
RULES = "Compare each frame with the rules of RFC 6455 5.2 to 5.5, and close with the code 1002."

BROKEN: tuple[tuple[str, Callable[[WebSocket], list[Frame]]], ...] = (
    ("a frame with the unknown opcode 3", lambda to: [to.frame(3, b"x")]),
    ("a ping without FIN", lambda to: [to.frame(Opcode.PING, b"x", fin=False)]),
    ("a ping of 126 bytes", lambda to: [to.frame(Opcode.PING, b"x" * 126)]),
    ("a close frame of 126 bytes", lambda to: [to.frame(Opcode.CLOSE, b"\x03\xe8" + b"x" * 124)]),
    ("a close frame with one byte", lambda to: [to.frame(Opcode.CLOSE, b"\x03")]),
    ("a close frame with the code 1005", lambda to: [to.frame(Opcode.CLOSE, b"\x03\xed")]),
    ("a continuation without a beginning", lambda to: [to.frame(Opcode.CONTINUATION, b"x")]),
    (
        "a second text inside a message",
        lambda to: [to.frame(Opcode.TEXT, b"x", fin=False), to.frame(Opcode.TEXT, b"y")],
    ),
    ("a frame with a reserved bit", lambda to: [replace(to.frame(Opcode.TEXT, b"x"), reserved=4)]),
)
"""What no client may send."""


@check(
    "A frame without a mask gets 1002",
    "A server SHOULD close with the code 1002 when a client's frame has no mask",
    cite="RFC 6455 5.1",
    hint="Look at the first bit of the second byte: without it, close with the code 1002.",
    level=ADVICE,
)
def unmasked(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_frames(Frame(Opcode.TEXT, session.random.word().encode()))
    expect.closed_with(websocket, PROTOCOL_ERROR, "a frame without a mask")


@check(
    "A text that is not UTF-8 gets 1007",
    "A server SHOULD close with the code 1007 when a text is not valid UTF-8",
    cite="RFC 6455 8.1",
    hint="Decode the text strictly; where that fails, close with the code 1007.",
    level=ADVICE,
)
def not_utf8(session: WebSocketSession) -> None:
    for data in (b"\xff", b"caf\xc3", b"\xed\xa0\x80"):
        websocket = session.websocket()
        websocket.send_frames(websocket.frame(Opcode.TEXT, session.random.word().encode() + data))
        expect.closed_with(websocket, NOT_UTF8, "a text that is not UTF-8")
        websocket.close()


@check(
    "What breaks the rules of frames gets 1002",
    "A server SHOULD close with the code 1002 when a frame breaks a rule",
    cite="RFC 6455 7.4.1",
    hint=RULES,
    level=ADVICE,
    asks=(
        "websocket/two_at_once",
        "websocket/fragments",
        "websocket/close",
    ),
)
def breaks_a_rule(session: WebSocketSession) -> None:
    for what, frames in BROKEN:
        websocket = session.websocket()
        websocket.send_frames(*frames(websocket))
        expect.closed_with(websocket, PROTOCOL_ERROR, what)
        websocket.close()


@check(
    "A pong that nobody asked for is ignored",
    "A server SHOULD NOT answer a pong",
    cite="RFC 6455 5.5.3",
    hint="A pong (opcode 10) needs no answer, and is no message.",
    level=ADVICE,
)
def pong_is_ignored(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_frames(websocket.frame(Opcode.PONG, session.random.word().encode()))
    expect.nothing_comes(websocket, "after a pong")
    echo_text(session, websocket)


@check(
    "The close code comes back",
    "A server SHOULD send back the code of the client's close frame",
    cite="RFC 6455 5.5.1",
    hint="The code is the first two bytes of the payload: send them back.",
    level=ADVICE,
    asks=("websocket/close",),
)
def code_comes_back(session: WebSocketSession) -> None:
    for code, reason in ((1000, ""), (1001, ""), (session.random.number(3000, 4999), "done")):
        websocket = session.websocket()
        websocket.send_close(code, reason)
        expect.closed_with(websocket, code, f"a close frame with the code {code}")
        websocket.close()


@check(
    "Another version is refused",
    "A server SHOULD refuse a version other than 13, and say which one it speaks",
    cite="RFC 6455 4.4",
    hint="Answer 426 with Sec-WebSocket-Version: 13.",
    level=ADVICE,
    asks=("websocket/plain_get",),
)
def other_version(session: WebSocketSession) -> None:
    headers = client_headers(session.key(), version="12")
    answer = session.get("/ws", headers=headers, ends=False)
    expect.refused_as_client_error(answer)
    expect.says_version(answer)


@check(
    "A handshake without a key is refused",
    "A server SHOULD answer a handshake without Sec-WebSocket-Key with a status from 400 to 499",
    cite="RFC 6455 4.2.1",
    hint="Without a key there is nothing to make Sec-WebSocket-Accept of: answer 400.",
    level=ADVICE,
    asks=("websocket/plain_get",),
)
def without_a_key(session: WebSocketSession) -> None:
    headers = [it for it in client_headers("") if it[0] != "Sec-WebSocket-Key"]
    expect.refused_as_client_error(session.get("/ws", headers=headers, ends=False))


@check(
    "A handshake that lost its Upgrade is refused",
    "A server SHOULD refuse a handshake without Upgrade, or without Connection, with a status from"
    " 400 to 499",
    cite="RFC 6455 4.2.1",
    hint=(
        "Look for websocket in Upgrade, and for upgrade in Connection: a proxy that speaks no"
        " WebSocket removes both fields, and the others stay."
    ),
    level=ADVICE,
    asks=("websocket/plain_get",),
)
def lost_upgrade(session: WebSocketSession) -> None:
    for lost in ("Upgrade", "Connection"):
        headers = [it for it in client_headers(session.key()) if it[0] != lost]
        expect.refused_as_client_error(session.get("/ws", headers=headers, ends=False))


@check(
    "Thirty-two WebSockets at once",
    "A server SHOULD serve 32 WebSockets at the same time",
    cite="course: websocket",
    hint="Do not let a fixed number of threads limit the number of WebSockets.",
    level=ADVICE,
    asks=("websocket/two_clients",),
)
def many_clients(session: WebSocketSession) -> None:
    websockets = [session.websocket() for _ in range(MANY)]
    for websocket in websockets:
        websocket.send_text(session.random.word())
    for websocket in websockets:
        expect.echoed(websocket)
