"""What became of each submission of a class, and of the class as a whole: outcomes and the exit
code. Pure."""

from __future__ import annotations

import signal
from collections import Counter
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from grader import codec, outcomes
from grader.codec import BrokenJson
from grader.errors import OWN_FAULT
from grader.report.brief import Brief
from grader.report.model import Verdict
from grader.reporters.brief import brief_of
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.report.model import Report

LONGEST_BRIEF = 64 * 1024  # characters; what a grading writes is a fraction of that


class ClassOutcome(StrEnum):
    """As `grader.outcomes.Outcome`, with what grading came to."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = outcomes.Outcome.ERRORED.value
    NOT_GRADED = outcomes.Outcome.NOT_GRADED.value


class Stop(Enum):
    """Why a grading was stopped from outside."""

    OVERTIME = "overtime"
    INTERRUPTED = "interrupted"


class ProcessEnd(Value, frozen=True):
    """How a grading's process ended. code: as in `subprocess`, negative for a signal. said: the end
    of its standard error. brief: the text of its brief report, or None. stopped: why, if we stopped
    it; limit_s: after how long."""

    code: int
    said: str
    brief: str | None
    took_s: float
    limit_s: float
    stopped: Stop | None = None

    def says(self, sentence: str) -> bool:
        """Whether it ended with an error whose sentence begins so."""
        return self.code > 0 and not self.stopped and _sentence(self.said).startswith(sentence)


class ClassResult(Value, frozen=True):
    """What became of one submission. reason: why it is errored or was not graded. brief: what was
    found, as far as it came. was: what it came to before, where that is something else."""

    outcome: ClassOutcome
    reason: str | None = None
    brief: Brief | None = None
    took_s: float = 0.0
    was: str = ""

    @property
    def scored(self) -> Brief | None:
        """What was found, where that is a score: an errored grading has none, however far it
        came."""
        judged = self.outcome in (ClassOutcome.PASSED, ClassOutcome.FAILED)
        return self.brief if judged else None


NOT_BEGUN = ClassResult(ClassOutcome.ERRORED, "interrupted before it was judged")
_JUDGED = {
    (found.exit_code, found.outcome, verdict): outcome
    for found, verdict, outcome in (
        (outcomes.Ending.PASSED, Verdict.PASSED, ClassOutcome.PASSED),
        (outcomes.Ending.FAILED, Verdict.FAILED, ClassOutcome.FAILED),
        (outcomes.Ending.NOT_GRADED, Verdict.SKIPPED, ClassOutcome.NOT_GRADED),
    )
}


def result(ending: ProcessEnd) -> ClassResult:
    """What became of a submission whose grading ended so. An exit code counts only with a report
    that says the same."""
    brief = None if ending.brief is None else read_brief(ending.brief)
    outcome = _JUDGED.get((ending.code, brief.outcome, brief.verdict)) if brief else None
    if brief and outcome is ClassOutcome.NOT_GRADED:
        return ClassResult(
            outcome, brief.reason or "there is nothing to grade", None, ending.took_s
        )
    if outcome:
        return ClassResult(outcome, None, brief, ending.took_s)
    if ending.stopped:
        return ClassResult(ClassOutcome.ERRORED, _why_stopped(ending, brief), brief, ending.took_s)
    said = _sentence(ending.said)
    reason = (
        _how_it_died(ending.code)
        or (brief and brief.reason)
        or said
        or f"its grading ended with exit code {ending.code}"
    )
    return ClassResult(ClassOutcome.ERRORED, reason, brief, ending.took_s)


def result_of(report: Report, took_s: float = 0.0) -> ClassResult:
    """What became of a submission with this report."""
    brief = brief_of(report)
    if report.outcome is outcomes.Outcome.NOT_GRADED:
        return ClassResult(ClassOutcome.NOT_GRADED, brief.reason, None, took_s)
    if report.outcome is outcomes.Outcome.ERRORED:
        reason = brief.reason or "it could not be judged"
        return ClassResult(ClassOutcome.ERRORED, reason, brief, took_s)
    passed = report.verdict is Verdict.PASSED
    outcome = ClassOutcome.PASSED if passed else ClassOutcome.FAILED
    return ClassResult(outcome, None, brief, took_s)


def broke_the_grader(ending: ProcessEnd, found: ClassResult) -> bool:
    """Whether this is no verdict and no lack of the machine, but a fault of the grader: an error
    that nothing expects, or a process that was killed or says what its report does not say."""
    if found.outcome is not ClassOutcome.ERRORED or ending.stopped:
        return False
    said = f"{found.reason} {ending.said}"
    return ending.code not in _SAYS_WHY or OWN_FAULT in said


def changed(before: ClassResult, now: ClassResult) -> str:
    """What it was before, in short; empty where it is the same now."""
    if _comes_to(before) == _comes_to(now):
        return ""
    if (brief := before.scored) is None:
        return f"was {str(before.outcome).replace('_', ' ')}"
    return f"was {brief.score}/{brief.max_score}"


def _comes_to(found: ClassResult) -> tuple[object, ...]:
    brief = found.scored
    return (found.outcome, *((brief.score, brief.max_score, brief.check) if brief else ()))


def read_brief(text: str) -> Brief | None:
    """The brief report in `text`, or None where it is none."""
    try:
        return codec.from_json(text, Brief)
    except BrokenJson:
        return None


def exit_code(results: Iterable[ClassResult]) -> int:
    """When all passed, as one that passed; when there was nothing to grade in any, as one of these;
    when one could not be judged, as that; else as one that failed."""
    found = {result.outcome for result in results}
    if found == {ClassOutcome.NOT_GRADED}:
        return outcomes.Ending.NOT_GRADED.exit_code
    if ClassOutcome.ERRORED in found:
        return outcomes.Ending.ERRORED.exit_code
    return (
        outcomes.Ending.PASSED if found == {ClassOutcome.PASSED} else outcomes.Ending.FAILED
    ).exit_code


def count(results: Iterable[ClassResult]) -> str:
    """`3 passed, 1 failed, 1 could not be judged`."""
    found = Counter(result.outcome for result in results)
    said = [
        f"{found[outcome]} {word}"
        for outcome, word in _COUNTED.items()
        if found[outcome] or outcome in _ALWAYS
    ]
    return ", ".join(said)


_COUNTED = {
    ClassOutcome.PASSED: "passed",
    ClassOutcome.FAILED: "failed",
    ClassOutcome.ERRORED: "could not be judged",
    ClassOutcome.NOT_GRADED: "not graded",
}
_SAYS_WHY = (outcomes.Ending.NOT_GRADED.exit_code, outcomes.Ending.ERRORED.exit_code)
_ALWAYS = (ClassOutcome.PASSED, ClassOutcome.FAILED)


def _why_stopped(ending: ProcessEnd, brief: Brief | None) -> str:
    why = (
        "interrupted"
        if ending.stopped is Stop.INTERRUPTED
        else f"stopped after {ending.limit_s:g} s"
    )
    return (
        f"{why}; {counted(brief.checks_judged, 'check')} judged"
        if brief
        else f"{why}, and it wrote no report"
    )


def _how_it_died(code: int) -> str | None:
    if code >= 0:
        return None
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    perhaps = "; the machine may be out of memory" if -code == signal.SIGKILL else ""
    return f"its grading was killed by {name}{perhaps}"


def _sentence(said: str) -> str:
    """What the process said, in one line: the whole of our own message, or the last line of
    anything else."""
    text = said.strip()
    if text.startswith("grade: "):
        return text.removeprefix("grade: ")
    return text.splitlines()[-1].strip().removeprefix("Error: ") if text else ""
