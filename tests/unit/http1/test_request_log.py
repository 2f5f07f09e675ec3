"""How lines of a log are read, and what is told of those that are none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from grader.check.failure import Failure
from grader.http1 import expect
from grader.http1.expect.logged import wrong_date
from grader.http1.request_log import Record, lines, record_in, records, what_is_wrong

if TYPE_CHECKING:
    from collections.abc import Callable

LINE = b'127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /figs HTTP/1.1" 200 14'
RIGHT = Record("127.0.0.1", "06/Nov/1994:08:49:37 +0000", "GET /figs HTTP/1.1", 200, 14)
FORGED = '127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET /evil HTTP/1.1" 200 5'


@pytest.mark.parametrize(
    "line",
    [
        LINE,
        b"2026-03-01 12:30:05 INFO " + LINE,
        LINE + b' "-" "curl/8.0"',
        LINE.replace(b'"GET /figs HTTP/1.1"', b'"\x1b[32mGET /figs HTTP/1.1\x1b[0m"'),
        LINE + b"\r",
    ],
)
def test_a_record_may_have_more_on_its_line(line: bytes) -> None:
    assert list(records(b"hello\n" + line + b"\nand more")) == [RIGHT]


def test_the_parts_of_a_record() -> None:
    ip_6 = record_in(b'::1 - ada [01/Mar/2026 12:30:05] "GET /a\\"b HTTP/1.1" 404 -')
    assert ip_6 is not None
    assert (ip_6.host, ip_6.request, ip_6.size, ip_6.time) == (
        "::1", 'GET /a\\"b HTTP/1.1', None, None,
    )  # fmt: skip
    assert RIGHT.time == 784111777
    assert lines(b"a\r\nb\x1b[1mc") == [b"a", b"bc"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LINE.replace(b"[", b"").replace(b"]", b""), "it has no date in square brackets"),
        (LINE.replace(b'"', b""), "it has no request line in double quotes after the date"),
        (LINE.replace(b" - -", b""), "before the date stand fewer than three fields (host - -)"),
        (LINE.replace(b" 200 14", b""), "no status follows the request line"),
        (
            LINE.removesuffix(b" 14"),
            "only one number follows the request line, and status and size are two",
        ),
        (LINE.replace(b" 14", b" size"), "no size follows the status (a number, or - for none)"),
        (LINE.replace(b"200 14", b"200 14kB"), "a single space separates the fields"),
    ],
)
def test_what_is_no_record_is_explained(line: bytes, why: str) -> None:
    assert record_in(line) is None
    assert what_is_wrong(line) == why


@pytest.mark.parametrize("piece", [b"a", b"[", b"]", b'"', b" ", b'] "', b"a b c [d] ", b"\\"])
def test_a_long_line_without_an_end_is_read_all_the_same(piece: bytes) -> None:
    line = piece * (200_000 // len(piece))
    assert record_in(line) is None
    assert what_is_wrong(line)


# --- judgements, of what a program has printed ----------------------------------------------------


def printing(output: bytes) -> Any:  # noqa: ANN401  (a double)
    return SimpleNamespace(printed=lambda: output, prints=lambda found: found(output))


def said(judge: Callable[[], object]) -> str:
    with pytest.raises(Failure) as raised:
        judge()
    return raised.value.summary


def test_a_record_is_judged_by_its_parts() -> None:
    session = printing(LINE)
    answer: Any = SimpleNamespace(status=200, body=b"x" * 14)
    expect.logged_status(session, RIGHT, answer)
    expect.logged_size(session, RIGHT, answer)
    expect.logged_host(session, RIGHT)
    assert wrong_date(RIGHT, 784111777.9, 784111778.0) == ""
    other: Any = SimpleNamespace(status=404, body=b"")
    assert said(lambda: expect.logged_status(session, RIGHT, other)) == (
        "The log says 200, but the status of the answer is 404."
    )
    assert "14 bytes, but the body of the answer has 0" in said(
        lambda: expect.logged_size(session, RIGHT, other)
    )
    assert wrong_date(RIGHT, 784115377, 784115378) == (
        "The date [06/Nov/1994:08:49:37 +0000] is 60 min too early."
    )


@pytest.mark.parametrize(
    ("host", "right"),
    [
        ("127.0.0.1", True), ("::ffff:127.0.0.1", True), ("0:0:0:0:0:0:0:1", True),
        ("INFO:web:127.0.0.1", True), ("localhost", True), ("my-machine", True),
        ("-", False), ("None", False), ("0.0.0.0", False), ("10.1.2.3", False), ("4221", False),
    ],
)  # fmt: skip
def test_the_host_is_the_client_or_a_name(host: str, *, right: bool) -> None:
    record = Record(host, "", "", 200, None)
    if right:
        expect.logged_host(printing(b""), record)
    else:
        assert repr(host) in said(lambda: expect.logged_host(printing(b""), record))


def test_lines_of_a_framework_and_of_the_program_are_one() -> None:
    loose = LINE.replace(b"06/Nov/1994:08:49:37 +0000", b"06/Nov/1994 08:49:37")
    assert len(expect.all_logged(printing(loose + b"\n" + LINE), "figs")) == 1
    assert len(expect.all_logged(printing(LINE + b"\n" + LINE), "figs")) == 2
    assert len(expect.all_logged(printing(loose), "figs")) == 1


@pytest.mark.parametrize(
    "output",
    [
        f"GET /a\n{FORGED}", f"GET /a\r {FORGED} HTTP/1.1\n", f"\r\n\t{FORGED}",
        FORGED.replace('"', "\\x22"),
    ],
)  # fmt: skip
def test_a_line_that_a_client_began_is_forged(output: str) -> None:
    assert "A client forged a line" in said(
        lambda: expect.no_forged_line(printing(output.encode()), FORGED)
    )


@pytest.mark.parametrize(
    "output",
    ["", f"GET /a\\x0d\\x0a{FORGED}", f"    b' {FORGED}'", FORGED.replace("evil", "good")],
)
def test_an_escaped_line_is_not_forged(output: str) -> None:
    expect.no_forged_line(printing(output.encode()), FORGED)
