"""What the page needs to know of each submission: a report of many kilobytes becomes a row of a
few. Pure.

What is hidden from learners is not in a row: the page may be shown to them, and links to reports
that do not have it.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING

from grader.check.declaration import Level
from grader.outcomes import Outcome
from grader.report.for_learners import report_for_learners
from grader.report.model import Verdict
from grader.value import Value

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report, StageReport

LONGEST = 400  # characters of a sentence: a program may be quoted in it
JUDGED = ("passed", "failed")
"""The outcomes that have a score."""


class StageCell(Value, frozen=True):
    """What one submission came to in one stage. duration_s: in seconds."""

    number: int
    slug: str
    title: str
    verdict: str
    points: int
    max_points: int
    duration_s: float


class FailedCheck(Value, frozen=True):
    """A check that a submission fails. counts: it is required, or advice counts. problem: what was
    seen, in a sentence. cause: as in `grader.report.model.FailureDetail`. hint: what to do, ""
    where that is not known."""

    id: str
    title: str
    requirement: str
    cite: str
    counts: bool
    problem: str = ""
    cause: str = ""
    hint: str = ""


class ClassRow(Value, frozen=True):
    """One submission. path: as it was given. link: where its own report is, as a URL relative to
    the page; "" without one. outcome: `passed`, `failed`, `errored` or `not_graded`; the last two
    have no score, and a reason. took_s: all of its grading, in seconds. passed: the checks that it
    passes, by their ids."""

    name: str
    path: str
    link: str
    outcome: str
    reason: str = ""
    score: int | None = None
    max_score: int = 0
    took_s: float = 0.0
    stages: tuple[StageCell, ...] = ()
    failed: tuple[FailedCheck, ...] = ()
    passed: tuple[str, ...] = ()

    @property
    def first_failed(self) -> FailedCheck | None:
        """The first failed check that counts."""
        return next((check for check in self.failed if check.counts), None)


def row_of(
    name: str, path: str, link: str, report: Report, took_s: float | None = None
) -> ClassRow:
    """The row of a submission. took_s: where the report does not know all of it."""
    shown = report_for_learners(report)
    strict = report.header.environment.strict
    checks = [check for stage in shown.stages for check in stage.checks]
    outcome = str(report.verdict if report.outcome is Outcome.GRADED else report.outcome)
    return ClassRow(
        name,
        path,
        link,
        outcome,
        (report.reason or "")[:LONGEST],
        report.score if outcome in JUDGED else None,
        report.max_score,
        report.duration_s if took_s is None else took_s,
        tuple(map(_cell, shown.stages)),
        tuple(_failed(it, strict=strict) for it in checks if it.verdict is Verdict.FAILED),
        tuple(intern(check.id) for check in checks if check.verdict is Verdict.PASSED),
    )


def _cell(stage: StageReport) -> StageCell:
    return StageCell(
        stage.number,
        intern(stage.slug),
        intern(stage.title),
        str(stage.verdict),
        stage.points,
        stage.max_points,
        stage.duration_s,
    )


def _failed(check: CheckReport, *, strict: bool) -> FailedCheck:
    counts, failure = strict or check.level is Level.REQUIRED, check.failure
    said = (
        (failure.summary[:LONGEST], failure.cause, failure.hint or "") if failure else ("", "", "")
    )
    return FailedCheck(
        # one text for all submissions, and not a copy for each
        intern(check.id),
        intern(check.title),
        intern(check.requirement),
        intern(check.cite),
        counts,
        *said,
    )
