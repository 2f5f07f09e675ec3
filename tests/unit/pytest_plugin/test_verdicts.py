"""What tests come to: advice, what was skipped, what could not be judged, and whose fault it is."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from grader.budgets import Budgets
from grader.check.declaration import Check, Level
from grader.check.failure import Kind as FailureKind
from grader.course import Launch, Stage
from grader.outcomes import Outcome
from grader.pytest_plugin.verdicts import Kind, StageVerdicts, Told, verdicts
from grader.report.model import (
    CheckReport,
    Environment,
    FailureDetail,
    Isolation,
    Report,
    RunHeader,
    StageReport,
    Verdict,
)
from grader.text.escape import no_command, printable
from tests.unit.reporters import hostile

if TYPE_CHECKING:
    from collections.abc import Sequence

ENVIRONMENT = Environment("1", "3", "Linux", Isolation("none"), 7, strict=False)
HEADER = RunHeader("http", "Course", "my server.py", ("x",), ENVIRONMENT, "2026-11-20T11:20:00Z")
NAMES = ("first", "second", "third")


def check(
    name: str, verdict: Verdict, level: Level = Level.REQUIRED, reason: str | None = None
) -> CheckReport:
    failure = FailureDetail(FailureKind.MISMATCH, f"{name} is wrong.", expected="a", actual="b")
    return CheckReport(
        f"echo/{name}", name.title(), f"A server MUST {name}", "RFC 1", level, verdict, reason,
        int(verdict is Verdict.PASSED), 1, 0.5, failure if verdict is Verdict.FAILED else None,
    )  # fmt: skip


def report(*checks: CheckReport, strict: bool = False) -> Report:
    header = replace(HEADER, environment=replace(ENVIRONMENT, strict=strict))
    stage = StageReport(4, "echo", "Echo", "http", Verdict.FAILED, checks=checks)
    return Report(header, Verdict.FAILED, stages=(stage,))


def stage(*asks: str) -> Stage:
    declared = tuple(
        Check(name, name.title(), "MUST", "RFC 1", Level.REQUIRED, lambda _: None, asks=asks)
        for name in NAMES
    )
    page = Path("stages/echo/README.md")
    return Stage(
        4, "echo", "Echo", "http", (), Launch(4221), Budgets(1, 1, 1, 1, 1), page,
        MappingProxyType({}), declared,
    )  # fmt: skip


def found(
    told: Report | None, reason: str = "", done: Sequence[StageReport] = (), *asks: str
) -> StageVerdicts:
    return verdicts(stage(*asks), NAMES, Told(told, reason, "my server.py"), done)


def kinds(judged: StageVerdicts) -> list[Kind]:
    return [judged.checks[name].kind for name in NAMES]


@pytest.mark.parametrize(("strict", "kind"), [(False, Kind.ADVICE), (True, Kind.FAILED)])
def test_advice_fails_where_it_counts(strict: bool, kind: Kind) -> None:
    judged = found(
        report(
            check("first", Verdict.PASSED), check("second", Verdict.FAILED, Level.ADVICE),
            check("third", Verdict.SKIPPED, reason="it builds on echo/second"), strict=strict,
        )
    )  # fmt: skip
    assert kinds(judged) == [Kind.PASSED, kind, Kind.SKIPPED]
    assert "second is wrong." in judged.checks["second"].sentence
    assert judged.checks["third"].sentence == "it builds on echo/second"
    assert (judged.checks["first"].points, judged.checks["first"].duration_s) == (1, 0.5)


def test_a_failure_is_explained_and_can_be_repeated() -> None:
    text = found(report(check("first", Verdict.FAILED))).checks["first"].text
    assert "A server MUST first" in text
    assert "problem   first is wrong." in text
    assert "grade --check echo/first --seed 7 --hint 'my server.py'" in text


def test_a_run_that_was_broken_off_is_one_error() -> None:
    whole = report(check("first", Verdict.PASSED))
    broken = replace(whole, reason="no memory", outcome=Outcome.ERRORED, verdict=Verdict.ERRORED)
    judged = found(broken)
    assert kinds(judged) == [Kind.PASSED, Kind.ERRORED, Kind.SKIPPED]
    assert judged.checks["second"].sentence == "no memory"
    assert judged.stops == ""


def test_a_grading_without_a_report_is_one_error() -> None:
    judged = found(None, "it was killed")
    assert kinds(judged) == [Kind.ERRORED, Kind.SKIPPED, Kind.SKIPPED]
    assert judged.checks["first"].sentence == "it was killed"


def test_where_there_is_nothing_to_grade_one_test_fails_and_no_stage_is_graded() -> None:
    refused = Report(
        HEADER, Verdict.SKIPPED, "the build fails", 0.0, (), Outcome.NOT_GRADED, b"\x1b::error::x\n"
    )
    judged = found(refused)
    assert kinds(judged) == [Kind.FAILED, Kind.SKIPPED, Kind.SKIPPED]
    assert judged.checks["first"].text.startswith("the build fails\n")
    assert "\x1b" not in judged.checks["first"].text
    assert judged.stops == "not graded: the build fails"


def test_what_fails_for_a_check_of_an_earlier_stage_is_skipped() -> None:
    asked = replace(check("x", Verdict.FAILED), id="files/stores")
    done = StageReport(3, "files", "Files", "http", Verdict.FAILED, checks=(asked,))
    failed = report(*(check(name, Verdict.FAILED) for name in NAMES))
    assert kinds(found(failed, "", (done,))) == [Kind.FAILED] * 3
    judged = found(failed, "", (done,), "files/stores")
    assert kinds(judged) == [Kind.SKIPPED] * 3
    assert judged.checks["first"].sentence == "it builds on files/stores, which failed"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(hostile.reports)
def test_nothing_that_a_server_said_is_a_command(told: Report) -> None:
    for one in told.stages:
        named = replace(stage(), slug=one.slug)
        names = [it.id.partition("/")[2] for it in one.checks]
        for verdict in verdicts(named, names, Told(told, "", "x"), ()).checks.values():
            for line in (verdict.sentence, *verdict.text.split("\n")):
                assert printable(line) == line
                assert no_command(line) == line
