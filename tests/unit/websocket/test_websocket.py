"""A WebSocket of a check: what is read, and what is said when something else comes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.check.random_inputs import RandomInputs
from grader.websocket import expect
from grader.websocket.connection import WebSocket
from grader.websocket.frames import Frame, Opcode, close_payload
from grader.websocket.handshake import GUID, client_headers
from grader.websocket.ordinary_client import OrdinaryClient
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KEY = "x3JJHMbDL1EzLkh9GBhXDw=="
HANDSHAKE = (
    "import base64, hashlib; head = client.recv(4096);"
    " key = head.split(b'Sec-WebSocket-Key: ')[1].split(b'\\r\\n')[0];"
    f" made = base64.b64encode(hashlib.sha1(key + b'{GUID}').digest());"
    " client.sendall(b'HTTP/1.1 101 X\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
    "Sec-WebSocket-Accept: ' + made + b'\\r\\n\\r\\n'); "
)
TEXT = "a text of letters"


def sends(*frames: Frame) -> str:
    """A server that takes one frame, and answers with these."""
    return f"client.recv(9999); client.sendall({b''.join(map(Frame.to_bytes, frames))!r}); rest()"


@contextmanager
def opened(handler: str, place: Path) -> Iterator[WebSocket]:
    with serving(HANDSHAKE + handler, place) as scene:
        random = RandomInputs(1, "test")
        websocket = WebSocket(scene.server, scene.budgets, scene.transcript, random)
        try:
            websocket.upgrade(KEY, client_headers(KEY), "localhost")
            yield websocket
        finally:
            websocket.close()
            websocket.forget()


def echoes(websocket: WebSocket) -> None:
    websocket.send_text(TEXT)
    expect.echoed(websocket)


def pings(websocket: WebSocket) -> None:
    websocket.ping(b"payload")
    expect.ponged(websocket, b"payload")


def closes(websocket: WebSocket) -> None:
    websocket.send_close(1000)
    expect.closing_answered(websocket)
    expect.connection_closed(websocket)


def breaks_a_rule(websocket: WebSocket) -> None:
    websocket.send_frames(Frame(Opcode.TEXT, b"x"))
    expect.closed_with(websocket, 1002, "a frame without a mask")


RIGHT = Frame(Opcode.TEXT, TEXT.encode())
HALVES = (Frame(Opcode.TEXT, RIGHT.payload[:5], fin=False), Frame(0, RIGHT.payload[5:]))


@pytest.mark.parametrize(
    ("handler", "act"),
    [
        (sends(RIGHT), echoes),
        (sends(*HALVES), echoes),
        (sends(HALVES[0], Frame(Opcode.PING, b"you?"), HALVES[1]), echoes),
        (sends(Frame(Opcode.PONG), Frame(Opcode.PING, b"you?"), RIGHT), echoes),
        (sends(Frame(Opcode.PONG, b"payload")), pings),
        ("client.recv(99); client.sendall(b'\\x88\\x02\\x03\\xe8'); client.close()", closes),
        (sends(Frame(Opcode.CLOSE, close_payload(1002))), breaks_a_rule),
    ],
)
def test_what_is_right(handler: str, act: Callable[[WebSocket], None], tmp_path: Path) -> None:
    with opened(handler, tmp_path) as websocket:
        act(websocket)
        assert websocket.rest == b""


@pytest.mark.parametrize(
    ("handler", "act", "kind", "words"),
    [
        (sends(Frame(Opcode.BINARY, RIGHT.payload)), echoes, Kind.MISMATCH, "as a binary message"),
        (sends(Frame(Opcode.TEXT, b"A TEXT OF LETTERS")), echoes, Kind.MISMATCH, "capital letters"),
        (sends(HALVES[0], RIGHT), echoes, Kind.MALFORMED, "before the last frame of the one"),
        (sends(HALVES[1]), echoes, Kind.MALFORMED, "no message has begun"),
        (sends(Frame(Opcode.CLOSE, close_payload(1009))), echoes, Kind.CLOSED, "with code 1009 in"),
        (sends(Frame(Opcode.CLOSE)), echoes, Kind.CLOSED, "without a code instead of answering"),
        (sends(HALVES[0], Frame(Opcode.CLOSE)), echoes, Kind.CLOSED, "instead of answering the"),
        ("client.recv(99); client.close()", echoes, Kind.CLOSED, "without an answer to the text"),
        ("client.recv(99); rest()", echoes, Kind.SILENCE, "read the whole text frame"),
        ("client.recv(99); client.send(b'\\x81\\x09abc'); rest()", echoes, Kind.INCOMPLETE, "says"),
        (
            "client.recv(99); client.send(b'\\x81\\x09abc'); client.close()",
            echoes,
            Kind.INCOMPLETE,
            "closed the connection in the middle of a frame: the head of a text frame says 9 bytes",
        ),
        (
            f"client.recv(99); client.send({TEXT!r}.encode()); rest()",
            echoes,
            Kind.MALFORMED,
            "head",
        ),
        ("client.recv(99); os._exit(3)", echoes, Kind.EXIT, "exit status 3"),
        (sends(Frame(Opcode.PONG)), pings, Kind.MISMATCH, "The pong is empty"),
        (sends(Frame(Opcode.PONG, b"other")), pings, Kind.MISMATCH, "another payload"),
        (sends(Frame(Opcode.PING, b"payload")), pings, Kind.MISMATCH, "answered with a ping frame"),
        ("client.recv(99); client.close()", closes, Kind.CLOSED, "without sending a close frame"),
        (sends(RIGHT), closes, Kind.MISMATCH, "was answered with a text frame"),
        (sends(Frame(Opcode.CLOSE)), closes, Kind.CONNECTION, "stayed open after both"),
        (sends(Frame(Opcode.CLOSE)), breaks_a_rule, Kind.MISMATCH, "without a code after a frame"),
        (sends(RIGHT), breaks_a_rule, Kind.MISMATCH, "sent a text frame after a frame without"),
        ("client.recv(99); rest()", breaks_a_rule, Kind.SILENCE, "did not close the WebSocket"),
        ("client.recv(99); client.close()", breaks_a_rule, Kind.CLOSED, "without a close frame"),
    ],
)
def test_what_is_said(
    handler: str, act: Callable[[WebSocket], None], kind: Kind, words: str, tmp_path: Path
) -> None:
    with opened(handler, tmp_path) as websocket, pytest.raises(Failure) as caught:
        act(websocket)

    assert (caught.value.kind, words in caught.value.summary) == (kind, True), caught.value.summary


def test_nothing_comes_where_nothing_may(tmp_path: Path) -> None:
    with opened("client.recv(99); rest()", tmp_path) as websocket:
        websocket.send_frames(websocket.frame(Opcode.PONG))
        expect.nothing_comes(websocket, "after a pong")
    with opened(sends(RIGHT), tmp_path) as websocket:
        websocket.send_frames(websocket.frame(Opcode.PONG))
        with pytest.raises(Failure, match="sent something after a pong"):
            expect.nothing_comes(websocket, "after a pong")


def test_what_is_not_answered_of_several_is_counted(tmp_path: Path) -> None:
    with opened(sends(RIGHT), tmp_path) as websocket:
        frames = [websocket.frame(Opcode.TEXT, TEXT.encode()) for _ in range(3)]
        websocket.send_frames(*frames)
        with pytest.raises(Failure, match="answered 1 of 3 frames that came at once"):
            expect.each_echoed(websocket, *frames)


@contextmanager
def asked(handler: str, place: Path) -> Iterator[OrdinaryClient]:
    """The client of `websockets`, connected to a server with this handler."""
    with serving(HANDSHAKE + handler, place) as scene:
        random = RandomInputs(1, "test")
        websocket = WebSocket(scene.server, scene.budgets, scene.transcript, random)
        try:
            yield OrdinaryClient(websocket, "localhost:4221", KEY, random)
        finally:
            websocket.close()


def test_the_ordinary_client_sends_the_same_bytes_each_time(tmp_path: Path) -> None:
    sent = []
    for _ in range(2):
        with asked(sends(RIGHT), tmp_path) as client:
            expect.received(client, TEXT)
            sent.append(client._connection._transcript.sent_on(1))
    assert sent[0] == sent[1]
    assert b"Sec-WebSocket-Extensions: permessage-deflate" in sent[0]


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (sends(Frame(Opcode.BINARY, RIGHT.payload)), "sent a text message, and got a binary one"),
        (sends(Frame(Opcode.CLOSE, close_payload(1011))), "closed the WebSocket with code 1011"),
        ("client.recv(99); client.close()", "closed the connection instead of answering a message"),
        (sends(Frame(Opcode.TEXT, b"x", mask=b"abcd")), "cannot read what came: incorrect masking"),
        ("client.recv(99); rest()", "your server read the whole message"),
    ],
)
def test_what_the_ordinary_client_cannot_use(handler: str, words: str, tmp_path: Path) -> None:
    with asked(handler, tmp_path) as client, pytest.raises(Failure) as caught:
        expect.received(client, TEXT)

    assert words in caught.value.summary


def test_the_ordinary_client_refuses_a_handshake(tmp_path: Path) -> None:
    handler = "client.recv(999); answer(client, b'', 404); rest()"
    with serving(handler, tmp_path) as scene:
        random = RandomInputs(1, "test")
        websocket = WebSocket(scene.server, scene.budgets, scene.transcript, random)
        with pytest.raises(Failure, match=r"refuses the handshake .*404"):
            OrdinaryClient(websocket, "localhost:4221", KEY, random)
        websocket.close()
