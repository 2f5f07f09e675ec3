"""Frames of RFC 6455 5.2, built as a client sends them. Pure.

A frame has two bytes of head, a longer length where seven bits are too few, a mask of four bytes
when a client sends it, and the payload:

    FIN RSV1-3 opcode | MASK length | length in 2 or 8 bytes | mask | payload
"""

from __future__ import annotations

import struct
from enum import IntEnum
from itertools import cycle
from typing import Final

from grader.value import Value


class Opcode(IntEnum):
    """What a frame is (RFC 6455 11.8)."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


FIN: Final = 0x80
RESERVED: Final = 0x70
MASKED: Final = 0x80
CONTROL: Final = 0x08
LONGEST_CONTROL: Final = 125
SHORT, IN_TWO_BYTES, IN_EIGHT_BYTES = 125, 126, 127
"""What the seven bits of a length may say: the last two, that the length itself follows."""

NAMES: Final = {**{int(it): it.name.lower() for it in Opcode}, 0: "continuation"}


class Frame(Value, frozen=True):
    """One frame. `payload` is without its mask; `mask` is what it is masked with, or None. `fin`:
    it is the last one of its message. `reserved`: the bits RSV1 to RSV3, as a number."""

    opcode: int
    payload: bytes = b""
    fin: bool = True
    mask: bytes | None = None
    reserved: int = 0

    @property
    def is_control(self) -> bool:
        return bool(self.opcode & CONTROL)

    @property
    def name(self) -> str:
        """As in a sentence: "text frame"."""
        return frame_name(self.opcode)

    @property
    def close_code(self) -> int | None:
        """Of a close frame: its code; None without one."""
        return int.from_bytes(self.payload[:2], "big") if len(self.payload) > 1 else None

    def to_bytes(self) -> bytes:
        """As it is sent, its length in as few bytes as possible."""
        first = (FIN if self.fin else 0) | self.reserved << 4 | self.opcode
        head = bytes([first]) + length_bytes(len(self.payload), masked=self.mask is not None)
        return head + (
            self.payload if self.mask is None else self.mask + masked(self.payload, self.mask)
        )


def frame_name(opcode: int) -> str:
    """In words: "text frame"."""
    return f"{NAMES[opcode]} frame" if opcode in NAMES else f"frame with opcode {opcode}"


def opcode_name(opcode: int) -> str:
    """The name of an opcode, in small letters: "text"; its number where it has none."""
    return NAMES.get(opcode, f"opcode {opcode}")


def masked(payload: bytes, mask: bytes) -> bytes:
    """Each byte combined with one of the mask's four by XOR: to mask again is to remove the mask.

    >>> masked(masked(b"hello", b"abcd"), b"abcd")
    b'hello'
    """
    if len(payload) > 64:  # as one number: a long payload byte by byte takes its time
        size = len(payload)
        whole = (mask * (size // 4 + 1))[:size]
        both = int.from_bytes(payload, "big") ^ int.from_bytes(whole, "big")
        return both.to_bytes(size, "big")
    return bytes(byte ^ key for byte, key in zip(payload, cycle(mask), strict=False))


def length_bytes(size: int, *, masked: bool) -> bytes:
    """The bytes of a head that say how long the payload is.

    >>> length_bytes(125, masked=False), length_bytes(126, masked=False)
    (b'}', b'~\\x00~')
    """
    bit = MASKED if masked else 0
    if size <= SHORT:
        return bytes([bit | size])
    if size < 1 << 16:
        return struct.pack("!BH", bit | IN_TWO_BYTES, size)
    return struct.pack("!BQ", bit | IN_EIGHT_BYTES, size)


def close_payload(code: int, reason: str = "") -> bytes:
    """What a close frame carries: a code in two bytes, and a reason (RFC 6455 5.5.1)."""
    return struct.pack("!H", code) + reason.encode()
