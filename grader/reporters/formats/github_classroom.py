"""The result of a grader of GitHub Classroom, as its reporter reads it: JSON in Base64.

Source: github.com/classroom-resources/autograding-command-grader and autograding-grading-reporter:
`result` is an output of the step, with version 1, a status of pass, fail or error, and tests.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.outcomes import Outcome
from grader.report.model import Verdict
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report

_STATUS: Final = {
    "passed": "pass", "note": "pass", "failed": "fail", "errored": "error", "skipped": "fail",
}  # fmt: skip
_LONGEST: Final = 2_000  # of one text: all of them are one environment variable in the end


def render(report: Report) -> str:
    """One line of Base64 for `echo "result=..." >> "$GITHUB_OUTPUT"`."""
    return base64.b64encode(codec.to_json(_document(report), shown=True).encode()).decode() + "\n"


def _document(report: Report) -> dict[str, Any]:
    judged = report.outcome is Outcome.GRADED
    status = "pass" if report.verdict is Verdict.PASSED else "fail"
    found = [check for _, check in told.checks(report) if check.max_points]
    return {
        "version": 1,
        "status": status if judged else "error",
        "max_score": report.max_score,
        "tests": [_test(check, report) for check in found],
        **({} if judged else {"message": told.summary(report)}),
    }


def _test(check: CheckReport, report: Report) -> dict[str, Any]:
    file, line = told.place(check, report) or ("", 0)
    return {
        "name": f"{check.title} ({check.id})",
        "status": _STATUS[told.mark(check, report)],
        "score": check.points,
        "max_score": check.max_points,
        "message": told.explanation(check, report, _LONGEST),
        "filename": file,
        "line_no": line,
        "duration": round(check.duration_s * 1000),
    }
