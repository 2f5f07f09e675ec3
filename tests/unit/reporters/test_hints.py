"""A failure tells the finding always, a nudge on request, and where the rule is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.report.model import Event, Report
from grader.reporters.failure_block import failure_block
from grader.text.style import Style
from tests.unit.reporters.screen import terminal_text

Events = Callable[[Report], list[Event]]
NUDGE = "hint      Names of headers are compared"


STEPS = ("Compare names.", "Look where you split the line.", "Others kept the case.")


@pytest.mark.parametrize("hints", [1, 0])
def test_the_hint_is_shown_on_request(sample: Report, hints: int) -> None:
    block = "\n".join(failure_block(sample.stages[3].checks[0], Style(hints=hints)))
    assert (NUDGE in block) == bool(hints)
    assert "problem   The body is" in block


@pytest.mark.parametrize("hints", range(5))
def test_each_request_shows_one_step_more(sample: Report, events: Events, hints: int) -> None:
    stage = sample.stages[3]
    check = stage.checks[0]
    assert check.failure is not None
    stepped = replace(check, failure=replace(check.failure, hints=STEPS))
    run = replace(sample, stages=(replace(stage, checks=(stepped,)),))

    text = terminal_text(events(run), hints=hints)

    assert [step in text for step in STEPS] == [at < hints for at in range(len(STEPS))]
    numbered = [f"{at}. {step}" in text for at, step in enumerate(STEPS, 1)]
    assert numbered == [hints > 1 and at < hints for at in range(len(STEPS))]
    more = f"\n  {' '.join(['--hint'] * (hints + 1))} shows {'the next hint' if hints else 'hints'}"
    assert (f"{more}; grade show {stage.slug} explains" in text) == (hints < len(STEPS))


def test_a_failure_with_one_sentence_has_one_step() -> None:
    assert Failure(Kind.MISMATCH, "No.").hints == ()
    assert Failure(Kind.MISMATCH, "No.", hint="Look.").hints == ("Look.",)
    assert Failure(Kind.MISMATCH, "No.", hint=STEPS).hints == STEPS


def test_the_last_line_says_where_there_is_more(sample: Report, events: Events) -> None:
    one = replace(sample, stages=(sample.stages[0], sample.stages[1]))
    assert terminal_text(events(one)).endswith(
        "\n  --hint shows hints; grade show ok explains the rule\n"
    )
    assert terminal_text(events(one), hints=1).endswith("\n  grade show ok explains the rule\n")
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
