"""Judges *websocket*: the handshake of GET /ws, and each message comes back."""

from itertools import pairwise

from grader.author import check
from grader.author.websocket import Opcode, WebSocket, WebSocketSession, expect

LENGTHS = (
    "The second byte holds 7 bits of length: up to 125 the length itself, 126 for a length in the"
    " next two bytes, 127 for one in the next eight.",
    "Look at both directions: the frames that you read, and those that you write.",
)
WHOLE = (
    "TCP is a stream of bytes: keep calling recv until the head of the frame, its mask and its"
    " payload have come. What is left over begins the next frame."
)
LOOP = "Read the next frame on the same connection, in a loop, until a close frame comes."
FRAGMENTS = (
    "A message goes on until a frame with FIN: collect the payloads, then answer once.",
    "The frames after the first have opcode 0. Keep the opcode of the first one for the answer.",
)
PONG = "Answer a ping (opcode 9) with a pong (opcode 10) that has the same payload."
CLOSE = "Answer a close frame (opcode 8) with a close frame, then close the connection."
TEXT = "Grüße, 世界 🙂"


def echo_text(session: WebSocketSession, websocket: WebSocket, size: int = 20) -> None:
    websocket.send_text(session.random.word(size))
    expect.echoed(websocket)


def send_in_pieces(websocket: WebSocket, text: str, *cuts: int) -> None:
    """Send a text frame, each piece only when the server has read the one before."""
    frame = websocket.frame(Opcode.TEXT, text.encode())
    websocket.sent, data = (frame,), frame.to_bytes()
    websocket.send_slowly(*(data[a:b] for a, b in pairwise((0, *cuts, len(data)))))


@check(
    "A text comes back on a WebSocket",
    "GET /ws MUST open a WebSocket, on which a text message comes back as a text message",
    cite="RFC 6455 4.2.2",
    hint="Remove the mask, and send the payload back in a frame without a mask.",
)
def text_comes_back(session: WebSocketSession) -> None:
    echo_text(session, session.websocket())


@check(
    "The next messages come back, too",
    "A server MUST send back every message until the client closes the WebSocket",
    cite="course: websocket",
    hint=LOOP,
)
def again(session: WebSocketSession) -> None:
    websocket = session.websocket()
    for size in (1, 30, 7, 100):
        echo_text(session, websocket, size)


@check(
    "The same message once more comes back, too",
    "A server MUST send back a message that is the same as the one before",
    cite="course: websocket",
    hint="Do not compare with what came before: the same message once more is another one.",
    asks=("websocket/again",),
)
def same_again(session: WebSocketSession) -> None:
    websocket, text = session.websocket(), session.random.word()
    for _ in range(2):
        websocket.send_text(text)
        expect.echoed(websocket)


@check(
    "Bytes come back as bytes",
    "A server MUST send back a binary message as a binary message, unchanged",
    cite="RFC 6455 5.6",
    hint="Send the payload of a binary message back without decoding it.",
)
def binary(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_binary(b"\xff\x00\xfe" + session.random.blob(90))
    expect.echoed(websocket)


@check(
    "A text may have any letters",
    "A server MUST send back a text with letters beyond ASCII whole",
    cite="RFC 6455 5.6",
    hint="A text is UTF-8, and the length of a frame counts bytes, not characters.",
)
def any_letters(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_text(f"{session.random.word()} {TEXT}")
    expect.echoed(websocket)


@check(
    "An empty message comes back",
    "A server MUST send back an empty message",
    cite="RFC 6455 5.2",
    hint="A frame of length 0 is a whole message: answer it with a frame of length 0.",
    asks=("websocket/again",),
)
def empty(session: WebSocketSession) -> None:
    websocket = session.websocket()
    websocket.send_text("")
    expect.echoed(websocket)
    echo_text(session, websocket)


@check(
    "A frame may come in pieces",
    "A server MUST read a frame whole, wherever TCP has cut it",
    cite="RFC 6455 5.2",
    hint=WHOLE,
)
def in_pieces(session: WebSocketSession) -> None:
    websocket = session.websocket()
    send_in_pieces(websocket, session.random.word(100), 1, 2, 4, 6, 50)
    expect.echoed(websocket)


@check(
    "Two frames may come at once",
    "A server MUST answer each of several frames that come in one piece",
    cite="RFC 6455 5.2",
    hint=WHOLE,
    asks=("websocket/again",),
)
def two_at_once(session: WebSocketSession) -> None:
    websocket = session.websocket()
    frames = [websocket.frame(Opcode.TEXT, session.random.word().encode()) for _ in range(3)]
    websocket.send_frames(*frames)
    expect.each_echoed(websocket, *frames)
