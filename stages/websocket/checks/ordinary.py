"""What ordinary clients do."""

from grader.author import check
from grader.author.websocket import WebSocketSession, expect

from . import echo_text

LIST = (
    "Connection is a list: split it at commas, and look for upgrade. Compare names and these values"
    " in any case."
)


@check(
    "Firefox's handshake is answered",
    "A server MUST find upgrade in Connection: keep-alive, Upgrade, and names in any case",
    cite="RFC 6455 4.2.1",
    hint=LIST,
)
def like_firefox(session: WebSocketSession) -> None:
    key = session.key()
    websocket = session.websocket(
        [
            (
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            ),
            ("Accept", "*/*"),
            ("Accept-Language", "en-US,en;q=0.5"),
            ("sec-websocket-version", "13"),
            ("Origin", f"http://{session.host}"),
            ("sec-websocket-key", key),
            ("Connection", "keep-alive, Upgrade"),
            ("Pragma", "no-cache"),
            ("Cache-Control", "no-cache"),
            ("Upgrade", "WebSocket"),
        ],
        key,
        hint=LIST,
    )
    echo_text(session, websocket)


@check(
    "A plain GET is refused",
    "A server MUST answer a GET of /ws without Upgrade with a status from 400 to 499",
    cite="RFC 6455 4.2.1",
    hint="Without Upgrade: websocket this is no handshake: answer 426, 400 or 404.",
)
def plain_get(session: WebSocketSession) -> None:
    expect.refused_as_client_error(session.get("/ws", ends=False))
    echo_text(session, session.websocket())


@check(
    "Python's websockets can use it",
    "An ordinary client (Python's websockets) MUST be able to use it",
    cite="RFC 6455",
    hint="Leave Sec-WebSocket-Extensions out of the answer: the client offers, you need not agree.",
    asks=(
        "websocket/again",
        "websocket/binary",
        "websocket/length_in_two_bytes",
        "websocket/ping",
        "websocket/closes_the_connection",
    ),
)
def ordinary_client(session: WebSocketSession) -> None:
    client = session.ordinary_client()
    for message in (session.random.word(), session.random.blob(50), session.random.word(300)):
        expect.received(client, message)
    expect.pong_received(client, session.random.blob(4))
    client.close()
