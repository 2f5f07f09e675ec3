"""What a combinator template grader of CodeRunner, a question type of Moodle, prints: one JSON
object.

Source: trampgeek.github.io/moodle-qtype_coderunner, "Combinator-template grading": `fraction` from
0 to 1, HTML above and below a table, and `columnformats` with one entry for each column but
`iscorrect`: Moodle escapes a cell of the format `%s`, the rest of the HTML is ours. A field that it
does not know is an error, and so is an answer without `fraction`: CodeRunner then shows an error
instead of a mark.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.outcomes import Outcome
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report, StageReport

MOST_BYTES: Final = 1_000_000
"""Jobe, which runs such graders, cuts an output off at 2 MB."""

_LENGTHS: Final = (16_000, 4_000, 1_000, 200, 0)
_HEADER: Final = ("iscorrect", "Stage", "Check", "Points", "What was seen")


def render(report: Report) -> str:
    """A row for each check that counts, and what failed in full below; texts are shortened until
    all fits."""
    text = ""
    for longest in _LENGTHS:
        text = codec.to_json(_document(report, longest), shown=True) + "\n"
        if len(text.encode()) <= MOST_BYTES:
            break
    return text


def _document(report: Report, longest: int) -> dict[str, Any]:
    prologue = {"prologuehtml": f"<p>{escape(told.summary(report))}</p>"}
    if report.outcome is Outcome.ERRORED:
        return prologue
    if report.outcome is Outcome.NOT_GRADED:  # as a program that does not compile
        return {"fraction": 0, **prologue}
    rows = [_row(stage, check, report) for stage, check in told.checks(report) if check.max_points]
    failures = [_failure(check, report, longest) for _, check in told.checks(report)]
    return {
        "fraction": min(1.0, report.score / report.max_score) if report.max_score else 0,
        **prologue,
        "testresults": [_HEADER, *rows],
        "columnformats": ["%s"] * (len(_HEADER) - 1),
        "epiloguehtml": "".join(failures) if longest else "",
    }


def _row(stage: StageReport, check: CheckReport, report: Report) -> list[Any]:
    return [
        int(told.mark(check, report) == "passed"),
        f"{stage.number} {stage.slug}",
        check.title,
        f"{check.points} of {check.max_points}",
        told.shortened(told.sentence(check, report), 500),
    ]


def _failure(check: CheckReport, report: Report, longest: int) -> str:
    if told.mark(check, report) not in ("failed", "errored", "note"):
        return ""
    title, said = escape(check.title), told.explanation(check, report, max(longest, 100))
    return f"<details><summary>{title}</summary><pre>{escape(said)}</pre></details>"
