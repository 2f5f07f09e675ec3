"""WebSocket without a socket: the handshake, and what becomes of each frame."""

from __future__ import annotations

import pytest

from reference import Headers, HTTPError, Request
from reference.app.frames import LARGEST, Frame, Kind, Violation, masked, take_frame
from reference.app.websocket import WebSocket, accept
from reference.web import Handover
from tests.reference.websocket_frames import ACCEPT, KEY, frame

OFFER = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": KEY.decode(),
}


def answers(*received: bytes, web_socket: WebSocket | None = None) -> list[bytes]:
    """All that is sent for what was received, and whether it is over, as an empty answer."""
    conversation = web_socket or WebSocket(lambda message: message, lambda: None)
    sent = []
    for data in received:
        conversation.receive(data)
        while (answer := conversation.next_answer()) is not None:
            sent.append(answer)
    return [*sent, b""] if conversation.closing else sent


def code(number: int) -> bytes:
    return number.to_bytes(2)


@pytest.mark.parametrize(
    "changed", [{}, {"Connection": "keep-alive, uPGRADE"}, {"Upgrade": "h2c, WebSocket"}]
)
def test_an_offer_is_accepted(changed: dict[str, str]) -> None:
    response = accept(Request("GET", "/ws", Headers(OFFER | changed)), lambda message: message)
    assert isinstance(response, Handover)
    assert response.status == 101
    assert response.headers.get("Sec-WebSocket-Accept") == ACCEPT


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Upgrade": "h2c"}, 426),
        ({"Connection": "keep-alive"}, 426),
        ({"Sec-WebSocket-Version": "8"}, 426),
        ({"Sec-WebSocket-Version": ""}, 426),
        ({"Sec-WebSocket-Key": ""}, 400),
        ({"Sec-WebSocket-Key": KEY.decode()[:-4]}, 400),
        ({"Sec-WebSocket-Key": "\xe9" + KEY.decode()[1:]}, 400),
        ({"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZSE="}, 400),
    ],
)
def test_what_is_no_offer(changed: dict[str, str], status: int) -> None:
    with pytest.raises(HTTPError) as refused:
        accept(Request("GET", "/ws", Headers(OFFER | changed)), lambda message: message)
    assert refused.value.status == status
    assert ("Upgrade" in refused.value.headers) is (status == 426)


@pytest.mark.parametrize(
    "request_", [Request("POST", "/ws", Headers(OFFER)), Request("HEAD", "/ws", Headers(OFFER))]
)
def test_only_get_offers(request_: Request) -> None:
    with pytest.raises(HTTPError, match="speaks WebSocket"):
        accept(request_, lambda message: message)


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65535, 65536, 70000])
def test_a_frame_is_taken_when_it_is_whole(length: int) -> None:
    payload = bytes(number % 251 for number in range(length))
    written = frame(Kind.BINARY, payload, last=False)
    for missing in {1, len(written) // 2, len(written) - 3, len(written)}:
        received = bytearray(written[: len(written) - missing])
        assert take_frame(received) is None
        assert received == written[: len(written) - missing]
    received = bytearray(written + b"next")
    assert take_frame(received) == Frame(Kind.BINARY, payload, last=False)
    assert received == b"next"


@pytest.mark.parametrize(
    ("length", "head"),
    [
        (125, b"\x82\x7d"),
        (126, b"\x82\x7e\x00\x7e"),
        (65535, b"\x82\x7e\xff\xff"),
        (65536, b"\x82\x7f\0\0\0\0\0\1\0\0"),
    ],
)
def test_a_frame_is_written(length: int, head: bytes) -> None:
    assert Frame(Kind.BINARY, length * b"a").to_bytes() == head + length * b"a"


def test_to_mask_twice_is_to_do_nothing() -> None:
    for length in range(10):
        payload = bytes(range(length))
        assert masked(masked(payload, b"\x01\x80\xff\x37"), b"\x01\x80\xff\x37") == payload


@pytest.mark.parametrize(
    ("received", "number"),
    [
        (b"\x81\x01a", 1002),  # no mask
        (b"\xc1\x80" + bytes(4), 1002),  # a reserved bit
        (b"\x83\x80" + bytes(4), 1002),  # no such opcode
        (b"\x8b\x80" + bytes(4), 1002),
        (b"\x09\x80" + bytes(4), 1002),  # a ping in pieces
        (b"\x89\xfe\x00\x7e" + bytes(130), 1002),  # a ping that is long
        (b"\x82\xff" + (LARGEST + 1).to_bytes(8) + bytes(4), 1009),
    ],
)
def test_what_is_no_frame_of_a_client(received: bytes, number: int) -> None:
    with pytest.raises(Violation) as violation:
        take_frame(bytearray(received))
    assert violation.value.code == number
    (goodbye, end) = answers(received, frame(Kind.TEXT, b"ignored"))
    assert (goodbye[0], goodbye[2:4], end) == (0x88, code(number), b"")


def test_messages_and_pings_are_answered_in_their_order() -> None:
    received = (
        frame(Kind.TEXT, b"a\xc3", last=False)
        + frame(Kind.PING, b"1")
        + frame(Kind.PONG, b"unasked")
        + frame(Kind.CONTINUATION, b"\xbc", last=False)
        + frame(Kind.CONTINUATION, b"")
        + frame(Kind.BINARY, b"\xff")
    )
    expected = [b"\x8a\x011", b"\x81\x03a\xc3\xbc", b"\x82\x01\xff"]
    assert answers(received) == expected
    assert answers(*(bytes([byte]) for byte in received)) == expected


@pytest.mark.parametrize(
    ("frames", "number"),
    [
        ([frame(Kind.CONTINUATION, b"a")], 1002),
        ([frame(Kind.TEXT, b"a", last=False), frame(Kind.TEXT, b"a")], 1002),
        ([frame(Kind.TEXT, b"\xff")], 1007),
        ([frame(Kind.TEXT, b"\xc3", last=False), frame(Kind.CONTINUATION, b"a")], 1007),
        ([frame(Kind.CLOSE, b"\x03")], 1002),
        ([frame(Kind.CLOSE, code(999))], 1002),
        ([frame(Kind.CLOSE, code(1005))], 1002),
        ([frame(Kind.CLOSE, code(1000) + b"\xff")], 1007),
    ],
)
def test_what_breaks_a_rule_ends_the_connection(frames: list[bytes], number: int) -> None:
    goodbye, end = answers(*frames)
    assert (goodbye[0], goodbye[2:4], end) == (0x88, code(number), b"")


def test_a_message_has_a_largest_size() -> None:
    piece = LARGEST // 2 * b"a"
    begun = answers(
        frame(Kind.BINARY, piece, last=False), frame(Kind.CONTINUATION, piece, last=False)
    )
    assert begun == []
    conversation = WebSocket(lambda message: message, lambda: None)
    conversation._message = bytearray(LARGEST)
    conversation._kind = Kind.BINARY
    goodbye, _ = answers(frame(Kind.CONTINUATION, b"a"), web_socket=conversation)
    assert goodbye[2:4] == code(1009)


@pytest.mark.parametrize("payload", [b"", code(1000), code(4999)])
def test_a_goodbye_is_said_back(payload: bytes) -> None:
    assert answers(frame(Kind.CLOSE, payload)) == [bytes([0x88, len(payload)]) + payload, b""]


def test_after_our_goodbye_only_the_clients_counts() -> None:
    rung: list[bool] = []
    conversation = WebSocket(lambda message: message, lambda: rung.append(True))
    conversation.close_after_answer()
    conversation.close_after_answer()
    assert (rung, conversation.idle) == ([True], False)
    assert answers(frame(Kind.TEXT, b"late"), web_socket=conversation) == [b"\x88\x02\x03\xe9"]
    assert answers(frame(Kind.CLOSE, code(1001)), web_socket=conversation) == [b""]
    assert conversation.idle
