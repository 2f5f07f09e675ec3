"""What a class counts otherwise than its course: applied to reports that are there, so that nothing
is graded again for it. Pure.

A check that no longer counts may be why others were never judged: those after a stage's ordinary
case, or the stages that build on it. Then nobody knows what they would have come to, and the report
is errored until the submission is graded again, with the policy known from the start.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.errors import UsageError
from grader.outcomes import Outcome
from grader.report.model import (
    CheckReport,
    Report,
    StageReport,
    Verdict,
    ending_of,
    run_verdict,
    stage_verdict,
)
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence


class StagePoints(Value, frozen=True):
    """What passing all of a stage is worth."""

    stage: str
    points: int


class Policy(Value, frozen=True):
    """advice: the checks, by their ids, that are advice here. without: checks by their ids and
    stages by their slugs that are left out. points: what stages are worth; the others as in the
    course."""

    advice: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    points: tuple[StagePoints, ...] = ()

    @property
    def says(self) -> str:
        """In words, for every report; empty where all counts as in the course."""
        points = [f"{it.stage} {it.points}" for it in self.points]
        parts = (("advice", self.advice), ("without", self.without), ("points", points))
        return "; ".join(f"{what} {', '.join(words)}" for what, words in parts if words)

    def joined(self, more: Policy) -> Policy:
        """Both; where they differ, the other one counts."""
        own = [it for it in self.points if it.stage not in {new.stage for new in more.points}]
        return Policy(
            _united([it for it in self.advice if it not in more.without], more.advice),
            _united([it for it in self.without if it not in more.advice], more.without),
            (*own, *more.points),
        )

    def leaves_out(self, check: str) -> bool:
        """Whether the check with this id is left out, alone or with its stage."""
        return check in self.without or check.partition("/")[0] in self.without

    def applied(self, report: Report) -> Report:
        """The report as this class counts it."""
        if self == Policy():
            return report
        environment = replace(report.header.environment, policy=self.says)
        report = replace(report, header=replace(report.header, environment=environment))
        strict = environment.strict
        stages = tuple(
            self._counted(stage, strict=strict)
            for stage in report.stages
            if stage.slug not in self.without
        )
        if report.reason is not None:  # nothing changes why it has no verdict
            return replace(report, stages=stages)
        verdict = run_verdict(stages)
        counted = replace(
            report, stages=stages, verdict=verdict, outcome=ending_of(verdict).outcome
        )
        if gate := self._hides(report, counted):
            why = f"{gate} does not count here, so what was skipped for it is to be graded again"
            return replace(counted, verdict=Verdict.ERRORED, outcome=Outcome.ERRORED, reason=why)
        return counted

    def _counted(self, stage: StageReport, *, strict: bool) -> StageReport:
        kept = [check for check in stage.checks if not self.leaves_out(check.id)]
        checks = [self._as_advice(check, strict=strict) for check in kept]
        changed = checks != [*stage.checks]
        if changed and stage.verdict is not Verdict.SKIPPED:
            verdict = stage_verdict(checks, strict=strict)
            reason = stage.reason if verdict is stage.verdict else None
            stage = replace(stage, verdict=verdict, reason=reason)
        most = sum(check.max_points for check in checks) if changed else stage.max_points
        wanted = {it.stage: it.points for it in self.points}.get(stage.slug)
        if wanted is not None and most:
            checks, most = _shared(checks, wanted), wanted
        return replace(stage, checks=tuple(checks), max_points=most)

    def _as_advice(self, check: CheckReport, *, strict: bool) -> CheckReport:
        if check.id not in self.advice or check.level is Level.ADVICE:
            return check
        if strict:  # then advice counts, and is worth what it was
            return replace(check, level=Level.ADVICE)
        return replace(check, level=Level.ADVICE, points=0, max_points=0)

    def _hides(self, report: Report, counted: Report) -> str:
        """The id of a check that no longer counts, and for which one that does was skipped; empty
        where there is none."""
        strict = report.header.environment.strict
        left = {check.id for stage in counted.stages for check in _that_count(stage, strict)}
        skipped = [
            (stage, check)
            for stage in counted.stages
            for check in _that_count(stage, strict)
            if check.verdict is Verdict.SKIPPED
        ]
        for stage in report.stages:
            for check in _that_count(stage, strict):
                gone = check.id not in left and check.verdict in (Verdict.FAILED, Verdict.ERRORED)
                if gone and any(_because_of(check, stage, *whose) for whose in skipped):
                    return check.id
        return ""


NO_POLICY: Final = Policy()
"""Of a class that counts as its course does."""


def required_known(words: Iterable[str], ids: Collection[str], option: str) -> None:
    """Raises `UsageError` for a word that is neither one of these checks nor one of their stages.
    option: which had the words."""
    known = {*ids, *(one.partition("/")[0] for one in ids)}
    for word in words:
        if word not in known:
            close = did_you_mean(word, known) or "; `grade show STAGE` lists the checks of a stage"
            raise UsageError(f"{option}: there is no check or stage {word!r}{close}")


def _because_of(
    gone: CheckReport, its_stage: StageReport, stage: StageReport, skipped: CheckReport
) -> bool:
    """Whether this check may have been skipped for that one (`grader.engine.skipping`)."""
    if gone.id in (skipped.reason or ""):
        return True
    ordinary = bool(its_stage.checks) and its_stage.checks[0].id == gone.id
    of_its_stage = skipped.id.partition("/")[0] == its_stage.slug
    return ordinary if of_its_stage else stage.verdict is Verdict.SKIPPED


def _that_count(stage: StageReport, strict: bool) -> list[CheckReport]:
    return [check for check in stage.checks if strict or check.level is Level.REQUIRED]


def _shared(checks: Sequence[CheckReport], points: int) -> list[CheckReport]:
    """The checks worth so much together, each in proportion, and in whole points: the sum over the
    first of them is rounded, so that nothing is lost."""
    most = sum(check.max_points for check in checks)
    sums = [0]
    for check in checks:
        sums.append(sums[-1] + check.max_points)
    bounds = [(2 * points * so_far + most) // (2 * most) for so_far in sums]
    shares = [end - start for start, end in pairwise(bounds)]
    return [
        replace(check, max_points=share, points=share if check.points else 0)
        for check, share in zip(checks, shares, strict=True)
    ]


def _united(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))
