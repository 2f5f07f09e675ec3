"""`requests`, the mainstream client, on sockets that record every byte and wait with the grader's patience.

It takes whatever a server sends, so that is bounded here: as it comes, and as it is decompressed. And it goes where a
server sends it, so it may not: no redirect is followed, and every connection is one of ours.
"""

from __future__ import annotations

import contextlib
import io
import socket
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import DecodeError
from urllib3.response import BaseHTTPResponse, HTTPResponse

from grader.client import Connection
from grader.failure import Failure, Kind
from grader.wire.coding import DEFAULT_DECODED_LIMIT, MOST_CODINGS

_PIECE = 1024  # of compressed data: at most a thousand times as much comes out of it at once


class _Socket:
    """What http.client needs of a socket, over one of our connections."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._readers = 0
        self._closed = False

    def sendall(self, data: bytes) -> None:
        self._connection.send(bytes(data))

    def makefile(self, mode: str, buffering: int | None = None) -> io.BufferedReader:
        self._readers += 1
        return io.BufferedReader(_Reading(self._connection, self._reader_closed))

    def _reader_closed(self) -> None:
        self._readers -= 1
        if self._closed and not self._readers:
            self._connection.close()

    def settimeout(self, timeout_s: float | None) -> None:
        """Our budgets decide."""

    def setsockopt(self, *_: object) -> None:
        """Small writes are sent at once already."""

    def fileno(self) -> int:
        return self._connection.fileno()

    def settle(self) -> None:
        if not self._closed:
            self._connection.settle()

    def close(self) -> None:
        """As of a real socket: what has been made by `makefile` may still be read."""
        self._closed = True
        if not self._readers:
            self._connection.close()


class _Reading(io.RawIOBase):
    def __init__(self, connection: Connection, closed: Callable[[], None]) -> None:
        self._connection = connection
        self._when_closed = closed
        self._whole = connection.deadline(connection.budgets.message)  # one of these reads one answer

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._when_closed()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._connection.read_some(len(buffer), self._whole)
        buffer[: len(data)] = data
        return len(data)


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: where an answer sends the client is judged, and nobody goes there."""


@contextlib.contextmanager
def session(connect: Callable[[], Connection], port: int) -> Iterator[requests.Session]:
    """A session whose connections are ours, whatever the address in the URL; no proxy, no settings of this machine.

    A redirect is an answer like any other. What `requests` itself cannot make sense of is raised as `Failure`, and so
    is what has no end.
    """
    pool = _pool(connect, port)

    class Adapter(HTTPAdapter):
        def get_connection_with_tls_context(self, *_: object, **__: object) -> HTTPConnectionPool:
            return pool

    with _Session() as made:
        made.trust_env = False
        made.adapters.clear()
        made.mount("http://", Adapter())
        try:
            yield made
        except requests.RequestException as error:
            raise Failure(
                Kind.MALFORMED,
                f"an ordinary client, Python's requests, cannot read the answer: {error}",
                expected="an answer that requests understands",
                hint="Look at the bytes above: a client relies on the framing, not on the bytes that happen to come.",
            ) from error
        finally:
            pool.close()


def _pool(connect: Callable[[], Connection], port: int) -> HTTPConnectionPool:
    """Whose connections are ours, and whose bodies are bounded when they are decoded."""
    sockets: list[_Socket] = []

    class Recorded(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            sockets.append(_Socket(connect()))
            return cast(socket.socket, sockets[-1])

    class Pool(HTTPConnectionPool):
        ConnectionCls = Recorded

        def urlopen(self, *words: Any, **named: Any) -> BaseHTTPResponse:  # noqa: ANN401
            for opened in sockets:  # it looks whether the one that it would use again has been closed meanwhile
                opened.settle()
            answer = super().urlopen(*words, **named)
            coded = answer.stream
            answer.stream = lambda size, **_: _decoded(coded(size, decode_content=False), answer)  # type: ignore[method-assign]
            return answer

    return Pool("localhost", port)


def _decoded(pieces: Iterable[bytes], answer: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as `requests` decodes it, coding by coding, each at most 16 MiB: two that are harmless one by one can
    be a bomb together."""
    body = b"".join(pieces)
    codings = [coding.strip() for coding in answer.headers.get("Content-Encoding", "").split(",")]
    if len(codings) > MOST_CODINGS:
        raise DecodeError(f"the body has more than {MOST_CODINGS} codings")
    for coding in reversed(codings):
        coded = HTTPResponse(io.BytesIO(body), {"Content-Encoding": coding}, preload_content=False)
        body = _bounded(coded)
    yield body


def _bounded(coded: HTTPResponse) -> bytes:
    """All of it, decoded. Raises `Failure` when it grows beyond 16 MiB."""
    body = bytearray()
    while piece := coded.read(_PIECE, decode_content=True):
        body += piece
        if len(body) > DEFAULT_DECODED_LIMIT:
            raise Failure(
                Kind.MALFORMED,
                f"the body decompresses to more than {DEFAULT_DECODED_LIMIT} bytes",
                expected=f"at most {DEFAULT_DECODED_LIMIT} bytes after decompression",
                hint="Compress what was asked for and nothing else.",
            )
    return bytes(body)
