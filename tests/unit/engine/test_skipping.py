"""A check is skipped when what it asks for has failed by itself; that is never a pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.check.declaration import ADVICE, REQUIRED, Level
from grader.check.failure import Kind
from grader.engine.skipping import why_skip_check, why_skip_stage, why_skipped
from grader.report.model import CheckReport, FailureDetail, StageReport, Verdict, stage_verdict
from tests.unit.runs import declared, passes, stage

if TYPE_CHECKING:
    from collections.abc import Sequence

ASKS = declared(passes, "second", asks=("files/stores",))
HERE = stage("keep", ASKS)


def judged(
    verdict: Verdict,
    named: str = "files/stores",
    kind: Kind | None = None,
    level: Level = REQUIRED,
    actual: str | bytes | None = None,
) -> CheckReport:
    failure = FailureDetail(kind, "It failed.", actual=actual) if kind else None
    return CheckReport(named, "", "", "", level, verdict, "why", failure=failure)


def why(*before: CheckReport, done: Sequence[CheckReport] = ()) -> str | None:
    ordinary = judged(Verdict.PASSED, "keep/first")
    earlier = StageReport(1, "files", "", "track", Verdict.FAILED, checks=tuple(done))
    return why_skip_check(ASKS, HERE, (ordinary, *before), (earlier,))


@pytest.mark.parametrize("kind", Kind)
def test_what_failed_by_itself_is_not_asked_again(kind: Kind) -> None:
    wanted = "it builds on files/stores, which failed"

    assert why(done=[judged(Verdict.FAILED, kind=kind)]) == wanted
    assert why(judged(Verdict.FAILED, kind=kind)) == wanted


def test_what_could_not_be_judged_is_not_asked_again() -> None:
    assert why(judged(Verdict.ERRORED)) == "it builds on files/stores, which could not be judged"


@pytest.mark.parametrize(
    "other",
    [
        judged(Verdict.PASSED),
        judged(Verdict.SKIPPED),
        judged(Verdict.FAILED, kind=Kind.FILES, actual=b"other bytes"),
        judged(Verdict.FAILED, "files/serves", Kind.MISMATCH),
    ],
    ids=["passed", "skipped", "stored something else", "another check"],
)
def test_it_is_judged_after_anything_else(other: CheckReport) -> None:
    assert why(other) is None


def test_a_check_that_was_asked_for_by_name_is_judged() -> None:
    gone = judged(Verdict.FAILED, kind=Kind.MISMATCH)

    assert why_skip_check(ASKS, HERE.narrowed_to({"second"}), (gone,), ()) is None


def test_the_ordinary_case_comes_before_it() -> None:
    first = judged(Verdict.SKIPPED, "keep/first")

    assert why_skip_check(ASKS, HERE, (first,), ()) == "the stage's ordinary case was skipped"


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        ((Verdict.PASSED, Verdict.SKIPPED), Verdict.SKIPPED),
        ((Verdict.FAILED, Verdict.SKIPPED), Verdict.FAILED),
        ((Verdict.ERRORED, Verdict.SKIPPED), Verdict.ERRORED),
        ((Verdict.PASSED, Verdict.PASSED), Verdict.PASSED),
    ],
)
def test_a_stage_with_a_skipped_check_has_not_passed(
    verdicts: tuple[Verdict, ...], wanted: Verdict
) -> None:
    checks = [judged(verdict) for verdict in verdicts]

    assert stage_verdict(checks, strict=False) is wanted
    assert why_skipped(wanted, checks) == ("why" if wanted is Verdict.SKIPPED else None)


def test_skipped_advice_counts_with_strict_alone() -> None:
    checks = [judged(Verdict.PASSED), replace(judged(Verdict.SKIPPED), level=ADVICE)]

    assert stage_verdict(checks, strict=False) is Verdict.PASSED
    assert stage_verdict(checks, strict=True) is Verdict.SKIPPED


def test_a_stage_that_fails_ends_its_own_track_alone() -> None:
    failed = StageReport(1, "ok", "", "track", Verdict.FAILED)
    elsewhere = replace(HERE, track="other")

    assert why_skip_stage(replace(HERE, track="track"), [failed], keep_going=False) == "ok failed"
    assert why_skip_stage(replace(HERE, track="track"), [failed], keep_going=True) is None
    assert why_skip_stage(elsewhere, [failed], keep_going=False) is None
    assert why_skip_stage(replace(elsewhere, requires=("ok",)), [failed], keep_going=False)
