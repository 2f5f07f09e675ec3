"""Answers that do not end where they should: too early, too late, never; for every rule."""

import gzip
from types import ModuleType

import pytest

from grader.http1.wire import Incomplete, Malformed, ReadLimits, ResponseReader, explain_leftover
from grader.http1.wire.inbox import DEFAULT_LIMITS
from grader.http1.wire.malformed import Rule
from grader.http1.wire.rules import end

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
GZIPPED = gzip.compress(b"hello " * 20, mtime=0)
SMALL = ReadLimits(head=100, headers=3, chunk_line=16, body=20, interim=2)

# fmt: off
# What came, and then: rule, offset, section, sentence and progress.
INCOMPLETE: list[tuple[bytes, str, int, str, str, str]] = [
    (b"", "nothing", 0, "RFC 9112 2.1",
     "No byte of an answer came.",
     "nothing came. Missing: the whole answer"),
    (b"HTTP/1.1 200", "head-cut", 12, "RFC 9112 2.1",
     r"The status line 'HTTP/1.1 200' has no \r\n at its end, and nothing more came.",
     r"12 bytes of the status line came. Missing: its \r\n, the headers and the empty line"),
    (b"HTTP/1.1 200 OK\r", "head-cut", 16, "RFC 9112 2.1",
     r"The status line 'HTTP/1.1 200 OK\r' has no \r\n at its end, and nothing more came.",
     r"16 bytes of the status line came. Missing: its \r\n, the headers and the empty line"),
    (b"HTTP/1.1 200 OK\\r\\n\\r\\nHi", "literal-escapes", 15, "RFC 9112 2.2",
     r"The status line contains a backslash and a letter instead of the byte \r or \n.",
     r"25 bytes of the status line came. Missing: its \r\n, the headers and the empty line"),
    (OK, "blank-line-missing", 17, "RFC 9112 2.1",
     "The empty line after the headers is missing: nothing came after 'HTTP/1.1 200 OK'.",
     "the status line came. Missing: the empty line after the headers"),
    (OK + b"A: b\r\n", "blank-line-missing", 23, "RFC 9112 2.1",
     "The empty line after the headers is missing: nothing came after 'A: b'.",
     "the status line and 1 header line came. Missing: the empty line after the headers"),
    (OK + b"A: b\r\n\r", "blank-line-missing", 24, "RFC 9112 2.1",
     "The empty line after the headers is missing: nothing came after 'A: b'.",
     "the status line and 1 header line came. Missing: the empty line after the headers"),
    (OK + b"A: b\r\nhello", "body-among-headers", 23, "RFC 9112 2.1",
     "The empty line after the headers is missing: 'hello' came instead.",
     "the status line and 1 header line came. Missing: the empty line after the headers"),
    (OK + b"A: b", "head-cut", 21, "RFC 9112 2.1",
     r"The header line 'A: b' has no \r\n at its end, and nothing more came.",
     "the status line came. Missing: the empty line after the headers"),
    (OK + b"A: b\\r\\n", "literal-escapes", 21, "RFC 9112 2.2",
     r"The header line contains a backslash and a letter instead of the byte \r or \n.",
     "the status line came. Missing: the empty line after the headers"),
    (OK + b"Content-Length: 5\r\n\r\nhel", "body-cut", 41, "RFC 9112 6.3",
     "Content-Length is 5, but only 3 bytes of the body came.",
     "3 of 5 bytes of the body came. Missing: 2 bytes"),
    (OK + b"Content-Length: 120\r\n\r\n" + GZIPPED, "length-uncompressed", 69, "RFC 9110 8.6",
     "Content-Length is 120, the length before compression, but only 29 bytes came.",
     "29 of 120 bytes of the body came. Missing: 91 bytes"),
    (OK + b"\r\nabc", "no-end", 22, "RFC 9112 6.3",
     ("The client cannot know where this answer ends: add Content-Length or use chunked"
      " encoding."),
     "3 bytes of a body without Content-Length came. Missing: the end of the connection"),
    (OK + b"Content-Type: text/plainContent-Length: 5\r\n\r\nhello", "headers-joined", 67,
     "RFC 9112 2.1",
     ("The answer has no length, because two lines ran together: the value of Content-Type"
      " contains Content-Length."),
     "5 bytes of a body without Content-Length came. Missing: the end of the connection"),
    (CHUNKED, "last-chunk-missing", 47, "RFC 9112 7.1",
     r"The last chunk (0\r\n\r\n) is missing: 0 bytes in whole chunks came.",
     (r"only the head came. Missing: the size of the next chunk, or 0\r\n\r\n as "
      "the end")),
    (CHUNKED + b"5\r\nhello\r\n", "last-chunk-missing", 57, "RFC 9112 7.1",
     r"The last chunk (0\r\n\r\n) is missing: 5 bytes in whole chunks came.",
     (r"5 bytes in whole chunks came. Missing: the size of the next chunk, or 0\r\n\r\n as "
      "the end")),
    (CHUNKED + b"5\r\nhel", "chunk-cut", 53, "RFC 9112 7.1",
     "The size of a chunk is 5 bytes, but only 3 bytes came.",
     r"3 of 5 bytes of the first chunk came. Missing: 2 bytes and \r\n"),
    (CHUNKED + b"5\r\nhello", "chunk-end-missing", 55, "RFC 9112 7.1",
     r"The \r\n after a chunk of 5 bytes did not come.",
     r"5 of 5 bytes of the first chunk came. Missing: the \r\n after the chunk"),
    (CHUNKED + b"5\r\nhello\r\n0\r\n", "trailer-cut", 60, "RFC 9112 7.1",
     "The empty line after the last chunk did not come.",
     "5 bytes in whole chunks came. Missing: the empty line after the last chunk"),
    (CHUNKED + b"20\r\naaaaaaaaaaaaaaaaaaaa\r\n0\r\n\r\n", "chunk-size-decimal", 71, "RFC 9112 7.1",
     ("The chunk size '20' looks decimal: in hexadecimal, it means 32 bytes."),
     (r"27 of 32 bytes of the first chunk came. Missing: 5 bytes and "
      r"\r\n")),
    (OK + b"Hello", "body-among-headers", 17, "RFC 9112 2.1",
     "The empty line after the headers is missing: 'Hello' came instead.",
     "the status line came. Missing: the empty line after the headers"),
]

LIMITED: list[tuple[bytes, str, int]] = [
    (b"HTTP/1.1 200 " + b"a" * 100, "head-too-long", 100),
    (OK + b"A: " + b"b" * 100, "head-too-long", 100),
    (OK + b"A: b\r\n" * 2 + b"C: " + b"d" * 67 + b"\r\n", "head-too-long", 100),
    (OK + b"A: b\r\n" * 4, "too-many-headers", 35),
    (OK + b"Content-Length: 21\r\n\r\n", "length-too-large", 33),
    (OK + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n", "length-too-large", 33),
    (OK + b"\r\n" + b"a" * 21, "body-too-long", 39),
    (CHUNKED + b"15\r\n", "body-too-long", 47),
    (CHUNKED + b"a\r\n" + b"x" * 10 + b"\r\nb\r\n", "body-too-long", 62),
    (CHUNKED + b"1;" + b"x" * 20, "head-too-long", 63),
    (CHUNKED + b"1;xxxxxxxx\r\na\r\n" * 19, "body-too-long", 182),
    (CHUNKED + b"0\r\n" + b"A: b\r\n" * 4, "too-many-headers", 68),
    (b"HTTP/1.1 100 Continue\r\n\r\n" * 3, "too-many-interim", 0),
    (b"HTTP/1.1 103 Early Hints\r\nLink: </a>, </b>, </c>\r\n\r\n" * 2, "head-too-long", 0),
]

# What was read, what came after it, and the method it answers; then rule and sentence.
LEFT_OVER: list[tuple[bytes, bytes, str, str, str]] = [
    (OK + b"Content-Length: 0\r\n\r\n", b"\r\n", "GET", "extra-line-end",
     r"Extra bytes came after the end of the answer: '\r\n'."),
    (OK + b"Content-Length: 5\r\n\r\n\r\nabc", b"de", "GET", "second-blank-line",
     ("Two empty lines follow the headers: the second one counts as body, so 'de' comes after"
      " the end.")),
    (OK + b"Content-Length: 5\r\n\r\nh\xc3\xa9ll", b"o", "GET", "length-in-characters",
     "Content-Length is 5, the number of characters, but the body has 6 bytes."),
    (OK + b"Content-Length: 5\r\n\r\nhello", b" world", "GET", "length-too-small",
     "Content-Length is 5, but the body is 6 bytes longer: ' world'."),
    (OK + b"Content-Length: 1\r\n\r\n\xff", b"\xfe", "GET", "length-too-small",
     r"Content-Length is 1, but the body is 1 byte longer: '\xfe'."),
    (OK + b"Content-Length: 5\r\n\r\n", b"hello", "HEAD", "body-not-allowed",
     "The answer to a HEAD request must not have a body, but 'hello' came."),
    (b"HTTP/1.1 204 No Content\r\n\r\n", b"hello", "GET", "body-not-allowed",
     "An answer with status 204 must not have a body, but 'hello' came."),
    (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b"\x81\x00", "GET", "body-not-allowed",
     r"An answer with status 101 must not have a body, but '\x81\x00' came."),
    (CHUNKED + b"0\r\n\r\n", b"x", "GET", "after-last-chunk",
     "After the last chunk, the answer goes on with 'x'."),
    (OK + b"Content-Length: 0\r\n\r\n", OK, "GET", "unasked-answer",
     "An extra answer came that belongs to no request."),
]
# fmt: on


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


@pytest.mark.parametrize(("data", "rule", "offset"), LIMITED, ids=[row[1] for row in LIMITED])
def test_endless_answers_are_noticed(data: bytes, rule: str, offset: int) -> None:
    for pieces in ([data], single(data)):
        error = failure(*pieces, limits=SMALL)
        assert (error.rule, error.offset, error.cite) == (rule, offset, "the grader's own limit")


@pytest.mark.parametrize(
    ("data", "rule", "offset", "cite", "summary", "progress"),
    INCOMPLETE,
    ids=[row[1] for row in INCOMPLETE],
)
def test_incomplete_is_explained(
    data: bytes, rule: str, offset: int, cite: str, summary: str, progress: str
) -> None:
    for pieces in ([data], single(data)):
        reader = ResponseReader()
        for piece in pieces:
            reader.feed(piece)
            assert reader.response() is None
        error = reader.incomplete()
        assert (error.rule, error.offset, error.cite, error.summary) == (
            rule,
            offset,
            cite,
            summary,
        )
        assert reader.progress.summary == progress


@pytest.mark.parametrize(
    "data", [row[0] for row in INCOMPLETE if row[1] not in ("no-end", "headers-joined")]
)
def test_incomplete_is_raised_at_the_end_of_the_connection(data: bytes) -> None:
    reader = ResponseReader()
    reader.feed(data)
    reader.eof()
    with pytest.raises(Incomplete) as first:
        reader.response()
    with pytest.raises(Incomplete) as second:
        reader.response()
    assert first.value is second.value


def test_what_is_missing_says_whether_more_could_come() -> None:
    reader = ResponseReader()
    assert reader.incomplete().summary == "No byte of an answer came."
    reader.eof()
    assert (
        reader.incomplete().summary == "No byte of an answer came before the connection was closed."
    )


@pytest.mark.parametrize(
    ("answer", "rest", "method", "rule", "summary"), LEFT_OVER, ids=[row[3] for row in LEFT_OVER]
)
def test_what_comes_after_an_answer_is_explained(
    answer: bytes, rest: bytes, method: str, rule: str, summary: str
) -> None:
    reader = ResponseReader(method)
    reader.feed(answer + rest)
    response = reader.response()
    assert response is not None
    assert reader.trailing == rest
    error = explain_leftover(response, reader.trailing)
    assert (error.rule, error.summary, error.offset) == (rule, summary, len(answer))
    assert error.raw[error.offset - error.raw_start :] == rest
    if rule != "unasked-answer":
        with pytest.raises(Malformed) as caught:
            reader.response()
        assert (caught.value.rule, caught.value.summary) == (rule, summary)


def test_every_rule_of_the_end_is_shown() -> None:
    shown = {row[1] for row in (*INCOMPLETE, *LIMITED)} | {row[3] for row in LEFT_OVER}
    assert shown >= names(end) - {"decoded-too-long", "too-many-streams"}
