"""Common Test Report Format: JSON that several CI dashboards read.

Source: the specification and ctrf.schema.json of github.com/ctrf-io/ctrf, version 0.0.0 and later:
times are whole milliseconds, and the schema is closed, so what is ours stands in `extra`.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report, StageReport

SPECIFICATION: Final = "0.0.0"
_STATUS: Final = {
    "passed": "passed", "note": "passed", "failed": "failed", "skipped": "skipped",
    "errored": "other",
}  # fmt: skip


def render(report: Report) -> str:
    """A test for each check; what could not be judged is `other`."""
    tests = [_test(stage, check, report) for stage, check in told.checks(report)]
    statuses = [test["status"] for test in tests]
    began = round(datetime.fromisoformat(report.header.started_at).timestamp() * 1000)
    environment = report.header.environment
    summary = {
        "tests": len(tests),
        **{name: statuses.count(name) for name in ("passed", "failed", "skipped", "other")},
        "pending": 0,
        "suites": len(report.stages),
        "start": began,
        "stop": began + _ms(report.duration_s),
        "extra": {
            "summary": told.summary(report),
            "outcome": report.outcome,
            "score": report.score,
            "max_score": report.max_score,
            "seed": environment.seed,
        },
    }
    document = {
        "reportFormat": "CTRF",
        "specVersion": SPECIFICATION,
        "timestamp": report.header.started_at,
        "generatedBy": f"grade {environment.grader_version}",
        "results": {
            "tool": {"name": "grade", "version": environment.grader_version},
            "summary": summary,
            "tests": tests,
        },
    }
    return codec.to_json(document, indent=2, shown=True) + "\n"


def _test(stage: StageReport, check: CheckReport, report: Report) -> dict[str, Any]:
    mark = told.mark(check, report)
    found: dict[str, Any] = {
        "name": check.title,
        "status": _STATUS[mark],
        "rawStatus": mark,
        "duration": _ms(check.duration_s),
        "suite": [stage.track, stage.slug],
        "tags": [str(check.level)],
        "extra": {"id": check.id, "points": check.points, "max_points": check.max_points},
    }
    if mark != "passed":
        found |= {
            "message": told.sentence(check, report),
            "trace": told.explanation(check, report),
        }
    if place := told.place(check, report):
        found |= {"filePath": place[0], "line": place[1]}
    return found


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
