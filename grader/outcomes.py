"""How a run can end, and what follows: the one table of exit codes and of what becomes of a
submission. Pure."""

from __future__ import annotations

from enum import Enum, StrEnum

from grader.value import Value


class Outcome(StrEnum):
    """What becomes of a submission, in reports and in a class."""

    GRADED = "graded"  # passed or failed, with a score
    NOT_GRADED = "not_graded"  # the learner can mend it before there is anything to grade; no score
    ERRORED = "errored"  # the machine or the grader lacks something, or the run was ended; no score


class OutcomeRow(Value, frozen=True):
    """exit_code: of `grade`. outcome: in the report of a run that had begun, and in a class."""

    exit_code: int
    outcome: Outcome
    meaning: str


class Ending(Enum):
    """Every way in which a run ends. docs/teacher.md shows this table."""

    PASSED = OutcomeRow(0, Outcome.GRADED, "every selected stage passed")
    FAILED = OutcomeRow(1, Outcome.GRADED, "a stage failed")
    NOT_GRADED = OutcomeRow(
        2, Outcome.NOT_GRADED, "there is nothing to grade yet, and the learner can change that"
    )
    MISUSED = OutcomeRow(2, Outcome.ERRORED, "the command line or the course is wrong")
    ERRORED = OutcomeRow(3, Outcome.ERRORED, "the grader or the machine failed: run it again")
    INTERRUPTED = OutcomeRow(130, Outcome.ERRORED, "interrupted")

    @property
    def exit_code(self) -> int:
        return self.value.exit_code

    @property
    def outcome(self) -> Outcome:
        return self.value.outcome
