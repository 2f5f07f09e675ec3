"""`results.json` of an external grader of PrairieLearn.

Source: docs.prairielearn.com, "External grading", "Grading results": `score` from 0 to 1, at most
1 MB in all, and `gradable: false` for what costs no attempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.outcomes import Outcome
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report

MOST_BYTES: Final = 1_000_000
_LENGTHS: Final = (16_000, 4_000, 1_000, 200, 0)


def render(report: Report) -> str:
    """A test for each check; texts are shortened until all fits."""
    text = ""
    for longest in _LENGTHS:
        text = codec.to_json(_document(report, longest), shown=True) + "\n"
        if len(text) <= MOST_BYTES:
            break
    return text


def _document(report: Report, longest: int) -> dict[str, Any]:
    if report.outcome is not Outcome.GRADED:
        reason = told.summary(report)
        return {"gradable": False, "format_errors": [reason], "message": reason}
    tests = [_test(check, report, longest) for _, check in told.checks(report) if check.max_points]
    score = min(1.0, report.score / report.max_score) if report.max_score else 0.0
    return {"gradable": True, "score": score, "message": told.summary(report), "tests": tests}


def _test(check: CheckReport, report: Report, longest: int) -> dict[str, Any]:
    return {
        "name": f"{check.title} ({check.id})",
        "description": check.requirement,
        "points": check.points,
        "max_points": check.max_points,
        "message": told.shortened(told.sentence(check, report), 500),
        "output": told.explanation(check, report, longest) if longest else "",
    }
