"""What becomes of a submission whose grading ended in each way, and the exit code of a class."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec.structs import replace

from grader.jobs.results import (
    ClassOutcome,
    ClassResult,
    ProcessEnd,
    Stop,
    count,
    exit_code,
    read_brief,
    result,
)

BRIEF = {
    "format": "stage-grader/brief", "version": 3, "seed": 1, "isolation_level": "plain",
    "outcome": "graded",
    "verdict": "passed", "reason": None, "score": 5, "max_score": 5, "stages_passed": 2,
    "stages": 2, "checks_judged": 9, "first_failed": None, "duration_s": 1.0,
}  # fmt: skip


def _brief(**changed: Any) -> str:  # noqa: ANN401
    return json.dumps(BRIEF | changed)


def _result(
    code: int, said: str = "", brief: str | None = None, stopped: Stop | None = None
) -> ClassResult:
    return result(ProcessEnd(code, said, brief, 2.0, 600.0, stopped))


ERRORED = _brief(outcome="errored", verdict="errored", reason="the run was interrupted")
NOT_GRADED = _brief(
    outcome="not_graded", verdict="skipped", reason="x cannot be started", score=0, max_score=0
)
FAILED = _brief(verdict="failed", first_failed={"check": "a/b", "requirement": "It MUST"})


def test_what_was_judged() -> None:
    passed, failed = _result(0, "", _brief()), _result(1, "", FAILED)
    assert (passed.outcome, passed.reason, passed.took_s) == (ClassOutcome.PASSED, None, 2.0)
    assert failed.outcome is ClassOutcome.FAILED
    assert failed.brief is not None
    assert (failed.brief.check, failed.brief.requirement) == ("a/b", "It MUST")


@pytest.mark.parametrize(
    ("code", "said", "brief", "stopped", "outcome", "reason"),
    [
        (2, "", NOT_GRADED, None, ClassOutcome.NOT_GRADED, "x cannot be started"),
        (2, "grade: x\n", NOT_GRADED.replace('"x cannot be started"', "null"), None,
         ClassOutcome.NOT_GRADED,
         "there is nothing to grade"),
        (3, "grade: x\n", NOT_GRADED, None, ClassOutcome.ERRORED, "x cannot be started"),
        (2, "grade: there is no file a\nb\n", None, None, ClassOutcome.ERRORED,
         "there is no file a\nb"),
        (2, "Usage: grade\n\nError: No such option\n", None, None, ClassOutcome.ERRORED,
         "No such option"),
        (2, "", ERRORED.replace("the run was interrupted", "checks.py:3: x"), None,
         ClassOutcome.ERRORED, "checks.py:3: x"),
        (2, "grade: the sandbox 'x' does not work", None, None, ClassOutcome.ERRORED,
         "the sandbox 'x' does not work"),
        (3, "grade: port 4221 is in use", None, None, ClassOutcome.ERRORED, "port 4221 is in use"),
        (3, "", _brief(outcome="errored", verdict="errored", reason="ours"), None,
         ClassOutcome.ERRORED, "ours"),
        (0, "", _brief(outcome="errored"), None, ClassOutcome.ERRORED,
         "its grading ended with exit code 0"),
        (-9, "", None, None, ClassOutcome.ERRORED,
         "its grading was killed by SIGKILL; the machine may be out of memory"),
        (-11, "", _brief(), None, ClassOutcome.ERRORED, "its grading was killed by SIGSEGV"),
        (1, "Traceback\nValueError: x\n", None, None, ClassOutcome.ERRORED, "ValueError: x"),
        (1, "ValueError: x\n", _brief(), None, ClassOutcome.ERRORED, "ValueError: x"),
        (0, "", FAILED, None, ClassOutcome.ERRORED, "its grading ended with exit code 0"),
        (0, "", "{", None, ClassOutcome.ERRORED, "its grading ended with exit code 0"),
        (130, "interrupted", ERRORED, Stop.OVERTIME, ClassOutcome.ERRORED,
         "stopped after 600 s; 9 checks judged"),
        (-9, "", None, Stop.OVERTIME, ClassOutcome.ERRORED,
         "stopped after 600 s, and it wrote no report"),
        (130, "interrupted", ERRORED, Stop.INTERRUPTED, ClassOutcome.ERRORED,
         "interrupted; 9 checks judged"),
        (0, "", _brief(), Stop.OVERTIME, ClassOutcome.PASSED, None),
    ],
)  # fmt: skip
def test_every_way_to_end(
    code: int,
    said: str,
    brief: str | None,
    stopped: Stop | None,
    outcome: ClassOutcome,
    reason: str | None,
) -> None:
    found = _result(code, said, brief, stopped)
    assert (found.outcome, found.reason) == (outcome, reason)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "1", '"x"', _brief(verdict="great"), _brief(outcome="fine"),
     _brief(score="5"), _brief(score=True), _brief(reason=3),
     _brief(first_failed=[]), _brief(first_failed={"check": "a"}), "[" * 100_000, _brief()[:-1]],
)  # fmt: skip
def test_what_is_no_brief_report(text: str) -> None:
    assert read_brief(text) is None


PASSED = ClassResult(ClassOutcome.PASSED)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ([ClassOutcome.PASSED, ClassOutcome.PASSED], 0),
        ([ClassOutcome.PASSED, ClassOutcome.FAILED], 1),
        ([ClassOutcome.PASSED, ClassOutcome.NOT_GRADED], 1),
        ([ClassOutcome.NOT_GRADED, ClassOutcome.FAILED], 1),
        ([ClassOutcome.NOT_GRADED, ClassOutcome.NOT_GRADED], 2),
        ([ClassOutcome.ERRORED, ClassOutcome.FAILED, ClassOutcome.PASSED], 3),
        ([ClassOutcome.NOT_GRADED, ClassOutcome.ERRORED], 3),
    ],
)
def test_the_exit_code_of_a_class(outcomes: list[ClassOutcome], code: int) -> None:
    assert exit_code([replace(PASSED, outcome=outcome) for outcome in outcomes]) == code


def test_counting() -> None:
    assert count([PASSED, PASSED]) == "2 passed, 0 failed"
    everything = [replace(PASSED, outcome=outcome) for outcome in ClassOutcome]
    assert count(everything) == "1 passed, 1 failed, 1 could not be judged, 1 not graded"
