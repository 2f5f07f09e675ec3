"""How both answers are shown, and what is said of them."""

from __future__ import annotations

import pytest

from grader.asking.both_answers import BothAnswers
from grader.asking.show import answer_lines, verdict_lines
from grader.check.failure import Failure, Kind
from grader.comparing.difference import Difference
from grader.text.style import Style

ANSWER = b"HTTP/1.1 200 OK\r\nServer: \x1b[31m" + b"x" * 90 + b"\r\n\r\n"
BOTH = BothAnswers(b"GET / HTTP/1.1\r\n\r\n", ANSWER, b"", None, fixed=True)


@pytest.mark.parametrize("columns", [40, 79, 80, 120])
def test_answers_are_escaped_and_fit(columns: int) -> None:
    lines = answer_lines(BOTH, Style(80), columns)
    assert max(map(len, lines)) <= columns
    assert not any("\x1b" in line for line in lines)
    beside = any(" | " in line for line in lines)
    assert beside == (columns >= 80)


def test_a_long_answer_is_cut() -> None:
    lines = answer_lines(BothAnswers(b"", b"x\n" * 10_000, b"", None, fixed=True), Style(80), 80)
    assert len(lines) < 60
    assert any("[20000 bytes in all]" in line for line in lines)


def test_what_is_said_of_the_two() -> None:
    failure = Failure(Kind.MISMATCH, "The status is 404, not 200.", expected="status 200")
    differs = BothAnswers(b"", b"", b"", Difference("status", 0, failure), fixed=True)
    said = "\n".join(verdict_lines(differs, b"", Style(80)))
    assert "The answers differ in the status." in said
    assert "reference status 200" in said
    assert "agree in all that the course fixes" in verdict_lines(BOTH, b"", Style(80))[0]
    free = BothAnswers(b"", b"", b"", None, fixed=False)
    assert "does not fix" in verdict_lines(free, b"", Style(80))[0]
