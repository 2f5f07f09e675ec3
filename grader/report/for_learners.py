"""What learners see of a run of which something is hidden from them: of a hidden check its name,
its points, and what it came to. Pure.

What a check is called and what it is worth are known before the run. All else could tell what it
asks: the requirement, the failure, why it could not be judged, what went over the wire, and how
long that took. Why one was skipped names other checks and stages alone.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from grader.report.model import (
    CheckFinished,
    CheckReport,
    Event,
    Report,
    RunFinished,
    StageFinished,
    StageReport,
    Verdict,
)

HIDDEN: Final = "This check is hidden: only its name and its points are shown."


def event_for_learners(event: Event) -> Event:
    """The event without what is hidden."""
    match event:
        case CheckFinished(check=check):
            return CheckFinished(_check(check))
        case StageFinished(stage=stage):
            return StageFinished(_stage(stage))
        case RunFinished(report=report):
            return RunFinished(report_for_learners(report))
    return event


def report_for_learners(report: Report) -> Report:
    """The report without what is hidden: of one that was read back, too."""
    return replace(report, stages=tuple(map(_stage, report.stages)))


def _stage(stage: StageReport) -> StageReport:
    return replace(stage, checks=tuple(map(_check, stage.checks)))


def _check(check: CheckReport) -> CheckReport:
    if not check.hidden:
        return check
    told = {Verdict.PASSED: None, Verdict.SKIPPED: check.reason}
    return replace(
        check, requirement=HIDDEN, cite="", failure=None, transcript=(), events_left_out=0,
        duration_s=0.0, reason=told.get(check.verdict, HIDDEN),
    )  # fmt: skip
