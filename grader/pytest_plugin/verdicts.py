"""What each test of a stage comes to, by what grading it has found. Pure.

A required check that failed fails its test. Advice that failed is an expected failure (`xfail`):
it shows, it is counted, and it fails nothing; with `--submission-strict` or `--runxfail` it fails.
A warning would do less, as a skipped test would: `-W error` makes it count, and a skipped test says
that nothing was judged. What could not be judged is an error of the test's set-up, which pytest
tells from a failure. Where a whole grading could not be, one test says so, and the others of it are
skipped: one cause, one message.
"""

from __future__ import annotations

import shlex
from enum import Enum
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.engine.skipping import why_skip_check
from grader.outcomes import Outcome
from grader.report.model import CheckReport, Report, StageReport, Verdict
from grader.reporters.program_output import output_lines
from grader.reporters.progress import check_lines, outcome, worth_fixing
from grader.text.escape import no_command, printable
from grader.text.style import Style
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.course import Stage

_STYLE = Style(width=80)


class Kind(Enum):
    """How a test ends."""

    PASSED = "passed"
    FAILED = "failed"
    ADVICE = "advice"
    SKIPPED = "skipped"
    ERRORED = "errored"


class TestVerdict(Value, frozen=True):
    """How one test ends. sentence: why, in one line; text: the same in full. Both are safe to be
    written to a terminal and to the log of a CI."""

    kind: Kind
    sentence: str = ""
    text: str = ""
    points: int = 0
    max_points: int = 0
    duration_s: float = 0.0


class StageVerdicts(Value, frozen=True):
    """What the tests of a stage come to. report: of the stage, where it was begun. stops: why no
    other stage can be graded either; empty as a rule."""

    checks: Mapping[str, TestVerdict]
    report: StageReport | None = None
    stops: str = ""


class Told(Value, frozen=True):
    """What was told of a grading: its report, and why it was not graded. path: the submission as
    its user names it."""

    report: Report | None
    reason: str
    path: str


def skipped(names: Sequence[str], reason: str) -> StageVerdicts:
    """A stage that was not graded, and why."""
    return StageVerdicts({name: TestVerdict(Kind.SKIPPED, _line(reason)) for name in names})


def verdicts(
    stage: Stage, names: Sequence[str], told: Told, done: Sequence[StageReport]
) -> StageVerdicts:
    """What the tests of these names come to. stage: narrowed, if it was graded so. done: the
    stages that were graded before."""
    report = told.report
    if report is None or report.outcome is Outcome.NOT_GRADED:
        return _not_graded(names, told)
    found = next((it for it in report.stages if it.slug == stage.slug), None)
    checks = {it.id.partition("/")[2]: it for it in found.checks} if found else {}
    judged = {
        name: _judged(_after(stage, checks[name], done), told)
        for name in names
        if name in checks and not _is_open(checks[name], report)
    }
    reason = report.reason or told.reason or "it was not judged"
    missing = [name for name in names if name not in judged]
    return StageVerdicts(judged | dict(_errored(missing, reason)), found)


def _is_open(check: CheckReport, report: Report) -> bool:
    """Whether it was not judged because the run was broken off."""
    return report.outcome is Outcome.ERRORED and check.verdict is Verdict.SKIPPED


def _after(stage: Stage, check: CheckReport, done: Sequence[StageReport]) -> CheckReport:
    """The check, skipped where it only fails for what a check of an earlier stage failed for."""
    if check.verdict is not Verdict.FAILED:
        return check
    declared = next((it for it in stage.checks if f"{stage.slug}/{it.name}" == check.id), None)
    reason = why_skip_check(declared, stage, (), done) if declared else None
    return replace(check, verdict=Verdict.SKIPPED, reason=reason) if reason else check


def _judged(check: CheckReport, told: Told) -> TestVerdict:
    assert told.report is not None
    environment = told.report.header.environment
    kind = {"note": Kind.ADVICE}.get(name := outcome(check, strict=environment.strict)) or Kind(
        name
    )
    sentence = text = ""
    if kind is Kind.ADVICE:
        sentence = worth_fixing(check)
    elif kind is Kind.FAILED and check.failure is not None:
        sentence = check.failure.summary
    elif kind is not Kind.PASSED:
        sentence = check.reason or "not judged"
    if check.failure is not None and kind in (Kind.FAILED, Kind.ADVICE):
        again = ["grade", "--check", check.id, "--seed", str(environment.seed), "--hint", told.path]
        lines = [*check_lines(check, _STYLE, strict=True), f"     again     {shlex.join(again)}"]
        text = "\n".join(map(no_command, map(printable, lines)))
    return TestVerdict(
        kind, _line(sentence), text, check.points, check.max_points, check.duration_s
    )


def _not_graded(names: Sequence[str], told: Told) -> StageVerdicts:
    """Where there is nothing to grade, the first test fails, for its author can change that."""
    report = told.report
    reason = (report.reason if report else None) or told.reason or "it was not graded"
    if report is None:
        return StageVerdicts(dict(_errored(names, reason)))
    lines = ["", *output_lines(report.output_tail, _STYLE)] if report.output_tail else []
    text = "\n".join(map(no_command, [printable(reason), *lines]))
    first, *others = names
    checks = {first: TestVerdict(Kind.FAILED, _line(reason), text)}
    stops = f"not graded: {reason}"
    return StageVerdicts(checks | {**skipped(others, stops).checks}, None, stops)


def _errored(names: Sequence[str], reason: str) -> Iterator[tuple[str, TestVerdict]]:
    """One error, which names the reason; the others are skipped."""
    for name in names[:1]:
        yield name, TestVerdict(Kind.ERRORED, _line(reason))
    for name in names[1:]:
        yield name, TestVerdict(Kind.SKIPPED, _line(f"could not be judged: {reason}"))


def _line(text: str) -> str:
    return no_command(printable(text)[:2000])
