"""`results.json` of a Gradescope autograder.

Source: gradescope-autograders.readthedocs.io, "Autograder Specifications". A run that takes too
long scores 0 unless the file is there already, so it is written anew after each stage, and says in
its first line while it is not whole. A submission that could not be judged has no score: Gradescope
then shows an error instead of 0 points. Lateness is said, and takes no points: Gradescope has rules
of its own for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader import codec
from grader.outcomes import Outcome
from grader.reporters.formats import told
from grader.reporters.formats.gradescope_metadata import Metadata
from grader.text.layout import counted

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report, StageReport


def render(report: Report, metadata: Metadata | None = None, *, partial: bool = False) -> str:
    """A test for each check. metadata: what Gradescope says of the submission. partial: the run
    goes on."""
    metadata = metadata or Metadata()
    first = _so_far(report) if partial else told.summary(report)
    output = "\n".join(filter(None, [first, metadata.sentence()]))
    document: dict[str, Any] = {
        "output": output,
        "output_format": "text",
        "stdout_visibility": "hidden",
        "execution_time": round(report.duration_s),
        "extra_data": {
            "outcome": "partial" if partial else report.outcome,
            "seed": report.header.environment.seed,
            **metadata.extra(),
        },
    }
    if partial or report.outcome is Outcome.GRADED:
        document |= {
            "score": report.score,
            "tests": [
                _test(stage, check, report) | {"visibility": metadata.shown}
                for stage, check in told.checks(report)
            ],
        }
    elif report.outcome is Outcome.NOT_GRADED:  # the learner can mend it: 0 points, and why
        document |= {"score": 0, "tests": []}
    return codec.to_json(document, indent=2, shown=True) + "\n"


def _so_far(report: Report) -> str:
    judged = f"{counted(len(report.stages), 'stage')}, {counted(report.score, 'point')}"
    return f"PARTIAL: grading goes on; this is what was judged so far.\n{judged}"


def _test(stage: StageReport, check: CheckReport, report: Report) -> dict[str, Any]:
    mark = told.mark(check, report)
    said = [told.sentence(check, report), told.explanation(check, report)]
    found = {
        "name": f"{stage.slug}: {check.title}",
        "number": str(stage.number),
        "score": check.points,
        "max_score": check.max_points,
        "output": "\n\n".join(filter(None, said)),
        "output_format": "text",
        "tags": [stage.track, stage.slug, str(check.level)],
    }
    # without a status, a test that is worth no points would be shown as failed or passed by these
    if mark in ("passed", "failed"):
        found["status"] = mark
    return found
