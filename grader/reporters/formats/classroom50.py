"""`result.json` of Classroom 50.

Source: the wiki of github.com/foundation50/classroom50, "Advanced Autograding", schema
`classroom50/result/v1`: integers, names with dashes, and what names the submission comes from the
environment of the runner.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.outcomes import Outcome
from grader.reporters.formats import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.report.model import Report

SCHEMA: Final = "classroom50/result/v1"
_FROM_THE_RUNNER: Final = {
    "classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL", "release": "RELEASE_URL", "review": "REVIEW_URL",
}  # fmt: skip


def render(report: Report) -> str:
    """A test for each check that counts. Of a submission that was not graded there is no score: the
    runner refuses the file then, and the teacher sees why in it."""
    return rendered(report, os.environ)


def rendered(report: Report, environment: Mapping[str, str]) -> str:
    """The same with another environment."""
    named = {field: environment.get(name, "") for field, name in _FROM_THE_RUNNER.items()}
    named["review"] = named["review"] or named["commit"]
    tests = [
        {
            "test-name": f"{check.title} ({check.id})",
            "passed": told.mark(check, report) == "passed",
            "score": check.points,
            "max-score": check.max_points,
        }
        for _, check in told.checks(report)
        if check.max_points
    ]
    document: dict[str, Any] = {
        "schema": SCHEMA,
        **named,
        "datetime": report.header.started_at[:19] + "Z",
    }
    if report.outcome is Outcome.GRADED:
        document |= {"score": report.score, "max-score": report.max_score, "tests": tests}
    else:
        document["error"] = told.summary(report)
    return codec.to_json(document, indent=2, shown=True) + "\n"
