"""`results.json` of a test runner of Exercism, version 3.

Source: exercism.org/docs/building/tooling/test-runners/interface: `status` is pass, fail or error,
a message has at most 65,535 characters, and the output of a test at most 500. `task_id` counts the
tasks of an exercise, which are our stages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.outcomes import Outcome
from grader.report.model import Verdict
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report

VERSION: Final = 3
MOST_MESSAGE: Final = 65_535
_STATUS: Final = {
    "passed": "pass", "note": "pass", "failed": "fail", "errored": "error", "skipped": "error",
}  # fmt: skip


def render(report: Report) -> str:
    """A test for each check that counts."""
    tests = [
        _test(number, check, report)
        for number, stage in enumerate(report.stages, 1)
        for check in stage.checks
        if check.max_points
    ]
    judged = report.outcome is Outcome.GRADED
    passed = "pass" if report.verdict is Verdict.PASSED else "fail"
    document: dict[str, Any] = {"version": VERSION, "status": passed if judged else "error"}
    if judged:
        document["tests"] = tests
    else:
        document["message"] = told.shortened(told.summary(report), MOST_MESSAGE)
    return codec.to_json(document, indent=2, shown=True) + "\n"


def _test(task: int, check: CheckReport, report: Report) -> dict[str, Any]:
    status = _STATUS[told.mark(check, report)]
    found = {
        "name": check.title,
        "test_code": told.required(check),
        "status": status,
        "task_id": task,
    }
    if status != "pass":
        found["message"] = told.explanation(check, report)
    return found
