"""A run as far as it has come: the report of one that was broken off. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import replace

from grader.errors import NotGraded
from grader.outcomes import Outcome
from grader.report.model import (
    CheckFinished,
    CheckReport,
    Event,
    Repetition,
    Report,
    RunHeader,
    RunRepeated,
    RunShown,
    RunStarted,
    StageFinished,
    StageReport,
    StageStarted,
    Verdict,
)
from grader.value import Value

if TYPE_CHECKING:
    from grader.errors import GraderError

INTERRUPTED = "the run was interrupted"


class Partial(Value, frozen=True):
    """A run as far as it has come: what an interrupted run still reports."""

    header: RunHeader | None = None
    stages: tuple[StageReport, ...] = ()
    open_stage: StageStarted | None = None
    open_checks: tuple[CheckReport, ...] = field(default=())
    repetitions: tuple[Repetition, ...] = ()

    def after(self, event: Event) -> Partial:
        match event:
            case RunStarted(header=header):
                return replace(self, header=header)
            case RunRepeated() | RunShown():
                return self._repeated(event)
            case StageStarted():
                return replace(self, open_stage=event, open_checks=())
            case CheckFinished(check=check):
                return replace(self, open_checks=(*self.open_checks, check))
            case StageFinished(stage=stage):
                return replace(self, stages=(*self.stages, stage), open_stage=None, open_checks=())
        return self

    def _repeated(self, event: RunRepeated | RunShown) -> Partial:
        if isinstance(event, RunRepeated):
            return replace(self, repetitions=(*self.repetitions, event.run))
        assert self.header is not None
        environment = replace(self.header.environment, seed=event.seed)
        return replace(self, header=replace(self.header, environment=environment))

    def broken_off(self, error: GraderError | None, duration_s: float) -> Report | None:
        """The report of a run that ended here, by this error or by an interruption: what was judged
        stays, the open stage is errored. Where there was nothing to grade, no stage was begun."""
        if self.header is None:
            return None
        if isinstance(error, NotGraded):
            return Report(
                self.header, Verdict.SKIPPED, str(error), duration_s, (), error.outcome, error.said
            )
        reason = INTERRUPTED if error is None else str(error)
        stages = self.stages
        if self.open_stage is not None:
            begun = self.open_stage
            stages = (
                *stages,
                StageReport(
                    begun.number,
                    begun.slug,
                    begun.title,
                    begun.track,
                    Verdict.ERRORED,
                    reason,
                    checks=self.open_checks,
                    max_points=sum(check.max_points for check in self.open_checks),
                ),
            )
        return Report(
            self.header, Verdict.ERRORED, reason, duration_s, stages, Outcome.ERRORED,
            repetitions=self.repetitions,
        )  # fmt: skip
