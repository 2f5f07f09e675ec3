"""The last lines of a run: passed, failed, errored, skipped, interrupted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from grader.errors import MachineError, NotGraded
from grader.report.model import Event, Report, Verdict
from grader.text.live_lines import CLEAR
from tests.unit.reporters.screen import terminal_text

Events = Callable[[Report], list[Event]]


def closing(report: Report, events: Events, *, verbosity: int = 0) -> str:
    return terminal_text(events(report), verbosity=verbosity).rsplit("\n\n", 1)[-1]


def test_closing_of_a_passed_run(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.PASSED, stages=sample.stages[:1])
    assert closing(report, events) == "PASSED: 1 of 1 stage, 2 of 2 points\n"


def test_closing_of_a_passed_run_with_advice(sample: Report, events: Events) -> None:
    advice = replace(
        sample.stages[3],
        verdict=Verdict.PASSED,
        checks=sample.stages[3].checks[1:2] * 2,
    )
    report = replace(sample, verdict=Verdict.PASSED, stages=(sample.stages[0], advice))
    assert (
        closing(report, events, verbosity=-1) == "\nPASSED: 2 of 2 stages, 2 of 7 points\n"
        "  2 pieces of advice: run without -q to see more\n"
        "  repeat with: --seed 7306241\n"
    )


def test_closing_with_one_failure_names_the_option_that_asks_for_it_alone(
    sample: Report, events: Events
) -> None:
    first = sample.stages[0]
    failed = replace(first.checks[0], verdict=Verdict.FAILED, points=0)
    one = replace(first, verdict=Verdict.FAILED, checks=(failed, *first.checks[1:]))
    report = replace(sample, verdict=Verdict.FAILED, stages=(one,))
    assert f"  repeat with: --check {failed.id} --seed 7306241\n" in closing(report, events)
    saved = replace(failed, id="ok/saved-0123ab")
    for checks in ((failed, failed), (saved,)):
        other = replace(report, stages=(replace(one, checks=checks),))
        assert "  repeat with: --seed 7306241\n" in closing(other, events)


def test_closing_of_single_checks_counts_checks(sample: Report, events: Events) -> None:
    environment = replace(sample.header.environment, checks=("ok/*",))
    header = replace(sample.header, environment=environment)
    report = replace(sample, header=header, verdict=Verdict.PASSED, stages=sample.stages[:1])
    assert closing(report, events) == "PASSED: 2 of 2 checks, 2 of 2 points\n"
    advice = replace(sample.stages[3], checks=sample.stages[3].checks[1:2])
    only = replace(report, stages=(advice,))
    assert closing(only, events).startswith("PASSED: no required check was asked for\n")


@pytest.mark.parametrize(
    ("reason", "headline"),
    [
        ("the reference did not start", "the reference did not start"),
        (
            None,
            "stage 8 gzip: port 4221 is held by another\nprogram (nginx, process 4242)",
        ),
    ],
)
def test_closing_of_an_errored_run(
    sample: Report, events: Events, reason: str | None, headline: str
) -> None:
    report = replace(sample, verdict=Verdict.ERRORED, reason=reason, stages=sample.stages[-1:])
    text = closing(report, events)
    assert text == f"ERRORED (not your server's fault): {headline}\n  repeat with: --seed 7306241\n"


def test_closing_of_an_errored_run_without_any_reason(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.ERRORED, stages=())
    assert "ERRORED (not your server's fault): the run could not be finished\n" in closing(
        report, events
    )
    bare = replace(sample.stages[-1], checks=())
    assert "stage 8 gzip: it could not be judged" in closing(
        replace(report, stages=(bare,)), events
    )


def test_closing_of_a_skipped_run(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.SKIPPED, stages=sample.stages[2:3])
    assert closing(report, events).startswith("SKIPPED: no stage was judged\n")


def test_interrupted_run(sample: Report, events: Events) -> None:
    begun = events(sample)[:8]
    assert terminal_text(begun).endswith(
        "\nINTERRUPTED: 1 of 7 stages judged, 2 points so far\n  repeat with: --seed 7306241\n"
    )


def test_run_ended_by_an_error(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample)[:8], error=MachineError("the reference died"))
    assert text.endswith(
        "\nERRORED (not your server's fault): the reference died\n"
        "  1 of 7 stages judged, 2 points so far\n"
        "  repeat with: --seed 7306241\n"
    )


def test_run_without_anything_to_grade(sample: Report, events: Events) -> None:
    """The verdict, and the end of what the build printed, made harmless."""
    error = NotGraded(
        "the build step ended with exit status 2",
        b"\r\n".join(b"%d \x1b[2J" % n for n in range(30)),
    )
    text = terminal_text(events(sample)[:3], error=error, color=False)
    lines = text.rpartition("\n\n")[2].splitlines()
    assert lines[0] == "NOT GRADED: the build step ended with exit status 2"
    assert len(lines) == 16
    assert lines[-1] == "  | 29 \\x1b[2J"
    quiet = terminal_text(events(sample)[:3], error=NotGraded("x"), verbosity=-1)
    assert quiet.strip() == "NOT GRADED: x"


def test_run_that_never_started_says_nothing() -> None:
    assert terminal_text([]) == ""


def test_live_line_is_gone_when_a_run_is_interrupted(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample)[:9], live=True)
    assert "Lines of the head end" in text
    assert "Lines of the head end" not in text.rsplit(CLEAR, 1)[-1]
