"""The class as an assignment in Gradescope's *Download Grades*, for the programs that read such
files. Gradescope itself reads none: it takes scores from an autograder alone.

Source: the file that Gradescope downloads. Its columns are those of `_FIRST`, then one for each
question, `1: title (3.0 pts)`. `Status` is `Graded`, `Ungraded` or `Missing`. `Lateness (H:M:S)` is
blank where it is only known that a submission is late, but not by how much. What Gradescope has no
column for stands at the end. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.gradebooks.plain import stages_of
from grader.gradebooks.scores import Counting, require_known, score_or_why
from grader.intake.given import Student
from grader.text.csv_table import Cells, csv_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.gradebooks.result import Result

_FIRST: Final = ("First Name", "Last Name", "SID", "Email", "Sections", "Total Score", "Max Points",
                 "Status", "Submission ID", "Submission Time", "Lateness (H:M:S)", "View Count",
                 "Submission Count")  # fmt: skip
_LAST: Final = ("Submission", "Late", "Policy", "Counting", "Verdict", "First Failed Check",
                "Problem")  # fmt: skip
_IN_TIME: Final = "00:00:00"


def gradescope(results: Sequence[Result], counting: Counting) -> str:
    """As CSV. What was not judged is `Ungraded`, and has no score. Raises `UsageError`."""
    require_known(counting, results)
    stages = stages_of(results)
    questions = [
        f"{number}: {stage} ({points:.1f} pts)"
        for number, (stage, points) in enumerate(stages.items(), 1)
    ]
    columns = (*_FIRST, *questions, *_LAST)
    return csv_table(columns, (row for it in results for row in _rows(it, stages, counting)))


def _rows(result: Result, stages: dict[str, int], counting: Counting) -> Iterator[Cells]:
    score, why = score_or_why(result, counting)
    points = {it.stage: it.points for it in result.stages} if score else {}
    numbers = (str(score.points), str(score.most), "Graded") if score else (None, None, "Ungraded")
    lateness = _IN_TIME if result.late is False else None
    problem = result.problem or result.reason or ("" if score else why)
    for it in result.students or (Student(name=result.name),):
        yield (
            *_names(it.name), it.id, it.email or (it.login if "@" in it.login else ""), None,
            *numbers, None, None, lateness, None, None, *(points.get(stage) for stage in stages),
            result.name, result.lateness, result.rules, counting.says, result.outcome,
            result.check, problem,
        )  # fmt: skip


def _names(name: str) -> tuple[str, str]:
    """First and last name, as far as a name says it."""
    last, comma, first = name.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = name.strip().rpartition(" ")
    return (first, last) if first else (last, "")
