"""Text in columns: no line is longer than it may be, also when it would be a command to a CI."""

import pytest

from grader.text.escape import no_command
from grader.text.layout import columns, hang, wrap
from grader.text.style import Style

WIDTH = 20


@pytest.mark.parametrize(
    "text",
    [
        "##[" + "a" * 17,
        "::error::" + "a" * 30,
        "words before it, and ::error file=a.py::here",
        "a" * 19 + " ::stop-commands::x",
        "##[ ##[ ##[ ##[ ##[",
        "宽" * 5 + " ##[" + "宽" * 12,
    ],
)
def test_a_wrapped_line_keeps_its_width_when_it_is_written(text: str) -> None:
    lines = wrap(text, WIDTH)
    assert [columns(no_command(line)) for line in lines if columns(no_command(line)) > WIDTH] == []
    assert [no_command(line) for line in lines] == lines
    assert [no_command(line) for line in hang("- ", text, WIDTH)] == hang("- ", text, WIDTH)


def test_ordinary_text_is_wrapped_at_its_blanks() -> None:
    assert wrap("one two three four five six", WIDTH) == ["one two three four", "five six"]
    assert wrap("", WIDTH) == [""]


@pytest.mark.parametrize("raw", ["##[", "::error::x", "fine\n::error::x"])
def test_the_escape_is_in_a_text_before_it_is_measured(raw: str) -> None:
    text = Style().text(raw, keep="\n")
    assert "\n".join(map(no_command, text.split("\n"))) == text
    assert text != raw
