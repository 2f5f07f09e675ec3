"""The servers send although the client is silent: events, and WebSocket, over real sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reference.app.events import MOST_WAITING, Channel, Subscription
from reference.app.frames import Kind
from reference.transports import HTTPTOOLS, TRANSPORTS, Timeouts
from tests.reference.conftest import PATIENCE, skip_without_its_package
from tests.reference.websocket_frames import HANDSHAKE, frame, read_frame

if TYPE_CHECKING:
    from pathlib import Path

    from tests.reference.conftest import Client, Connect, Running, Start

GET_EVENTS = b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n"
GOODBYE = frame(Kind.CLOSE, b"\x03\xe8")


@pytest.fixture(params=[kind for kind in TRANSPORTS if kind != "blocking"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each server that serves several clients at once."""
    skip_without_its_package(request.param)
    return str(request.param)


@pytest.fixture
def site(kind: str, tmp_path: Path, start: Start) -> Running:
    return start(kind, tmp_path, None, tmp_path)


def subscriber(client: Client) -> Client:
    client.send(GET_EVENTS)
    head = client.interim()
    assert head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n")
    assert b"Content-Length" not in head
    return client


def publish(client: Client, text: bytes) -> None:
    client.send(b"POST /events HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(text))
    client.send(text)
    assert client.answer("POST").status == 204


def connected(client: Client) -> Client:
    client.send(HANDSHAKE)
    assert client.interim().startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    return client


def test_an_event_reaches_every_subscriber_at_once(site: Running, connect: Connect) -> None:
    subscribers = [subscriber(connect(site)) for _ in range(5)]
    publisher = connect(site)
    for text in (b"one", b"two\r\nlines", b""):
        publish(publisher, text)
        event = b"".join(b"data: %b\n" % line for line in text.split(b"\r\n")) + b"\n"
        for client in subscribers:
            assert client.take(len(event)) == event


def test_who_leaves_is_forgotten_and_disturbs_nobody(site: Running, connect: Connect) -> None:
    leaving, resetting, staying = (subscriber(connect(site)) for _ in range(3))
    leaving.socket.close()
    resetting.reset()
    publisher = connect(site)
    for number in range(20):
        publish(publisher, b"%d" % number)
        event = b"data: %d\n\n" % number
        assert staying.take(len(event)) == event


def test_a_subscriber_that_does_not_read_holds_nobody_up(site: Running, connect: Connect) -> None:
    subscriber(connect(site))
    reading, publisher = subscriber(connect(site)), connect(site)
    text = 1024 * 1024 * b"a"
    event = b"data: %b\n\n" % text
    for _ in range(20):
        publish(publisher, text)
        assert reading.take(len(event)) == event


def test_events_wait_until_there_are_too_many() -> None:
    channel, rung = Channel(), list[bool]()
    subscription = Subscription(channel, lambda: rung.append(True))
    other = Subscription(channel, lambda: None)
    channel.publish("one")
    channel.publish("two")
    assert (len(rung), subscription.closing) == (2, False)
    assert subscription.next_answer() == b"data: one\n\ndata: two\n\n"
    assert subscription.next_answer() is None
    channel.publish(MOST_WAITING // 2 * "a")
    assert other.next_answer() is not None
    channel.publish(MOST_WAITING // 2 * "b")
    assert (subscription.closing, other.closing) == (True, False)
    subscription.end()
    subscription.end()
    channel.publish("not for all")
    assert len(rung) == 4


def test_silence_is_no_end_of_the_events(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    site = start(kind, tmp_path, Timeouts(silence=0.1), tmp_path)
    client = subscriber(connect(site))
    assert client.take(6) == b":\n\n:\n\n"
    assert connect(site).rest() == b""


def test_head_of_the_events_ends(site: Running, connect: Connect) -> None:
    client = connect(site)
    client.send(GET_EVENTS.replace(b"GET", b"HEAD"))
    assert client.answer("HEAD").headers["content-type"] == "text/event-stream"
    assert client.rest() == b""


def test_stopping_ends_the_events(site: Running, connect: Connect) -> None:
    client = subscriber(connect(site))
    site.server.stop()
    assert client.rest() == b""
    site.thread.join(PATIENCE)
    assert not site.thread.is_alive()


def test_messages_come_back(site: Running, connect: Connect) -> None:
    clients = [connected(connect(site)) for _ in range(5)]
    for length in (0, 125, 126, 65535, 65536, 1_000_000):
        for number, client in enumerate(clients):
            client.send(frame(Kind.BINARY, bytes([number]) * length))
        for number, client in enumerate(clients):
            assert read_frame(client.take) == (Kind.BINARY, bytes([number]) * length)


def test_a_frame_byte_by_byte(site: Running, connect: Connect) -> None:
    client = connected(connect(site))
    for byte in frame(Kind.TEXT, b"slow") + frame(Kind.PING, b"?"):
        client.send(bytes([byte]))
    assert read_frame(client.take) == (Kind.TEXT, b"slow")
    assert read_frame(client.take) == (Kind.PONG, b"?")


def test_what_comes_with_the_handshake_is_read(site: Running, connect: Connect) -> None:
    if site.kind == HTTPTOOLS:
        pytest.skip("it reads all of it as HTTP, and no client may send before the 101")
    client = connect(site)
    client.send(HANDSHAKE + frame(Kind.TEXT, b"early"))
    client.interim()
    assert client.take(7) == b"\x81\x05early"


def test_a_goodbye_is_said_back(site: Running, connect: Connect) -> None:
    client = connected(connect(site))
    client.send(GOODBYE)
    assert read_frame(client.take) == (Kind.CLOSE, b"\x03\xe8")
    assert client.rest() == b""


def test_a_silent_client_is_pinged_and_left_if_it_does_not_answer(
    kind: str, tmp_path: Path, start: Start, connect: Connect
) -> None:
    client = connected(connect(start(kind, tmp_path, Timeouts(silence=0.2), tmp_path)))
    assert read_frame(client.take) == (Kind.PING, b"")
    client.send(frame(Kind.PONG, b""))
    assert read_frame(client.take) == (Kind.PING, b"")
    assert client.rest() == b""


def test_stopping_says_goodbye(site: Running, connect: Connect) -> None:
    client = connected(connect(site))
    site.server.stop()
    assert read_frame(client.take) == (Kind.CLOSE, b"\x03\xe9")
    client.send(frame(Kind.CLOSE, b"\x03\xe9"))
    assert client.rest() == b""
    client.socket.close()
    site.thread.join(PATIENCE)
    assert not site.thread.is_alive()
