r"""The body of a request: where it ends, and the readers that wait for the end.

The head says which of three ways it is (RFC 9112 6.3): `Transfer-Encoding: chunked` means that the
body says so itself, `Content-Length` means that many bytes, and neither means no body. Chunked is
for a sender that does not know the length when it begins (RFC 9112 7.1):

    5\r\n            the size of a chunk, in hexadecimal
    hello\r\n
    0\r\n            a chunk of no bytes is the last
    \r\n             here could be trailers: fields, like those of a head

This is the most dangerous part of HTTP. A server that is wrong about the end of a body reads what
is left of it as the next request, and an attacker chooses that request (RFC 9112 11.2). So
everything that could be read in two ways is refused.
"""

import re
from enum import Enum, auto
from typing import Protocol

from .buffer import Limits, ReceiveBuffer
from .head import FieldsReader, RequestLine
from .headers import TOKEN, Headers
from .messages import HTTPError

DIGITS = re.compile(r"[0-9]+")
QUOTED = r'"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t \x21-\x7e\x80-\xff])*"'  # RFC 9110 5.6.4
# RFC 9112 7.1.1: a size in hexadecimal, then extensions `;name=value`. We know no extension and
# ignore them all. But what is not in this form is refused: a proxy between the client and us may
# have read it as something else.
EXTENSION = rf"[ \t]*;[ \t]*{TOKEN.pattern}(?:[ \t]*=[ \t]*(?:{TOKEN.pattern}|{QUOTED}))?"
CHUNK_LINE = re.compile(rf"([0-9A-Fa-f]+)(?:{EXTENSION})*")


class BodyReader(Protocol):
    """Takes one body from the buffer."""

    def read(self, buffer: ReceiveBuffer) -> bytes | None:
        """The whole body, or None while more bytes are needed. Raises HTTPError 400, 413 or 431."""


class CountedBody:
    """A body of a known number of bytes (RFC 9112 6.2); zero when the head announces none."""

    def __init__(self, length: int) -> None:
        self._length = length

    def read(self, buffer: ReceiveBuffer) -> bytes | None:
        """The whole body, or None while more bytes are needed."""
        return buffer.take(self._length)


class Expected(Enum):
    """What a chunked body goes on with."""

    SIZE = auto()  # a line with the size of the next chunk
    CHUNK = auto()  # so many bytes, and a CRLF
    TRAILERS = auto()  # field lines up to an empty one
    NOTHING = auto()  # it is complete


class ChunkedBody:
    """A body in chunks, each preceded by its size, ended by an empty one and trailers (RFC 9112
    7.1).

    There is one method for each thing that can be expected. It returns what is expected after it,
    or None while more bytes are needed; then the same method is asked again.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._body = bytearray()
        self._size = 0
        self._trailers = FieldsReader(limits)
        self._expected = Expected.SIZE

    def read(self, buffer: ReceiveBuffer) -> bytes | None:
        """The chunks joined, or None while more bytes are needed. Raises HTTPError 400, 413 or
        431."""
        readers = {
            Expected.SIZE: self._read_size,
            Expected.CHUNK: self._read_chunk,
            Expected.TRAILERS: self._read_trailers,
        }
        while self._expected is not Expected.NOTHING:
            following = readers[self._expected](buffer)
            if following is None:
                return None
            self._expected = following
        return bytes(self._body)

    def _read_size(self, buffer: ReceiveBuffer) -> Expected | None:
        # The size is checked as soon as it is announced: the chunk itself may never come.
        line = buffer.take_line(self._limits.chunk_line, too_long=400)
        if line is None:
            return None
        match = CHUNK_LINE.fullmatch(line.decode("latin-1"))
        if match is None:
            raise HTTPError(
                400, "a chunk begins with its size in hexadecimal, and nothing else (RFC 9112 7.1)"
            )
        self._size = int(match[1], 16)
        _refuse_above(self._limits.body, len(self._body) + self._size)
        return Expected.CHUNK if self._size else Expected.TRAILERS

    def _read_chunk(self, buffer: ReceiveBuffer) -> Expected | None:
        chunk = buffer.take(self._size + len(b"\r\n"))
        if chunk is None:
            return None
        if not chunk.endswith(b"\r\n"):
            raise HTTPError(400, "a chunk is longer than its size (RFC 9112 7.1)")
        self._body += chunk[:-2]
        return Expected.SIZE

    def _read_trailers(self, buffer: ReceiveBuffer) -> Expected | None:
        # Checked like headers and then dropped: a trailer must not be merged into the headers of a
        # request that has been routed by them (RFC 9110 6.5.1).
        return None if self._trailers.read(buffer) is None else Expected.NOTHING


def body_reader(start: RequestLine, headers: Headers, limits: Limits) -> BodyReader:
    """The reader for the body these headers announce (RFC 9112 6.3).

    Raises HTTPError: 400 when two headers, or two values, could be read as two different ends,
    which is how a request is smuggled past a proxy; 413 when the body is too large; 501 for a
    coding we cannot undo.
    """
    if "Transfer-Encoding" in headers:
        _check_codings(start, headers)
        return ChunkedBody(limits)
    lengths = {
        length.strip(" \t")
        for line in headers.get_all("Content-Length")
        for length in line.split(",")
    }
    if not lengths:
        return CountedBody(0)
    if len(lengths) > 1:
        raise HTTPError(400, "two values of Content-Length contradict each other (RFC 9112 6.3)")
    return CountedBody(_length(lengths.pop(), limits))


def _check_codings(start: RequestLine, headers: Headers) -> None:
    """Only `Transfer-Encoding: chunked`, once and alone, means the same to every reader (RFC 9112
    6.1)."""
    codings = headers.members("Transfer-Encoding")
    if codings[-1:] != ("chunked",):
        raise HTTPError(400, "only a body that is chunked last has an end (RFC 9112 6.3)")
    if codings.count("chunked") > 1:
        raise HTTPError(400, "a body is chunked exactly once (RFC 9112 6.1)")
    if len(codings) > 1:
        raise HTTPError(501, "the only transfer coding this server knows is chunked (RFC 9112 6.1)")
    if "Content-Length" in headers:
        raise HTTPError(400, "Content-Length and Transfer-Encoding in one request (RFC 9112 6.1)")
    if start.version == "HTTP/1.0":
        raise HTTPError(400, "HTTP/1.0 has no Transfer-Encoding (RFC 9112 6.1)")


def _length(digits: str, limits: Limits) -> int:
    """The number in Content-Length. It is digits only: int() would also take `+5` and `5_0`."""
    if not DIGITS.fullmatch(digits):
        raise HTTPError(400, f"not a Content-Length: {digits[:80]!r} (RFC 9110 8.6)")
    if len(digits.lstrip("0")) > len(str(limits.body)):  # int() itself refuses thousands of digits
        _refuse_above(limits.body)
    length = int(digits.lstrip("0") or "0")
    _refuse_above(limits.body, length)
    return length


def _refuse_above(limit: int, length: int | None = None) -> None:
    """Refuse a body before it is sent, if its length is over the limit or too long a number to be
    read (RFC 9110 15.5.14)."""
    if length is None or length > limit:
        raise HTTPError(413, f"this server takes bodies of up to {limit} bytes")
