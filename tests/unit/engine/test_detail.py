"""What a report keeps of a failure: bounded, and a place only where there can be one."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure, Kind, SourcePlace
from grader.engine.detail import detail_of


@pytest.mark.parametrize(
    ("at", "file", "line"),
    [
        (("server.py", 3), "server.py", 3),
        (None, None, None),
        (("server.py", 0), None, None),
        (("x" * 5000, 1), "x" * 997 + "...", 1),
    ],
)
def test_where_the_submission_raised(
    at: SourcePlace | None, file: str | None, line: int | None
) -> None:
    found = detail_of(Failure(Kind.EXIT, "It ended.", at=at), None, None, b"")
    assert (found.file, found.line) == (file, line)


def test_it_is_bounded() -> None:
    failure = Failure(Kind.MISMATCH, "s" * 5000, expected=b"x" * 100_000, actual="y" * 5000)
    found = detail_of(failure, "curl", "grade launch", b"o" * 10_000)
    sizes = [len(it or b"") for it in (found.summary, found.expected, found.actual)]
    assert sizes == [1000, 64 * 1024, 4000]
    assert len(found.output_tail) == 4096


def test_of_many_bytes_those_around_the_first_wrong_one_are_kept() -> None:
    wanted, came = b"x" * 3_000_000, b"x" * 1_000_000
    failure = Failure(Kind.MISMATCH, "It ends.", expected=wanted, actual=came, offset=len(came))
    found = detail_of(failure, None, None, b"")
    assert (found.offset, found.skipped) == (1_000_000, 1_000_000 - 32 * 1024)
    assert (len(found.expected or b""), len(found.actual or b"")) == (64 * 1024, 32 * 1024)
    assert (found.expected_size, found.actual_size) == (3_000_000, 1_000_000)


def test_the_first_line_of_an_error_is_kept() -> None:
    calls = b"".join(b"goroutine %d [select]:\n" % number for number in range(1000))
    output = b"listening\n" * 1000 + b"panic: it broke\n\n" + calls
    found = detail_of(Failure(Kind.EXIT, "It ended."), None, None, output)
    assert found.output_tail.strip().startswith(b"panic: it broke\n")
    assert len(found.output_tail) == 4096
