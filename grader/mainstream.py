"""`requests`, the mainstream client, on sockets that record every byte and wait with the grader's patience."""

from __future__ import annotations

import contextlib
import io
import socket
from collections.abc import Callable, Iterator
from typing import Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.response import BaseHTTPResponse

from grader.client import Connection
from grader.failure import Failure, Kind


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

    def close(self) -> None:
        if not self.closed:
            super().close()
            self._when_closed()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._connection.read_some(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextlib.contextmanager
def session(connect: Callable[[], Connection], port: int) -> Iterator[requests.Session]:
    """A session whose connections are ours, whatever the address in the URL; no proxy, no settings of this machine.

    What `requests` itself cannot make sense of is raised as `Failure`.
    """

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
            return super().urlopen(*words, **named)

    class Adapter(HTTPAdapter):
        def get_connection_with_tls_context(self, *_: object, **__: object) -> HTTPConnectionPool:
            return pool

    pool = Pool("localhost", port)
    with requests.Session() as made:
        made.trust_env = False
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
