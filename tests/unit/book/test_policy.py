"""What a class counts otherwise: verdicts and points follow, and what nobody has judged is never
taken for passed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from grader.book.model import Basis, KeptResult
from grader.book.outline import counted, outline_of
from grader.book.policy import Policy, StagePoints, required_known
from grader.errors import UsageError
from grader.outcomes import Outcome
from grader.report.codec import from_json, to_json
from grader.report.model import Report, Verdict
from grader.reporters.brief import brief_of
from grader.reporters.closing import headline
from tests.unit.book.reports import check, not_graded, of_marks, report, stage


def points(found: Report) -> tuple[int, int]:
    return found.score, found.max_score


def test_without_a_policy_a_report_stays_as_it_is() -> None:
    found = of_marks(ok=". F", echo=". .")
    assert Policy().applied(found) is found
    assert Policy().says == ""


def test_a_disputed_check_becomes_advice() -> None:
    found = of_marks(ok=". F .", echo=". .")
    assert (found.verdict, points(found)) == (Verdict.FAILED, (4, 5))
    changed = Policy(advice=("ok/b",)).applied(found)
    assert (changed.verdict, changed.outcome, points(changed)) == (
        Verdict.PASSED, Outcome.GRADED, (4, 4),
    )  # fmt: skip
    assert brief_of(changed).stages_passed == 2
    assert brief_of(changed).first_failed is None
    assert changed.stages[0].checks[1].failure is not None  # it is still shown
    assert headline(changed).endswith("4 of 4 points (class policy: advice ok/b)")


def test_what_is_not_taught_is_left_out() -> None:
    found = of_marks(ok=". F", echo="F s", gzip=".")
    changed = Policy(without=("ok/b", "echo")).applied(found)
    assert [it.slug for it in changed.stages] == ["ok", "gzip"]
    assert (changed.verdict, points(changed)) == (Verdict.PASSED, (2, 2))


def test_another_failure_still_fails() -> None:
    found = of_marks(ok=". F F")
    changed = Policy(advice=("ok/b",)).applied(found)
    assert (changed.verdict, points(changed)) == (Verdict.FAILED, (1, 2))
    brief = brief_of(changed)
    assert brief.first_failed is not None
    assert (brief.first_failed.check, brief.first_failed.kind) == ("ok/c", "exit")
    assert brief.first_failed.problem == "c ended."


def test_strict_advice_counts_and_what_is_left_out_does_not() -> None:
    found = report(stage(1, "ok", check("ok", "a", "."), check("ok", "b", "F")), strict=True)
    assert Policy(advice=("ok/b",)).applied(found).verdict is Verdict.FAILED
    assert Policy(without=("ok/b",)).applied(found).verdict is Verdict.PASSED


@pytest.mark.parametrize("policy", [Policy(advice=("ok/a",)), Policy(without=("ok/a",))])
def test_what_was_skipped_for_it_is_to_be_graded_again(policy: Policy) -> None:
    changed = policy.applied(of_marks(ok="F s s", echo=". ."))
    assert (changed.verdict, changed.outcome) == (Verdict.ERRORED, Outcome.ERRORED)
    assert changed.reason is not None
    assert changed.reason.startswith("ok/a does not count here")


def test_stages_that_build_on_it_are_to_be_graded_again() -> None:
    later = stage(2, "echo", check("echo", "a", "s", "it builds on ok"), skipped="it builds on ok")
    found = report(stage(1, "ok", check("ok", "a", "F")), later)
    assert Policy(without=("ok",)).applied(found).outcome is Outcome.ERRORED
    assert Policy(without=("ok", "echo")).applied(found).outcome is Outcome.ERRORED  # nothing left
    asks = check("echo", "b", "s", "it builds on ok/b, which failed")
    asking = report(
        stage(1, "ok", check("ok", "a", "."), check("ok", "b", "F")),
        stage(2, "echo", check("echo", "a", "."), asks),
    )
    assert Policy(advice=("ok/b",)).applied(asking).outcome is Outcome.ERRORED
    assert Policy(advice=("ok/b", "echo/b")).applied(asking).verdict is Verdict.PASSED


def test_what_was_skipped_for_another_failure_stays_failed() -> None:
    found = of_marks(ok=". F", echo="F s")
    changed = Policy(advice=("ok/b",)).applied(found)
    assert (changed.verdict, points(changed)) == (Verdict.FAILED, (1, 3))


def test_an_error_in_what_does_not_count_is_none() -> None:
    found = of_marks(ok=". E")
    assert found.outcome is Outcome.ERRORED
    assert Policy(without=("ok/b",)).applied(found).outcome is Outcome.GRADED


@pytest.mark.parametrize(
    ("marks", "worth", "expected"),
    [
        (". . .", 20, (20, 20)),
        (". F F", 20, (7, 20)),
        (". . F", 2, (1, 2)),
        ("F s .a", 10, (0, 10)),
        (". . . . . . F", 100, (86, 100)),
        (". .", 0, (0, 0)),
    ],
)
def test_points_of_a_stage_are_shared_in_whole_points(
    marks: str, worth: int, expected: tuple[int, int]
) -> None:
    found = Policy(points=(StagePoints("ok", worth),)).applied(of_marks(ok=marks, echo=". F"))
    ok, echo = found.stages
    assert (ok.points, ok.max_points) == expected
    assert sum(it.max_points for it in ok.checks) == worth
    assert (echo.points, echo.max_points) == (1, 2)


def test_what_was_never_judged_keeps_its_reason() -> None:
    found = not_graded("no program")
    changed = Policy(advice=("ok/a",)).applied(found)
    assert (changed.outcome, changed.reason) == (Outcome.NOT_GRADED, "no program")
    broken = replace(of_marks(ok="."), verdict=Verdict.ERRORED, outcome=Outcome.ERRORED, reason="x")
    assert Policy(without=("ok/a",)).applied(broken).outcome is Outcome.ERRORED


def test_a_later_word_counts_and_nothing_is_said_twice() -> None:
    first = Policy(("ok/a", "ok/b"), ("gzip",), (StagePoints("ok", 5),))
    more = Policy(("ok/a", "gzip"), ("ok/b",), (StagePoints("ok", 6), StagePoints("echo", 1)))
    joined = first.joined(more)
    assert joined.says == "advice ok/a, gzip; without ok/b; points ok 6, echo 1"


def test_a_typo_is_answered() -> None:
    required_known(["ok/a", "ok"], {"ok/a"}, "--without")
    with pytest.raises(UsageError, match=r"--without: there is no check or stage 'ok/b'"):
        required_known(["ok/b"], {"ok/a"}, "--without")


def test_an_outline_says_the_same_without_the_wire() -> None:
    found = of_marks(ok=". F .a", echo="F s")
    kept = KeptResult(
        "ada", "ada", Basis("", "", "", 1, ""), "failed", "", outline=outline_of(found)
    )
    policy = Policy(advice=("ok/b",))
    assert len(kept.outline) < len(to_json(found))
    whole = policy.applied(from_json(to_json(found)))
    assert brief_of(counted(kept, policy)) == brief_of(whole)
    assert counted(kept, policy).header == whole.header
    assert not any(it.transcript for st in counted(kept, policy).stages for it in st.checks)
