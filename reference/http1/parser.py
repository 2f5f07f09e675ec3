"""Requests out of a stream of bytes, however the stream is cut.

The parser never waits and never reads a socket. It is given bytes, and either it has a whole
request or it answers None and keeps its place. So it works the same for one byte at a time and for
a hundred requests at once, and it can be tested without a network.
"""

import re
from typing import Protocol

from .body import BodyReader, body_reader
from .buffer import Limits, ReceiveBuffer
from .head import FieldsReader, RequestLine, RequestLineReader
from .headers import Headers
from .messages import HTTPError, Request

# RFC 9110 7.2: a host (a name, an address, an address in brackets) and perhaps a port; it may be
# empty.
HOST = re.compile(r"([A-Za-z0-9\-._~!$&'()*+,;=%]*|\[[0-9A-Fa-f:.]+\])(:[0-9]*)?")


class Parser(Protocol):
    """What a connection needs of a parser. There are two: the one below, and `HttptoolsParser`."""

    @property
    def between_requests(self) -> bool:
        """Whether nothing of a next request has arrived."""

    def feed(self, data: bytes) -> None:
        """Take what has just arrived, in any portion."""

    def take_continue(self) -> bool:
        """Whether the client holds back its body until it is told to go on."""

    def next_request(self) -> Request | None:
        """The next request, or None while more bytes are needed. Raises HTTPError."""

    def take_rest(self) -> bytes:
        """What has arrived after the last request, for whoever goes on with the connection."""


class RequestParser:
    """An incremental parser: `feed` it what arrives, ask for the `next_request`.

    The parts of a request are read in order (request line, headers, body), each by a reader that
    lives as long as its part and answers None while more bytes are needed.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._buffer = ReceiveBuffer()
        self._begin()

    def _begin(self) -> None:
        """Be ready for the next request. A part that has been read is not None."""
        self._line_reader = RequestLineReader(self._limits)
        self._fields_reader = FieldsReader(self._limits)
        self._line: RequestLine | None = None
        self._headers: Headers | None = None
        self._body_reader: BodyReader | None = None
        self._waits_for_continue = False

    @property
    def between_requests(self) -> bool:
        """Whether nothing of a next request has arrived."""
        return self._line is None and not self._buffer

    def feed(self, data: bytes) -> None:
        """Take what has just arrived, in any portion."""
        self._buffer.append(data)
        if data:
            self._waits_for_continue = False  # its body comes without our asking

    def take_continue(self) -> bool:
        """Whether the client holds back its body until it is told to go on: true at most once a
        request.

        A client whose body has begun to arrive needs no such answer (RFC 9110 10.1.1).
        """
        waits, self._waits_for_continue = self._waits_for_continue, False
        return waits

    def next_request(self) -> Request | None:
        """The next request, or None while more bytes are needed.

        Raises HTTPError with the status to answer. Nothing after that can be read: where the next
        request would begin is unknown.
        """
        # 1. The request line.
        if self._line is None:
            self._line = self._line_reader.read(self._buffer)
        if self._line is None:
            return None
        # 2. The header lines. Only now it is known how the body will end.
        if self._headers is None:
            self._headers = self._fields_reader.read(self._buffer)
            if self._headers is not None:
                self._on_headers(self._line, self._headers)
        if self._headers is None or self._body_reader is None:
            return None
        # 3. The body, which may be of no bytes.
        body = self._body_reader.read(self._buffer)
        if body is None:
            return None
        # It is complete. What is left in the buffer belongs to the next request.
        line, headers, head = self._line, self._headers, self._line.raw + self._fields_reader.raw
        self._begin()
        return Request(line.method, line.target, headers, body, line.version, head)

    def take_rest(self) -> bytes:
        """What has arrived after the last request, for whoever goes on with the connection."""
        return self._buffer.take(len(self._buffer)) or b""

    def _on_headers(self, line: RequestLine, headers: Headers) -> None:
        """The head is complete: check what concerns all of it, and find out how the body ends."""
        check_host(line, headers)
        self._body_reader = body_reader(line, headers, self._limits)
        self._waits_for_continue = expects_continue(line, headers) and not self._buffer


def check_host(line: RequestLine, headers: Headers) -> None:
    """HTTP/1.1 needs a Host. In any version, two of them are refused, and so is one that is no host
    and port (RFC 9112 3.2)."""
    hosts = headers.get_all("Host")
    if not hosts and line.version != "HTTP/1.0":
        raise HTTPError(400, "an HTTP/1.1 request without Host (RFC 9112 3.2)")
    if len(hosts) > 1 or not all(HOST.fullmatch(host) for host in hosts):
        raise HTTPError(400, "Host is not one host and port (RFC 9112 3.2)")


def expects_continue(line: RequestLine, headers: Headers) -> bool:
    """Whether the client asks to be told to go on. There is no other expectation, and HTTP/1.0 has
    none at all (RFC 9110 10.1.1)."""
    expectations = set(headers.members("Expect"))
    if line.version == "HTTP/1.0" or not expectations:
        return False
    if expectations != {"100-continue"}:
        raise HTTPError(417, "the only expectation this server knows is 100-continue")
    return True
