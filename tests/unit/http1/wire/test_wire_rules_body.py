"""Broken framing, chunks and codings: the place, the section and the sentence, for every rule."""

import gzip
import zlib
from types import ModuleType

import pytest

from grader.http1.wire import Malformed, ReadLimits, ResponseReader
from grader.http1.wire.coding import MOST_STREAMS
from grader.http1.wire.inbox import DEFAULT_LIMITS
from grader.http1.wire.malformed import Rule
from grader.http1.wire.rules import body

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = gzip.compress(b"hello " * 20, mtime=0)
NOT_GZIP = "Content-Encoding is gzip, but the body is not: it begins with "

# fmt: off
MALFORMED: list[tuple[bytes, str, int, str, str]] = [
    (OK + b"Content-Length: banana\r\n\r\n", "length-not-number", 33, "RFC 9110 8.6",
     ("Content-Length is 'banana', not a number in decimal digits.")),
    (OK + b"Content-Length: -5\r\n\r\n", "length-not-number", 33, "RFC 9110 8.6",
     "Content-Length is '-5', not a number in decimal digits."),
    (OK + b"Content-Length:\r\n\r\n", "length-not-number", 32, "RFC 9110 8.6",
     "Content-Length is '', not a number in decimal digits."),
    (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "lengths-conflict", 52, "RFC 9112 6.3",
     "Content-Length has two values: '5' and '6'."),
    (OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", "length-and-chunked", 17,
     "RFC 9112 6.2",
     ("The answer has both Transfer-Encoding and Content-Length.")),
    (OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n", "transfer-coding", 36, "RFC 9112 7",
     ("Transfer-Encoding is 'gzip, chunked', but the client accepts only chunked.")),
    (b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "transfer-coding-1.0", 36,
     "RFC 9112 6.1",
     "The answer has Transfer-Encoding, but its version is HTTP/1.0, which has no chunks."),
    (CHUNKED + b"0x5\r\nhello\r\n", "chunk-size", 48, "RFC 9112 7.1",
     (r"A chunk begins with '0x5\r\nhello\r\n', not with its size in hexadecimal digits.")),
    (CHUNKED + b"hello", "chunk-size", 47, "RFC 9112 7.1",
     ("A chunk begins with 'hello', not with its size in hexadecimal digits.")),
    (CHUNKED + b"5\r\nhello!\r\n", "chunk-too-long", 55, "RFC 9112 7.1",
     r"After a chunk of 5 bytes, '!\r' came instead of \r\n."),
    (CHUNKED + b"5\r\nhello\n", "chunk-too-long", 55, "RFC 9112 7.1",
     r"After a chunk of 5 bytes, '\n' came instead of \r\n."),
    (CHUNKED + b"5\nhello", "bare-lf", 48, "RFC 9112 2.2",
     r"The chunk size line ends in \n alone; HTTP ends every line with \r\n."),
    (CHUNKED + b"12\r\nabcdefghijkl\r\n0\r\n\r\n", "chunk-size-decimal", 63, "RFC 9112 7.1",
     ("The chunk size '12' looks decimal: in hexadecimal, it means 18 bytes.")),
    (CHUNKED + b"\r\n", "chunk-size", 47, "RFC 9112 7.1",
     (r"A chunk begins with '\r\n', not with its size in hexadecimal digits.")),
    (CHUNKED + b"5 x\r\nhello\r\n", "chunk-line", 48, "RFC 9112 7.1.1",
     (r"A chunk begins with '5 x\r\nhello\r\n': only ; may follow the size, without spaces.")),
    (CHUNKED + b"5 \r\nhello\r\n", "chunk-line", 48, "RFC 9112 7.1.1",
     (r"A chunk begins with '5 \r\nhello\r\n': only ; may follow the size, without spaces.")),
    (CHUNKED + b"5\t;a\r\nhello\r\n", "chunk-line", 48, "RFC 9112 7.1.1",
     (r"A chunk begins with '5\t;a\r\nhello\r\n': only ; may follow the size, without spaces.")),
    (CHUNKED + b"5;\r\nhello\r\n", "chunk-line", 48, "RFC 9112 7.1.1",
     "A chunk begins with '5;': only ; may follow the size, without spaces."),
    (CHUNKED + b"5; a=b\r\nhello\r\n", "chunk-line", 48, "RFC 9112 7.1.1",
     "A chunk begins with '5; a=b': only ; may follow the size, without spaces."),
    (CHUNKED + b"5\r\nhello\r\n0\r\nX-A: 1\r\nContent-length: 5\r\n\r\n", "trailer-frames", 68,
     "RFC 9110 6.5.1",
     ("Content-length comes after the last chunk, but it belongs in the head.")),
    (CHUNKED + b"FFFFFFFFFF\r\n", "body-too-long", 47, "the grader's own limit",
     "The body is longer than 67108864 bytes; no request here asks for so many."),
    (CHUNKED + b"0\r\nA b\r\n", "no-colon", 50, "RFC 9112 5",
     ("The header line 'A b' has no colon. If it is the body, the empty line before it is"
      " missing.")),
    (CHUNKED + b"5\r\nhello\rX", "chunk-too-long", 56, "RFC 9112 7.1",
     r"After a chunk of 5 bytes, '\rX' came instead of \r\n."),
    (CHUNKED + b"11111111111111111", "body-too-long", 47, "the grader's own limit",
     "The body is longer than 67108864 bytes; no request here asks for so many."),
]

CODED: list[tuple[bytes, bytes, str, str]] = [
    (b"gzip", zlib.compress(b"abc"), "not-gzip",
     (r"The body is a zlib stream, not gzip: it begins with 'x\x9cKLJ\x06\x00\x02M\x01''. Use "
      "gzip.compress, not zlib.compress.")),
    (b"gzip", b"1f8b08", "not-gzip",
     ("The body is gzip written as hexadecimal text: it begins with '1f8b08'. Send the bytes "
      "themselves.")),
    (b"gzip", b"H4sIAA", "not-gzip",
     "The body is gzip written as base64: it begins with 'H4sIAA'. Send the bytes themselves."),
    (b"gzip", b"b'\\x1f", "not-gzip",
     (r"The body is not gzip, but bytes as Python prints them: it begins with 'b'\\x1f'. Send "
      "the bytes themselves.")),
    (b"gzip", b"\x1f\xc2\x8b\x08", "not-gzip",
     (r"The body is gzip that was converted to text: it begins with '\x1f\xc2\x8b\x08'. Keep it "
      "as bytes.")),
    (b"gzip", b"hello", "not-gzip", NOT_GZIP + "'hello', text that was never compressed."),
    (b"gzip", b"\x00", "not-gzip", NOT_GZIP + r"'\x00'."),
    (b"gzip", GZIPPED[:-8] + bytes(8), "coding-corrupt",
     "The gzip body cannot be decompressed: its checksum does not match the data."),
    (b"gzip", GZIPPED[:-4] + bytes(4), "coding-corrupt",
     "The gzip body cannot be decompressed: the length at its end does not match the data."),
    (b"gzip", GZIPPED[:10] + b"\xff" + GZIPPED[11:], "coding-corrupt",
     "The gzip body cannot be decompressed: invalid block type."),
    (b"gzip", GZIPPED[:-3], "coding-cut",
     f"The gzip body ends in the middle of the compressed data, after {len(GZIPPED) - 3} bytes."),
    (b"gzip", GZIPPED + b"\r\n", "coding-garbage",
     r"After the end of the gzip data, the body goes on with '\r\n'."),
    (b"br", b"abc", "content-coding",
     "Content-Encoding is 'br', which the client did not ask for."),
    (b"deflate", b"hello", "not-deflate",
     "Content-Encoding is deflate, but the body is not: it begins with 'hello'."),
    (b"deflate", zlib.compress(b"abcdefgh")[:-2], "coding-cut",
     "The deflate body ends in the middle of the compressed data, after 14 bytes."),
    (b"gzip", gzip.compress(bytes(10_001)), "decoded-too-long",
     "The gzip body decompresses to more than 10000 bytes."),
    (b"gzip", gzip.compress(bytes(6_000)) * 2, "decoded-too-long",
     "The gzip body decompresses to more than 10000 bytes."),
    (b"deflate", zlib.compress(bytes(10_001), wbits=-15), "decoded-too-long",
     "The deflate body decompresses to more than 10000 bytes."),
    (b"gzip", gzip.compress(b"") * (MOST_STREAMS + 1), "too-many-streams",
     "The gzip body has more than 65536 compressed streams, one after the other."),
    (b"gzip, identity, gzip, x-gzip, deflate, gzip", GZIPPED, "too-many-codings",
     "Content-Encoding names more than 5 codings; clients such as curl decode no more."),
    (b"gzip", gzip.compress(b"abc") + GZIPPED[:-3], "coding-cut",
     f"The gzip body ends in the middle of the compressed data, after {len(GZIPPED) - 3} bytes."),
]
# fmt: on
rows = pytest.mark.parametrize(
    ("data", "rule", "offset", "cite", "summary"), MALFORMED, ids=[row[1] for row in MALFORMED]
)


def failure(*pieces: bytes, limits: ReadLimits = DEFAULT_LIMITS) -> Malformed:
    """Feed the pieces, asking for an answer after each, and return the error that must come."""
    reader = ResponseReader(limits=limits)
    try:
        for piece in pieces:
            reader.feed(piece)
            assert reader.response() is None
    except Malformed as error:
        return error
    pytest.fail("the answer was not rejected")


def single(data: bytes) -> list[bytes]:
    return [data[index : index + 1] for index in range(len(data))]


def names(module: ModuleType) -> set[str]:
    return {row.name for row in vars(module).values() if isinstance(row, Rule)}


@rows
def test_malformed_is_explained(
    data: bytes, rule: str, offset: int, cite: str, summary: str
) -> None:
    error = failure(data)
    assert (error.rule, error.offset, error.cite, error.summary) == (rule, offset, cite, summary)
    assert str(error) == summary
    assert error.raw[error.offset - error.raw_start :] == data[offset:]
    assert error.expected
    assert error.hint


@rows
def test_where_it_is_cut_changes_nothing(
    data: bytes, rule: str, offset: int, cite: str, summary: str
) -> None:
    """The sentence may know less when only the first byte has come; place and section stay."""
    cuts = [single(data)] + [[data[:cut], data[cut:]] for cut in range(1, len(data))]
    for pieces in cuts:
        error = failure(*pieces)
        assert (error.offset, error.cite) == (offset, cite)


@pytest.mark.parametrize(
    ("coding", "content", "rule", "summary"), CODED, ids=[row[2] for row in CODED]
)
def test_broken_codings_are_explained(
    coding: bytes, content: bytes, rule: str, summary: str
) -> None:
    head = OK + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (coding, len(content))
    reader = ResponseReader()
    reader.feed(head + content)
    response = reader.response()
    assert response is not None
    with pytest.raises(Malformed) as caught:
        response.decoded_body(max_bytes=10_000)
    assert (caught.value.rule, caught.value.summary, caught.value.offset) == (
        rule,
        summary,
        len(head),
    )


def test_every_rule_of_the_body_is_shown() -> None:
    assert {row[1] for row in MALFORMED} | {row[2] for row in CODED} >= names(body)
