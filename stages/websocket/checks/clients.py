"""Several clients, and some that leave."""

from grader.author import check
from grader.author.websocket import WebSocketSession, expect

from . import echo_text


@check(
    "Two clients at once get their own messages",
    "A server MUST serve several WebSockets at the same time, and send to each its own messages",
    cite="course: websocket",
    hint="Give each WebSocket a thread or a task, and keep what belongs to it apart.",
    asks=("websocket/again",),
)
def two_clients(session: WebSocketSession) -> None:
    websockets = [session.websocket() for _ in range(3)]
    for _ in range(2):
        for websocket in websockets:
            websocket.send_text(session.random.word())
            websocket.settle(read=True)
        sent = [websocket.sent[0].payload for websocket in websockets]
        for websocket in reversed(websockets):
            expect.echoed(websocket, others=sent)


@check(
    "A client may leave without a word",
    "A server MUST go on when a client leaves without a close frame",
    cite="RFC 6455 7.1.7",
    hint="When recv returns no bytes, or raises, the client has left: end this one WebSocket.",
)
def leaves(session: WebSocketSession) -> None:
    for half in (b"", b"\x81", b"\x81\xfe\x00"):
        websocket = session.websocket()
        websocket.send(half)
        websocket.until_read()
        websocket.close()
        expect.running(session)
    websocket = session.websocket()
    websocket.abort()
    expect.running(session)
    echo_text(session, session.websocket())


@check(
    "A frame that promises too much ends nothing else",
    "A server MUST outlive a frame that announces more bytes than there are in the world",
    cite="RFC 6455 10.4",
    hint="Do not allocate what a length announces: compare it with a limit, and close with 1009.",
    asks=("websocket/leaves",),
)
def promises_too_much(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send(b"\x82\xff" + (2**63 - 1).to_bytes(8, "big") + session.random.blob(40))
    websocket.until_read()
    websocket.close()
    expect.running(session)
    echo_text(session, session.websocket())
