"""The class as a plain CSV: a row for each student, a column for each stage. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.gradebooks.scores import Counting, require_known, score_or_why
from grader.intake.given import Student
from grader.text.csv_table import Cells, csv_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.gradebooks.result import Result

_FIRST: Final = ("submission", "id", "login", "email", "name", "group", "verdict", "score",
                 "max_score", "points", "max_points")  # fmt: skip
_LAST: Final = ("first_failed_check", "kind", "problem", "reason", "late", "policy", "counting",
                "seed")  # fmt: skip


def plain(results: Sequence[Result], counting: Counting) -> str:
    """As CSV. What was not judged has no score and no points. Raises `UsageError`."""
    require_known(counting, results)
    stages = stages_of(results)
    columns = (*_FIRST, *(f"points_{stage}" for stage in stages), *_LAST)
    return csv_table(columns, (row for it in results for row in _rows(it, stages, counting)))


def stages_of(results: Sequence[Result]) -> dict[str, int]:
    """The stages that any of them has, in order, each with the points it is worth."""
    found: dict[str, int] = {}
    for result in results:
        for it in result.stages:
            found[it.stage] = max(it.max_points, found.get(it.stage, 0))
    return found


def _rows(result: Result, stages: dict[str, int], counting: Counting) -> Iterator[Cells]:
    score, why = score_or_why(result, counting)
    points = {it.stage: it.points for it in result.stages} if result.is_scored else {}
    numbers = (result.points, result.max_points) if result.is_scored else (None, None)
    scored = (str(score.points), str(score.most)) if score else (None, None)
    reason = result.reason or ("" if score else why)
    for it in result.students or (Student(),):
        yield (
            result.name, it.id, it.login, it.email, it.name, it.group, result.outcome, *scored,
            *numbers, *(points.get(stage) for stage in stages), result.check, result.kind,
            result.problem, reason, result.lateness, result.rules, counting.says, result.seed,
        )  # fmt: skip
