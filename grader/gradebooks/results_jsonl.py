"""The class for programs: a JSON object for each submission, one on each line (jsonlines.org).
Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.gradebooks.scores import Counting, Score, require_known, score_or_why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grader.gradebooks.result import Result

FORMAT: Final = "stage-grader/result"
VERSION: Final = 1


def results_jsonl(results: Sequence[Result], counting: Counting) -> str:
    """Lines of ASCII. What was not judged has null for its score and its points. Raises
    `UsageError`."""
    require_known(counting, results)
    return "".join(f"{codec.to_json(_object(it, counting), shown=True)}\n" for it in results)


def _object(result: Result, counting: Counting) -> dict[str, Any]:
    score, why = score_or_why(result, counting)
    judged = result.is_scored
    return {
        "format": FORMAT,
        "version": VERSION,
        "submission": result.name,
        "students": [asdict(student) for student in result.students],
        "verdict": result.outcome,
        "score": _number(score.points) if score else None,
        "max_score": _number(score.most) if score else None,
        "points": result.points if judged else None,
        "max_points": result.max_points if judged else None,
        "stages": [asdict(stage) for stage in result.stages] if judged else [],
        "first_failed_check": result.check or None,
        "kind": result.kind or None,
        "problem": result.problem or None,
        "reason": result.reason or _why(score, why),
        "late": result.late,
        "policy": result.policy,
        "hidden": list(result.hidden),
        "counting": counting.says,
        "seed": result.seed,
    }


def _why(score: Score | None, why: str) -> str | None:
    return None if score else why


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
