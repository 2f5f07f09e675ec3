"""A failure tells the finding always, a nudge on request, and where the rule is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from grader.report.model import Event, Report
from grader.reporters.failure_block import failure_block
from grader.text.style import Style
from tests.unit.reporters.screen import terminal_text

Events = Callable[[Report], list[Event]]
NUDGE = "hint      Names of headers are compared"


@pytest.mark.parametrize("hints", [True, False])
def test_the_hint_is_shown_on_request(sample: Report, hints: bool) -> None:
    block = "\n".join(failure_block(sample.stages[3].checks[0], Style(hints=hints)))
    assert (NUDGE in block) == hints
    assert "problem   The body is" in block


def test_the_last_line_says_where_there_is_more(sample: Report, events: Events) -> None:
    one = replace(sample, stages=(sample.stages[0], sample.stages[1]))
    assert terminal_text(events(one)).endswith(
        "\n  --hint shows hints; grade show ok explains the rule\n"
    )
    assert terminal_text(events(one), hints=True).endswith("\n  grade show ok explains the rule\n")
    assert terminal_text(events(sample)).endswith(
        "\n  --hint shows hints; grade show STAGE explains the rule\n"
    )


def test_where_nothing_failed_nothing_is_said(sample: Report, events: Events) -> None:
    passed = replace(sample, stages=sample.stages[:1])
    assert "grade show" not in terminal_text(events(passed))


@pytest.mark.parametrize("command", ["curl -i localhost", None])
def test_how_to_launch_stands_above_what_to_type(sample: Report, command: str | None) -> None:
    check = sample.stages[3].checks[0]
    assert check.failure is not None
    failure = replace(
        check.failure, launch="grade launch --stage headers \x1b[31m.py", reproduce=command
    )
    block = failure_block(replace(check, failure=failure), Style())
    at = block.index("     launch    grade launch --stage headers \\x1b[31m.py")
    assert (f"     by hand   {command}" == block[at + 1]) == (command is not None)


def test_a_script_stands_at_the_margin_where_it_can_be_copied(sample: Report) -> None:
    check = sample.stages[3].checks[0]
    assert check.failure is not None
    script = ["python3 - <<'END'", "print(1)", "END"]
    block = failure_block(
        replace(check, failure=replace(check.failure, reproduce="\n".join(script))), Style()
    )
    at = block.index("     by hand")
    assert block[at + 1 : at + 4] == script
