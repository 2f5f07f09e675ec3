"""The client's side of WebSocket, as far as tests need it, written apart from the server's."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="
ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: WebSocket\r\nConnection: keep-alive, Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %b\r\n\r\n" % KEY
)
MASK = b"\x01\x80\xff\x37"


def frame(kind: int, payload: bytes, *, last: bool = True) -> bytes:
    """A frame of a client: masked."""
    if len(payload) < 126:
        length = struct.pack(">B", 0x80 | len(payload))
    elif len(payload) < 65536:
        length = struct.pack(">BH", 0x80 | 126, len(payload))
    else:
        length = struct.pack(">BQ", 0x80 | 127, len(payload))
    masks = (MASK * (len(payload) // 4 + 1))[: len(payload)]
    masked = bytes(byte ^ mask for byte, mask in zip(payload, masks, strict=True))
    return bytes([kind | 0x80 * last]) + length + MASK + masked


def read_frame(take: Callable[[int], bytes]) -> tuple[int, bytes]:
    """The opcode and the payload of the server's next frame, which must be a whole message.
    `take` returns the next so many bytes."""
    first, length = take(2)
    assert first & 0xF0 == 0x80
    if length == 126:
        (length,) = struct.unpack(">H", take(2))
    elif length == 127:
        (length,) = struct.unpack(">Q", take(8))
    return first & 0x0F, take(length)
