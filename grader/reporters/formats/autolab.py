"""The output of an autograder of Autolab: its last line is JSON with a score for each problem.

Source: docs.autolabproject.com, "Guide for lab authors" and "Formatted feedback": `scores` by
problem, and before it a line with `_presentation: semantic`, whose stages are shown as a table. The
problems of the assessment have to have the slugs of the stages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader import codec
from grader.outcomes import Outcome
from grader.reporters.formats import told
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.report.model import Report


def render(report: Report) -> str:
    """Explanations first, then the two lines that Autolab reads. A run that could not be judged
    has neither, so Autolab gives no points and shows what is here."""
    lines = [told.summary(report), ""]
    for _, check in told.checks(report):
        if text := told.explanation(check, report):
            lines += [
                f"[{told.mark(check, report)}] {printable(check.title)} ({printable(check.id)})",
                text,
                "",
            ]
    # a line that begins with a brace is what Autolab looks for
    plain = "\n".join(lines)
    text = "\n".join(f" {line}" if line.startswith("{") else line for line in plain.split("\n"))
    if report.outcome is Outcome.ERRORED:
        return text + "\n"
    return "\n".join([text, _line(_feedback(report)), _line(_scores(report))]) + "\n"


def _line(value: dict[str, Any]) -> str:
    return codec.to_json(value, shown=True)


def _feedback(report: Report) -> dict[str, Any]:
    stages = {
        stage.slug: {
            check.title: {
                "passed": told.mark(check, report) in ("passed", "note"),
                **({"hint": said} if (said := told.sentence(check, report)) else {}),
            }
            for check in stage.checks
        }
        for stage in report.stages
    }
    return {"_presentation": "semantic", "stages": [*stages], **stages}


def _scores(report: Report) -> dict[str, Any]:
    return {"scores": {stage.slug: stage.points for stage in report.stages}}
