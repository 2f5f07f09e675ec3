"""`requests`, the mainstream client, on sockets that record every byte and wait with the grader's
patience.

It takes whatever a server sends, so that is bounded here: as it comes, and as it is decompressed.
And it goes where a server sends it, so it may not: no redirect is followed, and every connection is
one of ours.
"""

from __future__ import annotations

import contextlib
import io
from string import hexdigits
from typing import TYPE_CHECKING, Any, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import DecodeError
from urllib3.response import BaseHTTPResponse, HTTPResponse
from urllib3.util.request import SKIP_HEADER, SKIPPABLE_HEADERS

from grader.check.failure import Failure, Kind
from grader.http1.wire import Framing, Malformed, Response, members
from grader.http1.wire.coding import DEFAULT_DECODED_LIMIT, MOST_CODINGS
from grader.text.sentence import sentence

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from grader.http1.connection import Connection

_PIECE = 1024  # of compressed data: at most a thousand times as much comes out of it at once


class _Socket:
    """What http.client needs of a socket, over one of our connections."""

    def __init__(self, connection: Connection, leave: Callable[[Connection], None]) -> None:
        self.connection = connection
        self._leave = leave
        self._readers = 0
        self._closed = self._left = False
        self._began = False  # to send the request that is to be answered next
        self.kept = False  # whether the next request may use it, as we read the answer

    def sendall(self, data: bytes) -> None:
        """Head and body come in two writes, and a server that reads once gets both, or not, as it
        happens: here never, for the second one waits until the first is read."""
        if self._began:
            self.connection.settle(read=True)
        self._began = True
        self.connection.send(bytes(data))

    def makefile(self, _mode: str, _buffering: int | None = None) -> io.BufferedReader:
        self._began = False
        self._readers += 1
        return io.BufferedReader(_Reading(self.connection, self._reader_closed))

    def _reader_closed(self) -> None:
        self._readers -= 1

    def settimeout(self, timeout_s: float | None) -> None:
        """Our budgets decide."""

    def setsockopt(self, *_: object) -> None:
        """Small writes are sent at once already."""

    def fileno(self) -> int:
        return self.connection.fileno()

    def settle(self) -> None:
        if self.kept or not self._closed:
            self.connection.settle()

    def close(self) -> None:
        """As of a real socket: what has been made by `makefile` may still be read; and by us, until
        `leave`."""
        self._closed = True

    def leave(self) -> None:
        """End the connection, if it is to be ended; once."""
        if self._closed and not self._readers and not self.kept and not self._left:
            self._left = True
            self._leave(self.connection)

    def goes_on(self) -> bool:
        """Whether requests go on here, although `requests` closed it: it did not get the answer."""
        again = self.kept and not self.connection.something_comes_within(0.0)
        self._closed, self.kept = self._closed and not again, False
        return again


class _Reading(io.RawIOBase):
    def __init__(self, connection: Connection, closed: Callable[[], None]) -> None:
        self._connection = connection
        self._when_closed = closed
        # one of these reads one answer
        self._whole = connection.deadline(connection.budgets.message)

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


class _Client(requests.Session):
    """Where our own reader has read an answer, that is the answer: http.client does not know 103,
    nor 101 headers."""

    def __init__(
        self, sockets: Sequence[_Socket], word: Callable[..., str], without: Collection[str]
    ) -> None:
        super().__init__()
        self._sockets = sockets
        self._word = word
        for name in without:
            self.headers.pop(name)
            if name.lower() in SKIPPABLE_HEADERS:  # else urllib3 has one of its own
                self.headers[name] = SKIP_HEADER

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """The same seed sends the same bytes: a boundary of `requests` is as long, but of the
        system's random bytes."""
        prepared = super().prepare_request(request)
        kind, found, boundary = str(prepared.headers.get("Content-Type", "")).partition("boundary=")
        if found and isinstance(prepared.body, bytes):
            ours = self._word(len(boundary), letters=hexdigits[:16])
            prepared.headers["Content-Type"] = f"{kind}{found}{ours}"
            prepared.body = prepared.body.replace(boundary.encode(), ours.encode())
        return prepared

    def send(self, request: requests.PreparedRequest, **named: Any) -> requests.Response:  # noqa: ANN401
        try:
            found = super().send(request, **named)
        except (requests.RequestException, Failure) as error:
            own = self._read_by_us(request, gave_up=not isinstance(error, Failure))
            if own is None:
                raise
        else:
            own = self._read_by_us(request, gave_up=found.status_code < 200)
        _let_go(self._sockets)
        return found if own is None else own

    def _read_by_us(
        self, request: requests.PreparedRequest, *, gave_up: bool
    ) -> requests.Response | None:
        """The answer that came last; None when it is not well-formed, or not whole.

        gave_up: `requests` has not waited for the whole of it.
        """
        if not self._sockets:
            return None
        last = self._sockets[-1]  # another one is opened only when none is left
        own = last.connection.read_again(request.method or "GET", go_on=gave_up)
        if own is None:
            return None
        last.kept = own.framing is not Framing.CLOSE and not own.wants_close
        return _translated(own, request)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None: where an answer sends the client is judged, and nobody goes there."""


@contextlib.contextmanager
def session(
    connect: Callable[[], Connection],
    leave: Callable[[Connection], None],
    port: int,
    word: Callable[..., str],
    without: Collection[str] = (),
) -> Iterator[requests.Session]:
    """A session whose connections are ours, whatever the address in the URL; no proxy, no settings
    of this machine.

    leave: what ends a connection. word: makes one of a length, of the letters `letters`; the
    boundaries of uploads are such. without: headers that it does not send. What it makes of an
    answer counts only where our own reader makes nothing of the same bytes. What neither can make
    sense of is raised as `Failure`, and so is what has no end. A redirect is an answer like any
    other.
    """
    sockets: list[_Socket] = []
    pool = _pool(sockets, lambda: _Socket(connect(), leave), port)

    class Adapter(HTTPAdapter):
        def get_connection_with_tls_context(self, *_: object, **__: object) -> HTTPConnectionPool:
            return pool

    with _Client(sockets, word, without) as made:
        made.trust_env = False
        made.adapters.clear()
        made.mount("http://", Adapter())
        try:
            yield made
        except requests.RequestException as error:
            raise Failure(
                Kind.MALFORMED,
                sentence(f"the client (Python requests) cannot read the answer: {error}"),
                expected="an answer that requests understands",
                hint="Look at the bytes above: Content-Length or the chunks must fit the body.",
            ) from error
        # After a failure all stays open, until the check's session ends: the program is looked at
        # as it was when its answer did not come.
        pool.close()
        _let_go(sockets, all_of_them=True)


def _pool(sockets: list[_Socket], connect: Callable[[], _Socket], port: int) -> HTTPConnectionPool:
    """Whose connections are ours, and whose bodies are bounded when they are decoded."""

    class Recorded(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            if not (sockets and sockets[-1].goes_on()):
                _let_go(sockets)
                sockets.append(connect())
            return cast("socket.socket", sockets[-1])

    class Pool(HTTPConnectionPool):
        ConnectionCls = Recorded

        def urlopen(self, *words: Any, **named: Any) -> BaseHTTPResponse:  # noqa: ANN401
            # it looks whether the one that it would use again has been closed meanwhile
            for opened in sockets:
                opened.settle()
            answer = super().urlopen(*words, **named)
            coded = answer.stream
            answer.stream = lambda size, **_: _decoded(coded(size, decode_content=False), answer)  # type: ignore[method-assign]
            return answer

    return Pool("localhost", port)


def _decoded(pieces: Iterable[bytes], answer: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as `requests` decodes it, coding by coding, each at most 16 MiB: two that are
    harmless one by one can be a bomb together."""
    body = b"".join(pieces)
    codings = members(answer.headers.get("Content-Encoding", ""))
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
                f"The body decompresses to more than {DEFAULT_DECODED_LIMIT} bytes.",
                expected=f"at most {DEFAULT_DECODED_LIMIT} bytes after decompression",
                hint="Compress what was asked for and nothing else.",
            )
    return bytes(body)


def _let_go(sockets: Iterable[_Socket], *, all_of_them: bool = False) -> None:
    for opened in sockets:
        opened.kept = opened.kept and not all_of_them
        opened.leave()


def _translated(own: Response, request: requests.PreparedRequest) -> requests.Response | None:
    """An answer of ours as one of theirs; None when its body cannot be decoded."""
    answer = requests.Response()
    try:
        answer._content = own.decoded_body()
    except Malformed:
        return None
    answer.status_code, answer.reason, answer.request = own.status, own.reason, request
    answer.headers.update((header.name, header.value) for header in own.headers)
    return answer
