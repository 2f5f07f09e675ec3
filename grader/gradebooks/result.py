"""What a gradebook needs of one submission, as values. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from grader.outcomes import Outcome
from grader.report.for_learners import report_for_learners
from grader.report.model import Verdict
from grader.reporters.brief import brief_of
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.intake.given import Student
    from grader.report.model import Report

ResultOutcome = Literal["passed", "failed", "errored", "not_graded"]
_NOT_JUDGED: Final[dict[Outcome, ResultOutcome]] = {
    Outcome.ERRORED: "errored",
    Outcome.NOT_GRADED: "not_graded",
}


class StageScore(Value, frozen=True):
    """What one stage came to."""

    stage: str
    track: str
    verdict: Verdict
    points: int
    max_points: int


class Result(Value, frozen=True):
    """What became of one submission, as the class counts it.

    name: of the submission. students: whose it is; none where only its name says so. reason: why
    it has no verdict. check, kind, problem: the first failed check that counts. late: None where
    nobody says. policy: what the class counts otherwise, in words. hidden: the ids of the checks
    that are hidden from learners.
    """

    name: str
    outcome: ResultOutcome
    students: tuple[Student, ...] = ()
    stages: tuple[StageScore, ...] = ()
    reason: str = ""
    check: str = ""
    kind: str = ""
    problem: str = ""
    late: bool | None = None
    policy: str = ""
    hidden: tuple[str, ...] = ()
    seed: int | None = None

    @property
    def is_scored(self) -> bool:
        """Whether it has a score: an errored grading has none, however far it came."""
        return self.outcome in ("passed", "failed")

    @property
    def points(self) -> int:
        """Of all stages."""
        return sum(stage.points for stage in self.stages)

    @property
    def max_points(self) -> int:
        """Of all stages."""
        return sum(stage.max_points for stage in self.stages)

    @property
    def rules(self) -> str:
        """The policy, and how much is hidden, in one line."""
        hidden = f"hidden {counted(len(self.hidden), 'check')}" if self.hidden else ""
        return "; ".join(filter(None, (self.policy, hidden)))

    @property
    def lateness(self) -> str:
        """`late` or `in time`; empty where nobody says."""
        return {True: "late", False: "in time", None: ""}[self.late]


def result_of(
    name: str, report: Report, students: Sequence[Student] = (), late: bool | None = None
) -> Result:
    """What becomes of a submission with this report, which the class's policy has been applied to.
    What a hidden check has found is left out."""
    shown = report_for_learners(report)
    brief = brief_of(shown)
    first = brief.first_failed
    passed: ResultOutcome = "passed" if report.verdict is Verdict.PASSED else "failed"
    return Result(
        name,
        _NOT_JUDGED.get(report.outcome, passed),
        tuple(students),
        tuple(
            StageScore(it.slug, it.track, it.verdict, it.points, it.max_points)
            for it in report.stages
        ),
        brief.reason or "",
        first.check if first else "",
        first.kind if first else "",
        first.problem if first else "",
        late,
        report.header.environment.policy,
        tuple(check.id for stage in report.stages for check in stage.checks if check.hidden),
        brief.seed,
    )
