"""Frames of RFC 6455: built as a client sends them, read as it reads a server's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame as TheirFrame
from websockets.frames import Opcode as TheirOpcode

from grader.websocket.frame_reader import BadFrame, FrameReader, remasked
from grader.websocket.frames import Frame, Opcode, close_payload, masked

SIZES = (0, 1, 125, 126, 127, 65_535, 65_536)


def read(data: bytes, piece: int = 1 << 20) -> list[Frame]:
    """The frames in these bytes, fed in pieces of this size."""
    reader, found = FrameReader(), []
    for start in range(0, len(data), piece):
        reader.feed(data[start : start + piece])
        while (frame := reader.frame()) is not None:
            found.append(frame)
    assert reader.trailing == b""
    return found


@pytest.mark.parametrize("size", SIZES)
def test_a_frame_is_as_websockets_builds_it(size: int) -> None:
    payload = bytes(range(256)) * (size // 256) + bytes(size % 256)
    theirs = TheirFrame(TheirOpcode.BINARY, payload).serialize(mask=False)

    assert Frame(Opcode.BINARY, payload).to_bytes() == theirs
    assert read(theirs) == [Frame(Opcode.BINARY, payload)]


@given(st.binary(max_size=300), st.binary(min_size=4, max_size=4), st.booleans())
def test_websockets_reads_a_masked_frame(payload: bytes, mask: bytes, fin: bool) -> None:
    data = memoryview(Frame(Opcode.TEXT, payload, fin, mask).to_bytes())

    def exactly(size: int):  # type: ignore[no-untyped-def]  # noqa: ANN202
        nonlocal data
        taken, data = bytes(data[:size]), data[size:]
        return taken
        yield

    parsing = TheirFrame.parse(exactly, mask=True)
    with pytest.raises(StopIteration) as stopped:
        next(parsing)
    frame = stopped.value.value

    assert (bytes(frame.data), frame.fin, len(data)) == (payload, fin, 0)


@given(st.lists(st.binary(max_size=140), max_size=5), st.integers(min_value=1, max_value=9))
def test_frames_are_the_same_however_they_are_cut(payloads: list[bytes], piece: int) -> None:
    frames = [Frame(Opcode.BINARY, payload) for payload in payloads]

    assert read(b"".join(frame.to_bytes() for frame in frames), piece) == frames


@given(st.binary(max_size=200), st.binary(min_size=4, max_size=4))
def test_to_mask_twice_changes_nothing(payload: bytes, mask: bytes) -> None:
    once = masked(payload, mask)

    assert masked(once, mask) == payload
    assert once == bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))


def test_frames_get_other_masks() -> None:
    frames = [Frame(Opcode.TEXT, b"a" * size, True, b"abcd") for size in (0, 5, 300)]
    data = b"".join(frame.to_bytes() for frame in frames)

    assert remasked(data, lambda size: b"wxyz"[:size]) == b"".join(
        Frame(Opcode.TEXT, frame.payload, True, b"wxyz").to_bytes() for frame in frames
    )
    assert remasked(b"GET / HTTP/1.1\r\n", lambda size: bytes(size)) == b"GET / HTTP/1.1\r\n"


@pytest.mark.parametrize(
    ("data", "said", "offset"),
    [
        (b"\x81\x85abcd12345", "masked frame", 1),
        (b"\xc1\x01a", "reserved bit", 0),
        (b"\x83\x01a", "unknown opcode 3", 0),
        (b"hello", "reserved bit", 0),
        (b"HTTP/1.1 200 OK", "looks like an HTTP answer", 0),
        (b"\x09\x00", "no FIN bit", 0),
        (b"\x8a\x7e\x00\x7e" + bytes(126), "125 at most", 1),
        (b"\x81\x7e\x00\x05hello", "needs fewer", 2),
        (b"\x81\x7e\x7e\x00", None, 0),
        (b"\x81\x7e\x00\x01", "needs fewer: with its bytes in reverse order it is 256", 2),
        (b"\x81\x7f" + (65_535).to_bytes(8, "big"), "needs fewer", 2),
        (b"\x81\x7f" + (1 << 40).to_bytes(8, "big"), "no message here has so many", 1),
        (b"\x88\x01a", "has one byte", 2),
        (b"\x88\x02" + close_payload(1005), "must not be sent", 2),
        (b"\x88\x02" + close_payload(999), "must not be sent", 2),
        (b"\x88\x02" + close_payload(4999), None, 0),
        (b"\x88\x00", None, 0),
    ],
)
def test_what_no_server_may_send(data: bytes, said: str | None, offset: int) -> None:
    reader = FrameReader()
    reader.feed(data)
    if said is None:
        reader.frame()
        return
    with pytest.raises(BadFrame, match=said) as raised:
        reader.frame()

    assert raised.value.offset == offset


def test_what_is_missing_is_said() -> None:
    whole = Frame(Opcode.TEXT, b"x" * 200).to_bytes()
    said = {}
    for size in (0, 1, 3, 10):
        reader = FrameReader()
        reader.feed(whole[:size])
        assert reader.frame() is None
        said[size] = reader.missing

    assert said == {
        0: "",
        1: "1 byte of the head of a frame came",
        3: "3 bytes of the head of a frame came",
        10: "the head of a text frame says 200 bytes, and 6 of them came",
    }
