"""What the tests of the reference share: a client that reads with h11, and servers in threads."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

import h11
import pytest

from reference import HTTPServer
from reference.transports import HTTPTOOLS, TRANSPORTS, Timeouts

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 20.0  # seconds until a test that waits for something gives up; nothing is judged by it


@dataclass(frozen=True)
class Answer:
    """A response as h11 reads it."""

    status: int
    headers: dict[str, str]
    body: bytes
    interim: tuple[int, ...]


class Client:
    """A connection to a server under test: sends anything, reads with h11."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=PATIENCE)
        self._unread = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def get(self, path: str, *headers: str) -> Answer:
        lines = [f"GET {path} HTTP/1.1", "Host: test", *headers, "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))
        return self.answer()

    def answer(self, method: str = "GET") -> Answer:
        """The next answer, to a request with this method."""
        reader = h11.Connection(h11.CLIENT)
        reader.send(h11.Request(method=method, target="/", headers=[("Host", "test")]))
        reader.send(h11.EndOfMessage())
        if self._unread:  # no bytes would be the end of the connection
            reader.receive_data(self._unread)
        response, body, interim = None, b"", []
        while not isinstance(event := self._next_event(reader), h11.EndOfMessage):
            if isinstance(event, h11.InformationalResponse):
                interim.append(event.status_code)
            elif isinstance(event, h11.Response):
                response = event
            elif isinstance(event, h11.Data):
                body += event.data
        self._unread = reader.trailing_data[0]
        assert response is not None
        headers = {
            name.decode().lower(): value.decode("latin-1") for name, value in response.headers
        }
        return Answer(response.status_code, headers, body, tuple(interim))

    def interim(self) -> bytes:
        """What comes before the blank line: for reading a 100 without its final answer."""
        while b"\r\n\r\n" not in self._unread:
            self._unread += self._receive()
        head, _, self._unread = self._unread.partition(b"\r\n\r\n")
        return head

    def take(self, count: int) -> bytes:
        """The next so many bytes."""
        while len(self._unread) < count:
            self._unread += self._receive()
        taken, self._unread = self._unread[:count], self._unread[count:]
        return taken

    def rest(self) -> bytes:
        """Everything until the server closes."""
        while data := self.socket.recv(65536):
            self._unread += data
        return self._unread

    def reset(self) -> None:
        """Leave with a RST instead of a FIN."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def _receive(self) -> bytes:
        data = self.socket.recv(65536)
        assert data, "the server closed in the middle of an answer"
        return data

    def _next_event(self, reader: h11.Connection) -> object:
        while (event := reader.next_event()) is h11.NEED_DATA:
            reader.receive_data(self._receive())
        return event


@dataclass(frozen=True)
class Running:
    """A server in a thread."""

    kind: str
    server: HTTPServer
    thread: threading.Thread
    directory: Path
    address: tuple[str, int]


Connect = Callable[[Running], Client]
Start = Callable[..., Running]


def skip_without_its_package(kind: str) -> None:
    if kind == HTTPTOOLS:
        pytest.importorskip(HTTPTOOLS)


@contextmanager
def running(
    kind: str, directory: Path, timeouts: Timeouts | None = None, static: Path | None = None
) -> Iterator[Running]:
    """Start a server on a free port, and stop it."""
    skip_without_its_package(kind)
    site = None if static is None else str(static)
    server = HTTPServer("127.0.0.1", 0, str(directory), static=site, server=kind, timeouts=timeouts)
    addresses: SimpleQueue[str] = SimpleQueue()
    thread = threading.Thread(target=server.start, args=(addresses.put,))
    thread.start()
    port = int(addresses.get(timeout=PATIENCE).rpartition(":")[2])
    try:
        yield Running(kind, server, thread, directory, ("127.0.0.1", port))
    finally:
        server.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the server did not stop"


@pytest.fixture(params=list(TRANSPORTS))
def kind(request: pytest.FixtureRequest) -> str:
    """The name of each server in turn."""
    skip_without_its_package(request.param)
    return str(request.param)


@pytest.fixture(scope="module", params=list(TRANSPORTS))
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Each server in turn, one for all the tests of a module."""
    with running(request.param, tmp_path_factory.mktemp("files")) as site:
        yield site


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a server of one's own: `start(kind, directory, timeouts, static)`."""
    with ExitStack() as stack:
        yield lambda *args: stack.enter_context(running(*args))


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Open connections that are closed after the test."""
    with ExitStack() as stack:

        def connect(site: Running) -> Client:
            client = Client(site.address)
            stack.callback(client.socket.close)
            return client

        yield connect
