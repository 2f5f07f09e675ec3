"""The class for programs: a JSON object for each submission, one on each line (jsonlines.org).
Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader import codec
from grader.gradebooks.scores import Counting, require_known, score_or_why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grader.gradebooks.document import ResultDocument
    from grader.gradebooks.result import Result


def results_jsonl(results: Sequence[Result], counting: Counting) -> str:
    """Lines of ASCII. What was not judged has null for its score and its points. Raises
    `UsageError`."""
    require_known(counting, results)
    lines = (codec.to_json(_document(it, counting), shown=True) for it in results)
    return "".join(f"{line}\n" for line in lines)


def _document(result: Result, counting: Counting) -> ResultDocument:
    from grader.gradebooks import document as made  # msgspec takes 11 ms, most exports do without

    score, why = score_or_why(result, counting)
    judged = result.is_scored
    return made.ResultDocument(
        format=made.FORMAT,
        version=made.VERSION,
        submission=result.name,
        students=tuple(
            made.StudentDocument(it.id, it.login, it.email, it.name, it.group)
            for it in result.students
        ),
        verdict=result.outcome,
        score=_number(score.points) if score else None,
        max_score=_number(score.most) if score else None,
        points=result.points if judged else None,
        max_points=result.max_points if judged else None,
        stages=tuple(
            made.StageDocument(it.stage, it.track, it.verdict, it.points, it.max_points)
            for it in (result.stages if judged else ())
        ),
        first_failed_check=result.check or None,
        kind=result.kind or None,
        problem=result.problem or None,
        reason=result.reason or (None if score else why),
        late=result.late,
        policy=result.policy,
        hidden=result.hidden,
        counting=counting.says,
        seed=result.seed,
    )


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
