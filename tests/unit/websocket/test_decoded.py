"""Frames in words: what was sent and what came, in the order in which they began."""

from __future__ import annotations

import pytest

from grader.check.transcript import Direction, Entry
from grader.websocket.decoded import decoded
from grader.websocket.frames import Frame, Opcode, close_payload

MASK = b"\x01\x02\x03\x04"
ASKS = Entry(1, Direction.SENT, 0.0, b"GET /ws HTTP/1.1\r\n\r\n")
OPENS = Entry(1, Direction.RECEIVED, 0.1, b"HTTP/1.1 101 X\r\n\r\n")


def sent(*frames: Frame) -> Entry:
    data = b"".join(frame.to_bytes() for frame in frames)
    return Entry(1, Direction.SENT, 0.2, data)


def came(data: bytes, connection: int = 1) -> Entry:
    return Entry(connection, Direction.RECEIVED, 0.3, data)


def test_a_text_and_its_echo() -> None:
    there, back = (
        Frame(Opcode.TEXT, b"caf\xc3\xa9", mask=MASK),
        Frame(Opcode.BINARY, b"caf\xc3\xa9"),
    )
    assert decoded([ASKS, OPENS, sent(there), came(back.to_bytes())], None) == (
        r"sent: text frame of 5 bytes, masked: caf\xc3\xa9",
        r"received: binary frame of 5 bytes: caf\xc3\xa9",
    )


def test_fragments_of_one_piece_stay_in_their_order() -> None:
    frames = [Frame(Opcode.TEXT, b"b", fin=False), Frame(Opcode.PING), Frame(0, b"a")]
    assert decoded([ASKS, OPENS, sent(*frames)], 1) == (
        "sent: text frame of 1 byte, without FIN: b",
        "sent: ping frame of 0 bytes",
        "sent: continuation frame of 1 byte: a",
    )


def test_a_frame_that_comes_with_the_handshake_and_in_pieces() -> None:
    data = Frame(Opcode.CLOSE, close_payload(1002, "no mask")).to_bytes()
    entries = [ASKS, came(OPENS.data + data[:3]), sent(Frame(Opcode.PONG)), came(data[3:])]
    assert decoded(entries, 1) == (
        "received: close frame of 9 bytes: code 1002 no mask",
        "sent: pong frame of 0 bytes",
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x81\x05abc", ("received: text frame of 5 bytes: abc",)),  # of which two are missing
        (b"\x81", ()),
        (b"\x83\x01x", ()),  # no opcode
        (b"HTTP/1.1 400 X\r\n\r\n", ()),
        (b"\x81\xff", ()),
        (b"\xc1\x01x", ("received: text frame of 1 byte, with a reserved bit: x",)),
        (b"\x88\x01\x03", (r"received: close frame of 1 byte: \x03",)),
        (b"\x81\x7f" + bytes(7) + b"\x29" + b"x" * 41,
         ("received: text frame of 41 bytes: " + "x" * 37 + "...",)),
    ],
)  # fmt: skip
def test_what_is_not_whole(data: bytes, said: tuple[str, ...]) -> None:
    assert decoded([ASKS, OPENS, came(data)], None) == said


def test_what_was_not_kept_ends_the_list() -> None:
    entry = Entry(1, Direction.RECEIVED, 0.3, b"\x81\x02hi\x81\x02h", left_out=9)
    assert decoded([ASKS, OPENS, entry], 1) == ("received: text frame of 2 bytes: hi",)


def test_a_server_that_floods_us_with_frames_is_told_in_no_time() -> None:
    """Were what follows copied for each frame, that would be gigabytes."""
    flood = [came(2 * b"\x8a\x00") for _ in range(30_000)]
    assert decoded([ASKS, OPENS, *flood], 1) == 6 * ("received: pong frame of 0 bytes",)


def test_only_the_last_ones_are_told() -> None:
    entries = [sent(*(Frame(Opcode.TEXT, b"%d" % number) for number in range(9)))]
    assert [line[-1] for line in decoded([ASKS, OPENS, *entries], 1)] == list("345678")


def test_a_connection_that_is_none() -> None:
    assert decoded([ASKS, came(b"HTTP/1.1 400 X\r\n\r\n")], None) == ()
    assert decoded([ASKS, OPENS], 2) == ()
    assert decoded([], None) == ()


def test_the_last_one_that_was_opened() -> None:
    other = [came(OPENS.data, 2), came(b"\x89\x00", 2)]
    assert decoded([ASKS, OPENS, came(b"\x8a\x00"), *other], None) == (
        "received: ping frame of 0 bytes",
    )
