"""The services of the sockets track, each in all of its forms, over real sockets."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from reference.services import SERVICES, service
from reference.transports import HTTPTOOLS, TRANSPORTS
from tests.reference.conftest import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Dial = Callable[..., socket.socket]

EVERY_BYTE = bytes(range(256))
SCHEMES = {"udp-echo": "udp", "document": "http", "mirror": "http"}


@pytest.fixture(params=[name for name in TRANSPORTS if name != HTTPTOOLS])
def kind(request: pytest.FixtureRequest) -> str:
    """The name of each server that has the services."""
    return str(request.param)


@contextmanager
def serving(name: str, kind: str) -> Iterator[tuple[str, int]]:
    """A service on a free port: its address. Stopped at the end."""
    server, addresses = service(name, port=0, server=kind), SimpleQueue[str]()
    thread = threading.Thread(target=server.start, args=(addresses.put,))
    thread.start()
    scheme, _, port = addresses.get(timeout=PATIENCE).rpartition(":")
    assert scheme == f"{SCHEMES.get(name, 'tcp')}://127.0.0.1"
    try:
        yield "127.0.0.1", int(port)
    finally:
        server.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture
def dial(kind: str) -> Iterator[Dial]:
    """A connected socket of a service: `dial(name)`; `dial(name, address)` one more."""
    with ExitStack() as stack:
        running: dict[str, tuple[str, int]] = {}

        def dial(name: str) -> socket.socket:
            if name not in running:
                running[name] = stack.enter_context(serving(name, kind))
            sort = socket.SOCK_DGRAM if name == "udp-echo" else socket.SOCK_STREAM
            client = stack.enter_context(socket.socket(type=sort))
            client.settimeout(PATIENCE)
            client.connect(running[name])
            return client

        yield dial


def rest(client: socket.socket) -> bytes:
    """Everything until the server closes."""
    return b"".join(iter(lambda: client.recv(65536), b""))


@pytest.mark.parametrize("said", [b"hello\n", b"x", b"a" * 100_000 + b"\n"])
def test_ping_pong(dial: Dial, said: bytes) -> None:
    dial("ping-pong").close()
    client = dial("ping-pong")
    client.sendall(said)
    assert rest(client) == b"pong\n"


def test_echo(dial: Dial) -> None:
    client = dial("echo")
    for said in (EVERY_BYTE, b"\n", b"again"):
        client.sendall(said)
        assert client.recv(1000) == said
    client.shutdown(socket.SHUT_WR)
    assert rest(client) == b""


def test_echo_of_much_after_the_half_close(dial: Dial) -> None:
    client = dial("echo")
    sender = threading.Thread(
        target=lambda: (client.sendall(EVERY_BYTE * 4096), client.shutdown(socket.SHUT_WR))
    )
    sender.start()
    assert rest(client) == EVERY_BYTE * 4096
    sender.join()


def test_echo_stops_reading_when_the_client_does_not_read(dial: Dial) -> None:
    client = dial("echo")
    client.settimeout(0.5)
    with pytest.raises(TimeoutError):
        client.sendall(bytes(1 << 26))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
    after = dial("echo")
    after.sendall(b"next")
    assert after.recv(10) == b"next"


@pytest.mark.parametrize("said", [b"hello", b"", EVERY_BYTE, b"a" * 65_507])
def test_udp_echo(dial: Dial, said: bytes) -> None:
    first, second = dial("udp-echo"), dial("udp-echo")
    first.send(said)
    second.send(b"other")
    assert first.recv(65_535) == said
    assert second.recv(65_535) == b"other"


def test_udp_echo_outlives_a_client_that_is_gone(dial: Dial) -> None:
    for _ in range(3):
        with dial("udp-echo") as gone:
            gone.send(b"x" * 1000)
    client = dial("udp-echo")
    client.send(b"next")
    assert client.recv(100) == b"next"


def test_document(dial: Dial) -> None:
    for target in (b"/", b"/any/path?x"):
        client = dial("document")
        client.sendall(b"GET %b HTTP/1.0\r\n\r\n" % target)
        head, _, body = rest(client).partition(b"\r\n\r\n")
        assert b"\r\nContent-Type: text/html; charset=utf-8\r\n" in head
        assert b"\r\nContent-Length: %d" % len(body) in head
        assert "Grüße" in body.decode()


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /%41?b HTTP/1.0\r\nx-a:1\r\nX-A: \t2 \r\nHost:\r\nA: \x80\xff\r\n\r\n",
        b"GET / HTTP/1.0\r\n" + b"A: " + b"b" * 60_000 + b"\r\n\r\n",
    ],
)
def test_mirror(dial: Dial, head: bytes) -> None:
    client = dial("mirror")
    client.sendall(head)
    assert rest(client).partition(b"\r\n\r\n")[2] == head


def test_mirror_refuses_a_long_line_while_it_comes(dial: Dial) -> None:
    client = dial("mirror")
    client.sendall(b"GET /" + b"x" * 100_000)
    assert rest(client).startswith(b"HTTP/1.1 414 ")


def test_what_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        service("fax")
    with pytest.raises(ValueError, match="udp-echo has no connections"):
        service("udp-echo", unix=str(tmp_path / "s"))
    with pytest.raises(ValueError, match="mirror is not served with httptools"):
        service("mirror", server=HTTPTOOLS)


def test_each_service_listens_where_a_connection_has_a_path(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    for name in SERVICES.keys() - {"udp-echo"}:
        server, addresses = service(name, unix=path), SimpleQueue[str]()
        thread = threading.Thread(target=server.start, args=(addresses.put,))
        thread.start()
        assert addresses.get(timeout=PATIENCE) == f"unix:{path}"
        server.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()
