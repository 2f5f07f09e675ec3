"""The class as a table: a row for each submission, or for each of its checks. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.intake.given import Student
from grader.outcomes import Outcome
from grader.report.model import Verdict
from grader.text.csv_table import Cells, csv_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.intake.given import Given
    from grader.jobs.handed_in import HandedIn
    from grader.jobs.results import ClassResult
    from grader.report.model import CheckReport, Report

COLUMNS = (
    "name", "path", "verdict", "score", "max_score", "stages_passed", "first_failed_check",
    "kind", "problem", "reason", "was", "policy", "seed", "late", "id", "login", "email",
    "student",
)  # fmt: skip
CHECK_COLUMNS = (
    "name", "path", "stage", "check", "level", "verdict", "points", "max_points", "kind", "problem",
    "reason", "policy", "seed",
)  # fmt: skip


def gradebook(
    rows: Iterable[tuple[str, str, ClassResult]],
    seed: int,
    policy: str = "",
    handed_in: Iterable[Given | HandedIn] = (),
) -> str:
    """Rows of (name, path, result) as CSV text with a header. policy: of the class, in words.
    handed_in: how each was, where that is known: one of several students has a row for each. A
    cell is empty where there is nothing to say."""
    found = [*rows]
    known: list[Given | HandedIn | None] = [*handed_in]
    known = known or [None] * len(found)
    cells = [
        (*_values(*row, policy, seed), *whose)
        for row, given in zip(found, known, strict=True)
        for whose in _whose(given)
    ]
    return csv_table(COLUMNS, cells)


def _whose(given: Given | HandedIn | None) -> list[Cells]:
    if given is None:
        return [(None,) * 5]
    late = None if given.late is None else ("in time", "late")[given.late]
    known = given.students or (Student(),)
    return [(late, it.id, it.login, it.email, it.name) for it in known]


def check_cells(name: str, path: str, report: Report) -> list[Cells]:
    """A row for each check of a submission, by CHECK_COLUMNS. What was not judged has no points."""
    environment = report.header.environment
    return [
        (
            name, path, stage.slug, check.id.partition("/")[2], check.level, check.verdict,
            check.points if _is_judged(check, report) else None, check.max_points,
            *((check.failure.kind, check.failure.summary) if check.failure else (None, None)),
            check.reason, environment.policy, environment.seed,
        )
        for stage in report.stages
        for check in stage.checks
    ]  # fmt: skip


def _is_judged(check: CheckReport, report: Report) -> bool:
    graded = report.outcome is Outcome.GRADED
    return graded and check.verdict is not Verdict.ERRORED


def _values(name: str, path: str, result: ClassResult, policy: str, seed: int) -> Cells:
    last = (result.reason, result.was, policy, seed)
    if (found := result.scored) is None:  # what is not judged has no score
        return (name, path, result.outcome, None, None, None, None, None, None, *last)
    first = found.first_failed
    failed = (first.check, first.kind, first.problem) if first else (None, None, None)
    numbers = (found.score, found.max_score, found.stages_passed)
    return (name, path, result.outcome, *numbers, *failed, *last)
