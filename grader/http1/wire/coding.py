"""Owns the decoding of Content-Encoding (RFC 9110 8.4.1), bounded to spare the memory."""

import re
import zlib

from grader.http1.wire.malformed import Malformed, Rule
from grader.http1.wire.rules import body, end
from grader.text.escape import printable
from grader.value import Value

DEFAULT_DECODED_LIMIT = 16 * 1024 * 1024
MOST_CODINGS = 5  # as in curl and urllib3
MOST_STREAMS = 1 << 16
# zlib hands back what follows a stream as a copy: of so many bytes, not of all the rest
_PIECE = 1024
_GZIP_MAGIC = b"\x1f\x8b"
_RAW, _ZLIB, _GZIP = -zlib.MAX_WBITS, zlib.MAX_WBITS, 16 + zlib.MAX_WBITS
_KNOWN = frozenset({"gzip", "deflate", "identity"})
_SAME = {"x-gzip": "gzip", "x-compress": "compress"}  # RFC 9110 8.4.1.1 and 8.4.1.3
_NO_GZIP = "Content-Encoding is gzip, but the body is not"
# What learners send in place of gzip, by its first bytes.
_NOT_GZIP = (
    (
        re.compile(rb"\x78[\x01\x5e\x9c\xda]"),
        "The body is a zlib stream, not gzip",
        ". Use gzip.compress, not zlib.compress",
    ),
    (
        re.compile(rb"(?i)1f ?8b"),
        "The body is gzip written as hexadecimal text",
        ". Send the bytes themselves",
    ),
    (
        re.compile(rb"H4sI"),
        "The body is gzip written as base64",
        ". Send the bytes themselves",
    ),
    (
        re.compile(rb"[bB]['\"]"),
        "The body is not gzip, but bytes as Python prints them",
        ". Send the bytes themselves",
    ),
    (
        re.compile(rb"\x1f(?:\xc2\x8b|\xef\xbf\xbd|\?)"),
        "The body is gzip that was converted to text",
        ". Keep it as bytes",
    ),
    (re.compile(rb"[\t\r\n -~]+\Z"), _NO_GZIP, ", text that was never compressed"),
    (re.compile(rb""), _NO_GZIP, ""),
)
_SHOWN = 32
_REASONS = (
    ("incorrect data check", "its checksum does not match the data"),
    ("incorrect length check", "the length at its end does not match the data"),
    ("incorrect header check", "its header is wrong"),
    ("unknown compression method", "its header has a method other than deflate"),
    ("header crc mismatch", "the checksum of its header is wrong"),
)


class _Body(Value, frozen=True):
    """The message that holds the body, for error messages, and what they have in common."""

    message: bytes
    offset: int
    start: int
    coding: str
    limit: int

    def malformed(self, rule: Rule, **facts: bytes | str | int) -> Malformed:
        return Malformed(
            rule,
            message=self.message,
            offset=self.offset,
            start=self.start,
            coding=self.coding,
            **facts,
        )


def one_name(coding: str) -> str:
    """Return the name that a lower-case coding is known by: of two for the same one, the newer."""
    return _SAME.get(coding, coding)


def decoded(
    data: bytes,
    codings: tuple[str, ...],
    *,
    message: bytes,
    offset: int,
    start: int,
    max_bytes: int,
) -> bytes:
    """Return `data` without its codings, known by one name each and in the order in which they were
    applied.

    Malformed, pointing at `offset` in `message`, when the data is broken or grows beyond
    `max_bytes`.
    """
    if len(codings) > MOST_CODINGS:
        raise _Body(message, offset, start, "", max_bytes).malformed(
            body.TOO_MANY_CODINGS, limit=MOST_CODINGS
        )
    for coding in reversed(codings):
        whole = _Body(message, offset, start, coding, max_bytes)
        if coding not in _KNOWN:
            raise whole.malformed(body.UNKNOWN_CONTENT_CODING, value=coding.encode("latin-1"))
        if coding == "gzip":
            data = _gunzip(whole, data)
        elif coding == "deflate":
            data = _inflate(whole, data)
    return data


def _gunzip(whole: _Body, data: bytes) -> bytes:
    """Return the content of all members of a gzip stream (RFC 1952 2.2)."""
    if not data.startswith(_GZIP_MAGIC):
        what, remark = next(words for pattern, *words in _NOT_GZIP if pattern.match(data))
        raise whole.malformed(body.NOT_GZIP, what=what, opening=data[:_SHOWN], remark=remark)
    content, at, members = bytearray(), 0, 0
    while data.startswith(_GZIP_MAGIC, at):
        if (members := members + 1) > MOST_STREAMS:
            raise whole.malformed(end.TOO_MANY_STREAMS, limit=MOST_STREAMS)
        at = _stream(whole, data, at, _GZIP, content)
    return _without_rest(whole, content, data[at:])


def _inflate(whole: _Body, data: bytes) -> bytes:
    """Return the content of a zlib stream, or leniently of a bare deflate stream, which some
    servers have always sent.
    """
    content = bytearray()
    is_zlib = len(data) >= 2 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    if is_zlib:
        return _without_rest(whole, content, data[_stream(whole, data, 0, _ZLIB, content) :])
    try:
        return _without_rest(whole, content, data[_stream(whole, data, 0, _RAW, content) :])
    except Malformed as failure:
        if failure.rule == end.DECODED_TOO_LONG.name:
            raise
        raise whole.malformed(body.NOT_DEFLATE, opening=data[:_SHOWN]) from None


def _stream(whole: _Body, data: bytes, at: int, wrapper: int, content: bytearray) -> int:
    """Decompress the stream that begins at offset `at`, append it to `content`, and return where it
    ends.

    Takes time in proportion to the stream, and not to what follows it.
    """
    inflater, view, began = zlib.decompressobj(wrapper), memoryview(data), at
    while not inflater.eof:
        if not (piece := view[at : at + _PIECE]):
            raise whole.malformed(body.CODING_CUT, size=at - began)
        try:
            content += inflater.decompress(piece, whole.limit - len(content) + 1)
        except zlib.error as error:
            raise whole.malformed(body.CODING_CORRUPT, reason=_reason(str(error))) from None
        if len(content) > whole.limit:
            raise whole.malformed(end.DECODED_TOO_LONG, limit=whole.limit)
        at += len(piece) - len(inflater.unused_data)
    return at


def _reason(text: str) -> str:
    """Return what zlib's message means, or the end of the message itself."""
    return next(
        (words for known, words in _REASONS if known in text), printable(text.rpartition(": ")[2])
    )


def _without_rest(whole: _Body, content: bytearray, rest: bytes) -> bytes:
    if rest:
        raise whole.malformed(body.CODING_GARBAGE, rest=rest)
    return bytes(content)
