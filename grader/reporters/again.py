"""Writes a report that is there already in any format, as the run itself would have written it:
without what is hidden from learners, but for the teacher's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import GraderError, NotGraded
from grader.outcomes import Outcome
from grader.report.for_learners import report_for_learners
from grader.report.model import (
    CheckFinished,
    Event,
    Report,
    RunFinished,
    RunStarted,
    StageFinished,
    StageStarted,
    Verdict,
)
from grader.report.partial import INTERRUPTED
from grader.reporters import REPORTERS
from grader.reporters.rendered import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.reporters import ReportSpec
    from grader.reporters.terminal import Terminal


def write_again(spec: ReportSpec, report: Report) -> None:
    """Write it. Raises `GraderError`."""
    reporter = REPORTERS[spec.format].factory(spec.destination)
    if not isinstance(reporter, Whole):
        report = report_for_learners(report)
    for event in _events(report, whole=spec.format == "terminal"):
        reporter.handle(event)
    reporter.close(_ended_by(report))


def shown_again(report: Report, terminal: Terminal) -> None:
    """Show it on this terminal."""
    for event in _events(report_for_learners(report), whole=True):
        terminal.handle(event)
    terminal.close(_ended_by(report))


def replayed(report: Report) -> Iterator[Event]:
    """The events from which its stages are known, as they came."""
    for stage in report.stages:
        if stage.verdict is not Verdict.SKIPPED:
            yield StageStarted(stage.number, stage.slug, stage.title, stage.track)
            yield from map(CheckFinished, stage.checks)
        yield StageFinished(stage)


def _events(report: Report, *, whole: bool) -> Iterator[Event]:
    """whole: also what came before the end; others than a terminal read all from the last one."""
    broken_off = report.reason is not None
    if whole:
        stages = tuple((stage.number, stage.slug, stage.title) for stage in report.stages)
        yield RunStarted(report.header, stages)
        yield from replayed(report)
    if not (whole and broken_off):
        yield RunFinished(report)


def _ended_by(report: Report) -> GraderError | None:
    if report.reason in (None, INTERRUPTED):
        return None
    if report.outcome is Outcome.NOT_GRADED:
        return NotGraded(report.reason or "", report.output_tail)
    return GraderError(report.reason or "")
