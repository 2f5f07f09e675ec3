"""What is said to a message that came back wrong."""

from __future__ import annotations

import struct

import pytest

from grader.websocket.frames import Frame, Opcode, masked
from grader.websocket.mistakes import wrong_length, wrong_payload

MASK = b"\x11\x22\x33\x44"
TEXT = Frame(Opcode.TEXT, b"a text that is long enough", True, MASK)
LONG = b"0123456789" * 30


def test_a_mask_that_was_not_removed_is_recognised() -> None:
    still = masked(TEXT.payload, MASK)
    by_first = bytes(byte ^ MASK[0] for byte in still)
    with_mask = MASK + still[:-4]
    reverse = masked(still, MASK[::-1])

    told = [wrong_payload(came, [TEXT]) for came in (still, by_first, with_mask, reverse)]
    assert [it.summary.split(":")[0] if it else None for it in told] == [
        "The payload came back as it was masked",
        "The mask was not removed rightly",
        "The payload begins with the mask",
        "The mask was not removed rightly",
    ]


def test_fragments_are_recognised() -> None:
    pieces = [Frame(Opcode.TEXT, word, False, MASK) for word in (b"one", b"two", b"three")]

    told = [wrong_payload(came, pieces) for came in (b"one", b"three", b"twothree", b"what?")]
    assert [it and it.summary for it in told] == [
        "The first of 3 fragments was answered alone: the message goes on until FIN.",
        "Only the last of 3 fragments came back: those before it are lost.",
        "The first fragment of the message is lost.",
        None,
    ]


def test_a_length_in_characters_is_recognised() -> None:
    sent = Frame(Opcode.TEXT, "Grüße".encode(), True, MASK)
    told = wrong_payload(sent.payload[:5], [sent])

    assert told is not None
    assert "the number of characters" in told.summary
    assert wrong_payload(b"something else", [sent]) is None


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x81\x2c", "is written in one byte: it needs 126 and two bytes."),
        (struct.pack("!BBQ", 0x81, 127, 300), "is written in 127 and eight bytes"),
        (struct.pack("!BBI", 0x81, 127, 300), "is written in 5 bytes"),
        (struct.pack("<BBH", 0x81, 126, 300), "has its bytes in reverse order"),
        (struct.pack("!BBH", 0x81, 126, 300), None),
        (b"", "without a frame"),
    ],
)
def test_a_wrong_length_is_recognised(head: bytes, said: str | None) -> None:
    told = wrong_length(head + LONG, LONG, Opcode.TEXT)

    assert (told is None) == (said is None)
    assert told is None or said is None or said in told.summary


def test_a_length_that_was_taken_for_0_is_recognised() -> None:
    told = wrong_payload(b"", [Frame(Opcode.TEXT, LONG, True, MASK)])

    assert told is not None
    assert told.summary == "An empty message came back: your server took the length 300 for 0."


def test_what_is_short_is_not_judged() -> None:
    assert wrong_length(b"\x81\x05hello", b"hello", Opcode.TEXT) is None
    assert wrong_length(b"\x82\x2c" + LONG, LONG, Opcode.TEXT) is None
