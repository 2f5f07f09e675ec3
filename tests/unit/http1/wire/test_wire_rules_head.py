"""Broken heads of answers: the place, the section and the sentence a learner reads, for every
rule."""

from types import ModuleType

import pytest

from grader.http1.wire import Malformed, ReadLimits, ResponseReader
from grader.http1.wire.inbox import DEFAULT_LIMITS
from grader.http1.wire.malformed import Rule
from grader.http1.wire.rules import head

OK = b"HTTP/1.1 200 OK\r\n"

# fmt: off
MALFORMED: list[tuple[bytes, str, int, str, str]] = [
    (b"HTTP/1.1 200 OK\n\n", "bare-lf", 15, "RFC 9112 2.2",
     r"The status line ends in \n alone; HTTP ends every line with \r\n."),
    (b"HTTP/1.1 200 OK\\r\\n\\r\\nHi\n", "literal-escapes", 15, "RFC 9112 2.2",
     r"The status line contains a backslash and a letter instead of the byte \r or \n."),
    (b"HTTP/1.1 200 OK\r\r\n\r\r\n", "double-cr", 15, "RFC 9112 2.2",
     r"The status line contains \r twice in a row; a line ends with exactly one \r\n."),
    (b"HTTP/1.1 200 OK\rX", "bare-cr", 15, "RFC 9112 2.2",
     (r"The status line contains a \r without \n after it.")),
    (OK + b"A: b\x00c\r\n", "control-byte", 21, "RFC 9110 5.5",
     (r"The header line contains the control byte '\x00', which is not allowed.")),
    (OK + b"A: b\n\r\n", "bare-lf", 21, "RFC 9112 2.2",
     r"The header line ends in \n alone; HTTP ends every line with \r\n."),
    (OK + b"A: b\r\n\n", "bare-lf", 23, "RFC 9112 2.2",
     r"The empty line ends in \n alone; HTTP ends every line with \r\n."),
    (OK + b"A: b\rc\r\n", "bare-cr", 21, "RFC 9112 2.2",
     (r"The header line contains a \r without \n after it.")),
    (b"Hello", "not-http", 0, "RFC 9112 4",
     "The answer begins with 'Hello', not with a status line."),
    (b"b'HTTP/1.1 200 OK\\r\\n\\r\\n'", "python-repr", 0, "RFC 9112 4",
     (r"The answer begins with 'b'HTTP/1.1 200 OK\\r\\n\\r\\n'': this is how Python prints bytes, "
     "not the bytes themselves.")),
    (b"\xef\xbb\xbfHTTP/1.1 200 OK\r\n\r\n", "byte-order-mark", 0, "RFC 9112 4",
     "The answer begins with a UTF-8 byte order mark, not with HTTP/1.1."),
    (b"\r\nHTTP/1.1 200 OK\r\n\r\n", "leading-blank-line", 0, "RFC 9112 4",
     "The answer begins with an empty line, not with the status line."),
    (b"\nHTTP/1.1 200 OK\r\n\r\n", "leading-blank-line", 0, "RFC 9112 4",
     "The answer begins with an empty line, not with the status line."),
    (b"  HTTP/1.1 200 OK\r\n\r\n", "leading-blank", 0, "RFC 9112 4",
     "The answer begins with a space or tab, not with HTTP/1.1."),
    (b"<h1>hi</h1>", "bare-body", 0, "RFC 9112 4",
     ("The answer begins with '<h1>hi</h1>', which looks like a body: the status line and"
      " headers are missing.")),
    (b"Content-Type: text/plain\r\n\r\n", "header-first", 0, "RFC 9112 4",
     "The answer begins with the header 'Content-Type: text/plain'; the status line must come"
     " first."),
    (b"http/1.1 200 OK\r\n\r\n", "lower-case-http", 0, "RFC 9112 4",
     "The answer begins with 'http/1.1 200 OK'; HTTP must be in capitals."),
    (b"GET / HTTP/1.1\r\n\r\n", "request-echoed", 0, "RFC 9112 4",
     ("The answer begins with the request line 'GET / HTTP/1.1', not with a status line.")),
    (b"200 OK\r\n\r\n", "not-http", 0, "RFC 9112 4",
     "The answer begins with '200 OK', not with a status line."),
    (b"HTTP/2 200 OK\r\n\r\n", "version", 5, "RFC 9112 2.3",
     "The status line begins with 'HTTP/2 200 OK'; the version must be HTTP/1.1 or HTTP/1.0."),
    (b"HTTP/0.9 200 OK\r\n\r\n", "version", 5, "RFC 9112 2.3",
     "The status line begins with 'HTTP/0.9 200 OK'; the version must be HTTP/1.1 or HTTP/1.0."),
    (b"HTTP 1.1 200 OK\r\n\r\n", "version", 4, "RFC 9112 2.3",
     "The status line begins with 'HTTP 1.1 200 OK'; the version must be HTTP/1.1 or HTTP/1.0."),
    (b"HTTP1.1 200 OK\r\n\r\n", "version", 4, "RFC 9112 2.3",
     "The status line begins with 'HTTP1.1 200 OK'; the version must be HTTP/1.1 or HTTP/1.0."),
    (b"HTTP/1.1\n200", "bare-lf", 8, "RFC 9112 2.2",
     r"The status line ends in \n alone; HTTP ends every line with \r\n."),
    (b"HTTP/1.1200 OK\r\n\r\n", "space-after-version", 8, "RFC 9112 4",
     "In the status line, '2' follows the version instead of one space."),
    (b"HTTP/1.1\t200 OK\r\n", "space-after-version", 8, "RFC 9112 4",
     r"In the status line, '\t' follows the version instead of one space."),
    (b"HTTP/1.1  200 OK\r\n\r\n", "status-code", 9, "RFC 9112 4",
     ("The status line has ' 200 OK' instead of a status code: three digits from 100 to 599.")),
    (b"HTTP/1.1 OK\r\n\r\n", "status-code", 9, "RFC 9112 4",
     ("The status line has 'OK' instead of a status code: three digits from 100 to 599.")),
    (b"HTTP/1.1 600 X\r\n\r\n", "status-code", 9, "RFC 9112 4",
     ("The status line has '600 X' instead of a status code: three digits from 100 to 599.")),
    (b"HTTP/1.1 20\r\n\r\n", "status-code", 11, "RFC 9112 4",
     ("The status line has '20' instead of a status code: three digits from 100 to 599.")),
    (b"HTTP/1.1 2000 OK\r\n\r\n", "status-code-length", 12, "RFC 9112 4",
     "In the status line, '0' follows three digits: a status code has exactly three."),
    (b"HTTP/1.1 200OK\r\n\r\n", "space-after-status", 12, "RFC 9112 4",
     "In the status line, 'O' follows the status code instead of a space."),
    (b"HTTP/1.1 200\tOK\r\n", "space-after-status", 12, "RFC 9112 4",
     r"In the status line, '\t' follows the status code instead of a space."),
    (OK + b"Content-Length: 5\r\nhello\r\n", "no-colon", 36, "RFC 9112 5",
     ("The header line 'hello' has no colon. If it is the body, the empty line before it is"
      " missing.")),
    (OK + b"HTTP/1.1 200 OK\r\n\r\n", "second-status-line", 17, "RFC 9112 5",
     "A second status line stands among the headers: 'HTTP/1.1 200 OK'."),
    (OK + b": x\r\n", "empty-name", 17, "RFC 9112 5",
     "The header line ': x' has no name before its colon."),
    (OK + b"Content-Length : 5\r\n", "space-before-colon", 31, "RFC 9112 5.1",
     ("The header line 'Content-Length : 5' has a space before the colon, which is not"
      " allowed.")),
    (OK + b"Content Length: 5\r\n", "name-byte", 24, "RFC 9110 5.1",
     ("The header line 'Content Length: 5' has ' ' in its name. If it is the body, the empty"
      " line before it is missing.")),
    (OK + b'{"a": 1}\r\n', "name-byte", 17, "RFC 9110 5.1",
     ('The header line \'{"a": 1}\' has \'{\' in its name. If it is the body, the empty line'
      " before it is missing.")),
    (OK + b"  Content-Length: 5\r\n", "folded", 17, "RFC 9112 5.2",
     ("The header line '  Content-Length: 5' begins with a space: it would continue the line"
      " before it, which is forbidden.")),
    (OK + b"A: b\r\n c\r\n", "folded", 23, "RFC 9112 5.2",
     ("The header line ' c' begins with a space: it would continue the line before it, which"
      " is forbidden.")),
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


def test_what_an_error_keeps_is_bounded() -> None:
    error = failure(OK + b"A: " + b"b" * 100_000 + b"\x00" + b"c" * 100_000)
    assert len(error.raw) == 4096
    assert error.raw[error.offset - error.raw_start] == 0
    assert len(failure(OK + b"a" * 100_000 + b"\r\n").summary) < 250


def test_offsets_count_from_the_message_and_start_from_the_connection() -> None:
    reader = ResponseReader()
    first = OK + b"Content-Length: 2\r\n\r\nhi"
    reader.feed(first + b"HTTP/1.1 2000")
    assert reader.response() is not None
    with pytest.raises(Malformed) as caught:
        reader.response()
    assert (caught.value.start, caught.value.offset) == (len(first), 12)


def test_every_rule_of_the_head_is_shown() -> None:
    assert {row[1] for row in MALFORMED} == names(head)
