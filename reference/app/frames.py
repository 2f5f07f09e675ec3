"""The frames of WebSocket: how its messages are cut into pieces and written (RFC 6455 5.2).

     first byte     last? and the kind of the frame
     second byte    masked? and the length, or 126 or 127 for one that does not fit
     2 or 8 bytes   the length, for 126 or 127
     4 bytes        the mask, if the client is who sends
     and then       the payload

A client has to mask what it sends: each byte of the payload is combined with one of the mask. So no
page can choose which bytes its browser puts on the wire, and have a proxy take them for HTTP.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

LARGEST: Final = 16 * 1024 * 1024


class Kind(IntEnum):
    """Of a frame. From CLOSE on, they are about the connection, and may come within a message."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class Violation(Exception):
    """The client breaks a rule. It is told which kind of rule by a code (RFC 6455 7.4.1)."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame, its payload no longer masked. `last` ends a message."""

    kind: Kind
    payload: bytes = b""
    last: bool = True

    def to_bytes(self) -> bytes:
        """The frame as a server sends it: without a mask."""
        head, length = self.kind | (0x80 if self.last else 0), len(self.payload)
        if length < 126:
            return bytes([head, length]) + self.payload
        if length < 1 << 16:
            return bytes([head, 126]) + length.to_bytes(2) + self.payload
        return bytes([head, 127]) + length.to_bytes(8) + self.payload


def take_frame(received: bytearray) -> Frame | None:
    """Take a frame from the front; None, and nothing is taken, while more bytes are needed. Raises
    Violation.

    >>> take_frame(bytearray(b"\\x81\\x82\\1\\2\\3\\4" + bytes([ord("o") ^ 1, ord("k") ^ 2])))
    Frame(kind=<Kind.TEXT: 1>, payload=b'ok', last=True)
    """
    if len(received) < 2:
        return None
    kind, last, length = _checked(received[0], received[1])
    wide = {126: 2, 127: 8}.get(length, 0)
    start = 2 + wide + 4
    if len(received) < start:
        return None
    if wide:
        length = int.from_bytes(received[2 : 2 + wide])
    if length > LARGEST:
        raise Violation(1009, f"a frame has more than {LARGEST} bytes")
    if len(received) < start + length:
        return None
    mask, payload = received[start - 4 : start], received[start : start + length]
    del received[: start + length]
    return Frame(kind, masked(payload, mask), last)


def _checked(first: int, second: int) -> tuple[Kind, bool, int]:
    """The kind, whether it is the last of its message, and the length in the second byte."""
    if first & 0x70:
        raise Violation(1002, "a reserved bit is set, and no extension was agreed on")
    if first & 0x0F not in set(Kind):
        raise Violation(1002, f"there is no opcode {first & 0x0F}")
    if not second & 0x80:
        raise Violation(1002, "a client has to mask its frames (RFC 6455 5.1)")
    kind, last, length = Kind(first & 0x0F), bool(first & 0x80), second & 0x7F
    if kind >= Kind.CLOSE and (not last or length > 125):
        raise Violation(1002, "a control frame is whole and short (RFC 6455 5.5)")
    return kind, last, length


def masked(payload: bytes | bytearray, mask: bytes | bytearray) -> bytes:
    """Each byte XOR one of the mask's four in turn; done twice, it is undone. As numbers, all bytes
    are combined at once."""
    repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload) ^ int.from_bytes(repeated)).to_bytes(len(payload))
