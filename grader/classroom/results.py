"""What became of each submission of a class, and of the class as a whole: outcomes and the exit code. Pure."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from grader.report import Verdict
from grader.reporters.progress import counted

LONGEST_BRIEF = 64 * 1024  # characters; what a grading writes is a fraction of that
_USAGE = 2


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"  # could not be judged: the grader's or the machine's fault, or it took too long
    NOT_GRADED = "not_graded"  # there is nothing that could be started


class Stop(Enum):
    """Why a grading was stopped from outside."""

    OVERTIME = "overtime"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a grading found, as its own brief report says (`grader.reporters.brief`). rung: what contained it."""

    verdict: Verdict
    reason: str | None
    score: int
    max_score: int
    stages_passed: int
    stages: int
    checks_judged: int
    check: str | None
    requirement: str | None
    rung: str | None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a grading's process ended. code: as in `subprocess`, negative for a signal. said: the end of its standard
    error. brief: the text of its brief report, or None. stopped: why, if we stopped it; limit_s: after how long."""

    code: int
    said: str
    brief: str | None
    took_s: float
    limit_s: float
    stopped: Stop | None = None

    def says(self, sentence: str) -> bool:
        """Whether it ended with an error whose sentence begins so."""
        return self.code > 0 and not self.stopped and _sentence(self.said).startswith(sentence)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one submission. reason: why it is errored or was not graded. brief: what was found, as far as
    it came."""

    outcome: Outcome
    reason: str | None = None
    brief: Brief | None = None
    took_s: float = 0.0


NOT_BEGUN = Result(Outcome.NOT_GRADED, "interrupted before it was judged")
_JUDGED = {(0, Verdict.PASSED): Outcome.PASSED, (1, Verdict.FAILED): Outcome.FAILED}


def result(ending: Ending, *, refused: str) -> Result:
    """What became of a submission whose grading ended so. An exit code counts only with a report that says the same.

    refused: how the sentence begins with which a grading does not enter its sandbox; that is no submission's fault.
    """
    brief = None if ending.brief is None else read_brief(ending.brief)
    outcome = _JUDGED.get((ending.code, brief.verdict)) if brief else None
    if outcome:
        return Result(outcome, None, brief, ending.took_s)
    if ending.stopped:
        return Result(Outcome.ERRORED, _why_stopped(ending, brief), brief, ending.took_s)
    said = _sentence(ending.said)
    if ending.code == _USAGE and not said.startswith(refused):
        reason = (brief and brief.reason) or said or "it cannot be started"
        return Result(Outcome.NOT_GRADED, reason, None, ending.took_s)
    reason = _how_it_died(ending.code) or (brief and brief.reason) or said or f"its grading ended with {ending.code}"
    return Result(Outcome.ERRORED, reason, brief, ending.took_s)


def read_brief(text: str) -> Brief | None:
    """The brief report in `text`, or None where it is none."""
    try:
        found: dict[str, Any] = json.loads(text)
        first = found["first_failed"] or {"check": None, "requirement": None}
        numbers = [found[key] for key in ("score", "max_score", "stages_passed", "stages", "checks_judged")]
        texts = [found["reason"], first["check"], first["requirement"], found["rung"]]
        if all(type(value) is int for value in numbers) and all(isinstance(value, str | None) for value in texts):
            return Brief(Verdict(found["verdict"]), texts[0], *numbers, *texts[1:])
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    return None


def exit_code(results: Iterable[Result]) -> int:
    """0 when all passed; 2 when not one could be started; 3 when one could not be judged; else 1."""
    outcomes = {result.outcome for result in results}
    if outcomes == {Outcome.NOT_GRADED}:
        return _USAGE
    if Outcome.ERRORED in outcomes:
        return 3
    return 0 if outcomes == {Outcome.PASSED} else 1


def count(results: Iterable[Result]) -> str:
    """`3 passed, 1 failed, 1 could not be judged`."""
    found = Counter(result.outcome for result in results)
    said = [f"{found[outcome]} {word}" for outcome, word in _COUNTED.items() if found[outcome] or outcome in _ALWAYS]
    return ", ".join(said)


_COUNTED = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.ERRORED: "could not be judged",
    Outcome.NOT_GRADED: "not graded",
}
_ALWAYS = (Outcome.PASSED, Outcome.FAILED)


def _why_stopped(ending: Ending, brief: Brief | None) -> str:
    why = "interrupted" if ending.stopped is Stop.INTERRUPTED else f"stopped after {ending.limit_s:g} s"
    return f"{why}; {counted(brief.checks_judged, 'check')} judged" if brief else f"{why}, and it left no report"


def _how_it_died(code: int) -> str | None:
    if code >= 0:
        return None
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    perhaps = "; the machine may have run out of memory" if -code == signal.SIGKILL else ""
    return f"its grading was killed by {name}{perhaps}"


def _sentence(said: str) -> str:
    """What the process said, in one line: the whole of our own message, or the last line of anything else."""
    text = said.strip()
    if text.startswith("grade: "):
        return text.removeprefix("grade: ")
    return text.splitlines()[-1].strip().removeprefix("Error: ") if text else ""
