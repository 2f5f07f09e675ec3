"""Known mistakes in a message that should come back, and what is said to each. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.value import Value
from grader.websocket.frames import SHORT, masked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.websocket.frames import Frame

_ENOUGH: Final = 8
"""Bytes of a payload that are not there by chance."""

_CITE: Final = "RFC 6455 5.2"
_HEAD_SIZES: Final = {2: "one byte", 4: "126 and two bytes", 10: "127 and eight bytes"}


class Said(Value, frozen=True):
    """What is said to a mistake."""

    summary: str
    hint: str
    expected: str = ""
    cite: str = _CITE


_MASK: Final = (
    "Combine byte i of the payload with byte i % 4 of the mask by XOR (^ in most languages): the"
    " mask is the four bytes before the payload."
)
_TOGETHER: Final = (
    "Collect the payloads of a message until a frame has the bit FIN, then answer all of them with"
    " the opcode of the first."
)


def wrong_payload(came: bytes, sent: Sequence[Frame]) -> Said | None:
    """What became of the payload of these frames; None where that is not known."""
    whole = b"".join(frame.payload for frame in sent)
    for make, summary, hint in _OF_MASKS:
        if came and came == b"".join(make(frame.payload, frame.mask or b"") for frame in sent):
            return Said(summary, hint, cite="RFC 6455 5.3")
    if not came and len(whole) > SHORT:
        return Said(
            f"An empty message came back: your server took the length {len(whole):,} for 0.",
            "A length after 126 has two bytes, one after 127 has eight: read all of them.",
        )
    if len(sent) > 1:
        return _fragments(came, [frame.payload for frame in sent])
    text = whole.decode("utf-8", "ignore")
    if len(text) < len(whole) and came == whole[: len(text)]:
        return Said(
            f"The frame ends after {len(came)} of {len(whole)} bytes: its length is the number of"
            " characters, not of bytes.",
            "Encode the text first, and take the length of the bytes.",
        )
    return None


def _unmasked_by_first(payload: bytes, mask: bytes) -> bytes:
    return bytes(byte ^ mask[0] for byte in masked(payload, mask))


_OF_MASKS: Final[Sequence[tuple[Callable[[bytes, bytes], bytes], str, str]]] = (
    (masked, "The payload came back as it was masked: your server did not remove the mask.", _MASK),
    (
        _unmasked_by_first,
        "The mask was not removed rightly: each byte was combined with the first byte of the mask.",
        _MASK,
    ),
    (
        lambda payload, mask: mask + masked(payload, mask)[:-4],
        "The payload begins with the mask: your server took its four bytes for payload.",
        _MASK,
    ),
    (
        lambda payload, mask: masked(masked(payload, mask), mask[::-1]),
        "The mask was not removed rightly: its four bytes were used in reverse order.",
        _MASK,
    ),
)


def _fragments(came: bytes, pieces: Sequence[bytes]) -> Said | None:
    count, cite = len(pieces), "RFC 6455 5.4"
    if came == pieces[0]:
        return Said(
            f"The first of {count} fragments was answered alone: the message goes on until FIN.",
            _TOGETHER,
            cite=cite,
        )
    if came == pieces[-1]:
        return Said(
            f"Only the last of {count} fragments came back: those before it are lost.",
            _TOGETHER,
            cite=cite,
        )
    if came and came == b"".join(pieces[1:]):
        return Said("The first fragment of the message is lost.", _TOGETHER, cite=cite)
    return None


def wrong_length(came: bytes, payload: bytes, opcode: int) -> Said | None:
    """What is wrong with the length of a frame that has come, where the payload stands in it; None
    where nothing is, or that is not known."""
    size = len(payload)
    if size >= _ENOUGH and came.startswith(payload):
        return Said(
            "The payload came back without a frame: there is no head before it.",
            "Send two bytes before a short payload: FIN and the opcode (0x81 for a text), and the"
            " length.",
            "a frame",
        )
    if len(came) < 2 or size < _ENOUGH or came[0] & 0x0F != opcode:
        return None
    head = came.find(payload[:_ENOUGH], 1, 20)
    wanted = next(at for at, most in ((2, 126), (4, 1 << 16), (10, 1 << 64)) if size < most)
    expected = f"the length {size:,} in {_HEAD_SIZES[wanted]}"
    hint = (
        "Up to 125 the length is the second byte; up to 65,535 that byte is 126 and two bytes"
        " follow; above it is 127 and eight bytes follow, the most significant one first."
    )
    extended = came[2:wanted]
    if head == wanted and extended and int.from_bytes(extended, "little") == size:
        return Said(
            f"The length {size:,} has its bytes in reverse order: the most significant one comes"
            " first.",
            hint,
            expected,
        )
    if head in (wanted, -1):
        return None
    found = _HEAD_SIZES.get(head, f"{head - 1} bytes")
    return Said(
        f"The length of {size:,} bytes is written in {found}: it needs {_HEAD_SIZES[wanted]}.",
        hint,
        expected,
    )
