"""Reads the frames of a server (RFC 6455 5.2), one after the other. Pure.

`FrameReader` is fed with bytes as they come, and answers None until a whole frame is there. It is
strict, and raises at the first byte that must be wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.text.layout import counted
from grader.value import Value
from grader.websocket.frames import (
    CONTROL,
    FIN,
    IN_EIGHT_BYTES,
    IN_TWO_BYTES,
    LONGEST_CONTROL,
    MASKED,
    NAMES,
    RESERVED,
    SHORT,
    Frame,
    Opcode,
    masked,
    opcode_name,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_CODES: Final = frozenset({1004, 1005, 1006, 1015})


def remasked(data: bytes, random: Callable[[int], bytes]) -> bytes:
    """Whole frames of a client with other masks; what is no frame is left as it is.

    random: makes so many bytes.
    """
    out, rest = bytearray(), data
    while len(rest) > 1 and rest[1] & MASKED and (head := read_head(bytearray(rest))):
        end = head.size + 4 + head.length
        mask, payload = rest[head.size : head.size + 4], rest[head.size + 4 : end]
        other = random(4)
        out += rest[: head.size] + other + masked(masked(payload, mask), other)
        rest = rest[end:]
    return bytes(out) + rest


class BadFrame(Exception):
    """Bytes that are no frame of a server: one sentence, where in the frame, and a hint."""

    def __init__(self, summary: str, offset: int, hint: str, cite: str) -> None:
        super().__init__(summary)
        self.summary, self.offset, self.hint, self.cite = summary, offset, hint, cite


class Head(Value, frozen=True):
    """The head of a frame. size: of the head, in bytes; length: of the payload."""

    first: int
    is_masked: bool
    length: int
    size: int


class FrameReader:
    """Reads the frames of a server, one after the other.

    >>> reader = FrameReader()
    >>> reader.feed(Frame(Opcode.TEXT, b"hi").to_bytes()[:3])
    >>> reader.frame()
    >>> reader.feed(b"i")
    >>> reader.frame().payload
    b'hi'
    """

    def __init__(self, longest: int = 16 << 20) -> None:
        self._data = bytearray()
        self._longest = longest

    def feed(self, data: bytes) -> None:
        self._data += data

    @property
    def trailing(self) -> bytes:
        """What has come and was not returned as a frame."""
        return bytes(self._data)

    def frame(self) -> Frame | None:
        """The next frame; None when more bytes are needed. BadFrame when it cannot become one."""
        if not self._data:
            return None
        _judge_first(self._data[0])
        head = read_head(self._data)
        if head is None:
            return None
        self._judge(head)
        if len(self._data) < head.size + head.length:
            return None
        payload = bytes(self._data[head.size : head.size + head.length])
        frame = Frame(head.first & 0x0F, payload, bool(head.first & FIN))
        _judge_close(frame)
        del self._data[: head.size + head.length]
        return frame

    @property
    def missing(self) -> str:
        """How far the frame has come that is being read, as a clause; empty when nothing has."""
        if not self._data:
            return ""
        head = read_head(self._data)
        if head is None:
            return f"{counted(len(self._data), 'byte')} of the head of a frame came"
        came, name = len(self._data) - head.size, opcode_name(head.first & 0x0F)
        return (
            f"the head of a {name} frame says {counted(head.length, 'byte')}, and {came} of them"
            " came"
        )

    def _judge(self, head: Head) -> None:
        if head.is_masked:
            raise BadFrame(
                "Your server sent a masked frame: only a client masks its frames.",
                1,
                "Leave the bit MASK and the four bytes of the mask out of what you send.",
                "RFC 6455 5.1",
            )
        if head.first & CONTROL and head.length > LONGEST_CONTROL:
            raise BadFrame(
                f"A {opcode_name(head.first & 0x0F)} frame has {head.length} bytes; a control frame"
                f" has {LONGEST_CONTROL} at most.",
                1,
                "Send back the payload of the ping, and nothing else.",
                "RFC 6455 5.5",
            )
        _judge_length(head, self._data)
        if head.length > self._longest:
            raise BadFrame(
                f"A frame says that it has {head.length} bytes; no message here has so many.",
                1,
                "Write the length in network byte order, with the most significant byte first.",
                "RFC 6455 5.2",
            )


def read_head(data: bytearray) -> Head | None:
    """The head at the beginning; None when more bytes are needed."""
    if len(data) < 2:
        return None
    first, second = data[0], data[1]
    length, extended = second & 0x7F, {IN_TWO_BYTES: 2, IN_EIGHT_BYTES: 8}.get(second & 0x7F, 0)
    if len(data) < 2 + extended:
        return None
    if extended:
        length = int.from_bytes(data[2 : 2 + extended], "big")
    return Head(first, bool(second & MASKED), length, 2 + extended)


def _judge_first(first: int) -> None:
    """Of the first byte: no reserved bit, and an opcode that there is."""
    opcode = first & 0x0F
    if first == ord("H"):
        raise BadFrame(
            "Your server sent what looks like an HTTP answer, and not a frame.",
            0,
            "After the 101 answer, send frames alone.",
            "RFC 6455 5",
        )
    if opcode not in NAMES:
        raise BadFrame(
            f"The frame has the unknown opcode {opcode}: its first byte is {first:#04x}.",
            0,
            "The first byte of a whole text is 0x81: the bit FIN, and opcode 1. After the 101"
            " answer, send frames alone.",
            "RFC 6455 5.2",
        )
    if first & RESERVED:
        raise BadFrame(
            f"The frame has a reserved bit set: its first byte is {first:#04x}.",
            0,
            "Leave RSV1, RSV2 and RSV3 at zero: no extension is in use.",
            "RFC 6455 5.2",
        )
    if opcode & CONTROL and not first & FIN:
        raise BadFrame(
            f"The {opcode_name(opcode)} frame has no FIN bit: a control frame is always whole.",
            0,
            "Set the bit FIN in each control frame: a pong begins with 0x8a, a close with 0x88.",
            "RFC 6455 5.5",
        )


def _judge_length(head: Head, data: bytearray) -> None:
    """As few bytes say the length as possible."""
    said = data[1] & 0x7F
    small = SHORT + 1 if said == IN_TWO_BYTES else 1 << 16
    if said > SHORT and head.length < small:
        swapped = int.from_bytes(data[2 : head.size], "little")
        raise BadFrame(
            f"The length {head.length} is written in {head.size - 2} bytes, although it needs fewer"
            + (f": with its bytes in reverse order it is {swapped}." if small <= swapped else "."),
            2,
            "Lengths up to 125 stand in the second byte, up to 65,535 in two bytes after 126,"
            " larger ones in eight bytes after 127; the most significant byte first.",
            "RFC 6455 5.2",
        )


def _judge_close(frame: Frame) -> None:
    """A close frame is empty, or begins with a code that may be sent (RFC 6455 7.4)."""
    if frame.opcode != Opcode.CLOSE or not frame.payload:
        return
    code = frame.close_code
    if code is None:
        raise BadFrame(
            "The close frame has one byte: a code has two.",
            2,
            "Write the code as a number of two bytes, the most significant one first.",
            "RFC 6455 5.5.1",
        )
    if not 1000 <= code < 5000 or code in _NO_CODES:
        raise BadFrame(
            f"The close frame has the code {code}, which must not be sent.",
            2,
            "Send 1000 for an ordinary end: two bytes, 03 e8, the most significant one first.",
            "RFC 6455 7.4",
        )
