"""A body that was sent in chunks: its first chunks alone, or the frame with what it holds."""

from __future__ import annotations

from contextlib import suppress
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from grader.http1.recognise.wrong import Recognised, Wrong, headers_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def brings(request: bytes, content: bytes) -> bool:
    """Whether the body of the request is this content in chunks."""
    coded = any(name.lower() == b"transfer-encoding" for name, _ in headers_of(request))
    return coded and _joined(_body(request)) == content


def frame_kept(wrong: Wrong) -> Recognised | None:
    """The right text, still in chunks. A server that has taken as many bytes as Content-Length says
    may know how to read chunks: the hint on that is the check's."""
    if not wrong.wanted or _joined(wrong.found) != wrong.wanted:
        return None
    said = f"The sizes of the chunks are still in the {wrong.subject}"
    lengths = (value for name, value in headers_of(wrong.framed) if name.lower() == _LENGTH)
    if str(len(wrong.found)).encode() in lengths:
        announced = f"it holds the {len(wrong.found):,} bytes that Content-Length announces"
        return Recognised("chunks_by_length", f"{said}: {announced}.")
    return Recognised("chunks", f"{said}.", _TAKE_AWAY)


def first_chunks(wrong: Wrong) -> Recognised | None:
    """The first bytes alone, and they end where a chunk ends."""
    if not wrong.framed or not wrong.found or not wrong.wanted.startswith(wrong.found):
        return None
    ends = list(accumulate(map(len, _chunks(_body(wrong.framed)))))
    if len(wrong.found) not in ends[:-1]:
        return None
    number = ends.index(len(wrong.found)) + 1
    which = "the first" if number == 1 else f"the first {number:,}"
    said = f"The {wrong.subject} holds only {which} of {len(ends):,} chunks."
    return Recognised("first_chunks", said, _READ_ALL)


_LENGTH = b"content-length"
_MOST_CHUNKS = 100_000
_TAKE_AWAY = "Take the size lines and their line ends away; only what is between them is the body."
_READ_ALL = "Read chunks until the one of size 0, however many there are."


def _body(request: bytes) -> bytes:
    return request.partition(b"\r\n\r\n")[2]


def _joined(data: bytes) -> bytes | None:
    """What is in the chunks; None where these are none, or too many."""
    with suppress(ValueError):
        chunks = list(islice(_chunks(data), _MOST_CHUNKS + 1))
        return b"".join(chunks) if len(chunks) <= _MOST_CHUNKS else None
    return None


def _chunks(data: bytes) -> Iterator[bytes]:
    """Raises ValueError where these are no chunks (RFC 9112 7.1)."""
    at = 0
    while (line_end := data.find(b"\r\n", at)) >= 0:
        size, begin = int(data[at:line_end].partition(b";")[0], 16), line_end + 2
        if not size:
            return
        if size < 0 or data[begin + size : begin + size + 2] != b"\r\n":
            raise ValueError("no CR LF after a chunk")
        yield data[begin : begin + size]
        at = begin + size + 2
    raise ValueError("no last chunk")
