"""Pings, and the end of a WebSocket."""

from grader.author import check
from grader.author.websocket import WebSocketSession, expect

from . import CLOSE, PONG

LONGEST_CONTROL = 125
"""So many bytes may be the payload of a ping (RFC 6455 5.5)."""


@check(
    "A ping is answered with a pong",
    "A server MUST answer a ping with a pong that has the payload of the ping",
    cite="RFC 6455 5.5.2",
    hint=PONG,
)
def ping(session: WebSocketSession) -> None:
    websocket = session.websocket()
    for payload in (session.random.word().encode(), b"", session.random.blob(LONGEST_CONTROL)):
        websocket.ping(payload)
        expect.ponged(websocket, payload)


@check(
    "A close frame is answered with one",
    "A server MUST answer a close frame with a close frame",
    cite="RFC 6455 5.5.1",
    hint=CLOSE,
)
def close(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_close(1000, session.random.word())
    expect.closing_answered(websocket)


@check(
    "A close frame may be empty",
    "A server MUST answer a close frame without a code, too",
    cite="RFC 6455 5.5.1",
    hint="The code is optional: look at the length before you take the first two bytes for it.",
    asks=("websocket/close",),
)
def empty_close(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_close(None)
    expect.closing_answered(websocket)


@check(
    "The server closes the connection",
    "A server MUST close the TCP connection after both close frames",
    cite="RFC 6455 7.1.1",
    hint=CLOSE,
    asks=("websocket/close",),
)
def closes_the_connection(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_close(1000)
    expect.closing_answered(websocket)
    expect.connection_closed(websocket)
