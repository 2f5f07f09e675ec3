"""WebSocket: after one HTTP request, both sides may send messages whenever they like (RFC 6455).

The client asks for it with a request that offers to upgrade, and the server agrees with 101. After
that, not a byte is HTTP: `WebSocket` goes on with the connection, as any other conversation.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable
from functools import partial
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import HTTPError, Request, Response
from ..transports import Wake
from ..web import Application, Handover
from .frames import LARGEST, Frame, Kind, Violation, take_frame

GUID: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 1.3
GOING_AWAY: Final = 1001
Message = str | bytes


def accept(request: Request, answer: Callable[[Message], Message]) -> Response:
    """Agree to the handshake, and answer each message. Raises HTTPError 426 for a request that
    offers no WebSocket, and 400 for a malformed key (RFC 6455 4.2)."""
    offers = "websocket" in request.headers.members("Upgrade")
    agrees = "upgrade" in request.headers.members("Connection")
    if request.method != "GET" or request.version == "HTTP/1.0" or not (offers and agrees):
        raise _upgrade_required("this path speaks WebSocket")
    if request.headers.get("Sec-WebSocket-Version") != "13":
        raise _upgrade_required("this path speaks version 13 of WebSocket")
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Accept": accept_key(request.headers.get("Sec-WebSocket-Key")),
    }
    return Handover(101, headers=Headers(headers), successor=partial(WebSocket, answer))


def accept_key(key: str) -> str:
    """What shows that the server has understood: no cache and no server of another kind would
    answer this. Raises HTTPError 400 if the key is not 16 bytes in base64.

    >>> accept_key("dGhlIHNhbXBsZSBub25jZQ==")  # of RFC 6455 1.3
    's3pPLMBiTxaQ9kYGzzhZRbK+xOo='
    """
    try:
        length = len(base64.b64decode(key.encode("latin-1"), validate=True))
    except binascii.Error:
        length = 0
    if length != 16:
        raise HTTPError(400, "Sec-WebSocket-Key is not 16 bytes in base64 (RFC 6455 4.1)")
    return base64.b64encode(hashlib.sha1(key.encode() + GUID).digest()).decode()


class WebSocket:
    """The conversation after the handshake."""

    def __init__(self, answer: Callable[[Message], Message], wake: Wake) -> None:
        self.closing = False
        self._answer, self._wake = answer, wake
        self._received = bytearray()
        self._message = bytearray()
        self._kind: Kind | None = None  # of the message that has begun
        self._leaving = self._said_goodbye = self._pinged = False

    @property
    def idle(self) -> bool:
        """Who leaves says so, and waits for the other to say it, too."""
        return self.closing

    def receive(self, data: bytes) -> None:
        self._received += data
        self._pinged = False

    def next_answer(self) -> bytes | None:
        """The next frame to send. After a goodbye of ours there is none."""
        if self._leaving and not self._said_goodbye:
            self._said_goodbye = True
            return goodbye(GOING_AWAY)
        try:
            answer = self._next_frame()
        except Violation as violation:
            self.closing = True
            answer = goodbye(violation.code, str(violation))
        return None if self._said_goodbye else answer

    def _next_frame(self) -> bytes | None:
        while not self.closing and (frame := take_frame(self._received)) is not None:
            if (answer := self._answer_to(frame)) is not None:
                return answer.to_bytes()
        return None

    def answer_to_silence(self) -> bytes:
        """A ping, to see whether the client is still there. If not even that is answered, nothing
        more."""
        pinged, self._pinged = self._pinged, True
        return b"" if pinged else Frame(Kind.PING).to_bytes()

    def close_after_answer(self) -> None:
        """The server is shutting down: say goodbye, although the client has said nothing."""
        if not self._leaving:
            self._leaving = True
            self._wake()

    def end(self) -> None:
        """Nothing is kept of a client."""

    def _answer_to(self, frame: Frame) -> Frame | None:
        match frame.kind:
            case Kind.PING:
                return Frame(Kind.PONG, frame.payload)
            case Kind.PONG:
                return None
            case Kind.CLOSE:
                self.closing = True
                return Frame(Kind.CLOSE, checked_code(frame.payload))
        return self._answer_to_piece(frame)

    def _answer_to_piece(self, frame: Frame) -> Frame | None:
        if (frame.kind is Kind.CONTINUATION) == (self._kind is None):
            raise Violation(1002, "a message begins before the last one has ended, or not at all")
        if len(self._message) + len(frame.payload) > LARGEST:
            raise Violation(1009, f"a message has more than {LARGEST} bytes")
        self._kind = self._kind or frame.kind
        self._message += frame.payload
        if not frame.last:
            return None
        kind, message = self._kind, bytes(self._message)
        self._kind, self._message = None, bytearray()
        return written(self._answer(decoded(message) if kind is Kind.TEXT else message))


def written(message: Message) -> Frame:
    """A whole message in one frame."""
    if isinstance(message, str):
        return Frame(Kind.TEXT, message.encode())
    return Frame(Kind.BINARY, message)


def decoded(text: bytes) -> str:
    """Raises Violation 1007 for what is no UTF-8 (RFC 6455 8.1)."""
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise Violation(1007, "a text is not UTF-8") from error


def goodbye(code: int, reason: str = "") -> bytes:
    """The frame that closes the connection, and why it does."""
    return Frame(Kind.CLOSE, code.to_bytes(2) + reason.encode()).to_bytes()


def checked_code(payload: bytes) -> bytes:
    """The code of a client that says goodbye, to say it back. Raises Violation for one that may not
    be sent (RFC 6455 7.4)."""
    code = int.from_bytes(payload[:2])
    if len(payload) == 1 or (payload and code not in CODES):
        raise Violation(1002, f"a client cannot close with {payload[:2].hex()}")
    decoded(payload[2:])
    return payload[:2]


CODES: Final = frozenset([1000, 1001, 1002, 1003, *range(1007, 1015), *range(3000, 5000)])


def _upgrade_required(why: str) -> HTTPError:
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    return HTTPError(426, why, Headers(headers))


def add_websocket(application: Application) -> None:
    """Add a path where every message comes back."""

    @application.route("/ws")
    def echo(request: Request) -> Response:
        return accept(request, lambda message: message)
