"""What a watch shows: its headline and keys, hints step by step, a run folded and unfolded, a stage
chosen by its number, and the end of a track."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.course import Course, course_root, load_course
from grader.progress.record import Moment, StageRecord
from grader.report.model import CheckReport, FailureDetail, StageReport, Verdict
from grader.text.layout import columns
from grader.text.style import Style
from grader.watch import plan
from grader.watch.choice import StageChoice
from grader.watch.folding import Folding
from grader.watch.judged import RunSoFar
from grader.watch.orders import RunTold
from grader.watch.track_end import completed, what_comes_next, what_was_reached

STYLE = Style(80)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(course_root(), only=())


# --- the lines around a run -----------------------------------------------------------------------


def test_a_run_is_ruled_off_with_the_time() -> None:
    line = plan.headline("14:03:22", "server.py changed: checking stage 3 paths", 60, "-")
    assert line == "14:03:22 server.py changed: checking stage 3 paths ---------"
    assert columns(line) == 60
    assert plan.headline("14:03:22", "x" * 60, 60, "-").endswith("x ")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_keys_that_do_something(course: Course, width: int) -> None:
    def keys(slug: str, *, passed: bool, folded: bool = True) -> str:
        stage = course.stage(slug)
        lines = plan.keys_lines(course, stage, passed=passed, folded=folded, width=width)
        assert max(map(columns, lines)) <= width
        return "  ".join(lines)

    assert keys("paths", passed=True).startswith("n next (4 echo)  p back (2 ok)  h hint  ")
    assert keys("paths", passed=False).startswith("p back (2 ok)  h hint  space page  f unfold")
    assert keys("bind-port", passed=False, folded=False).startswith("h hint  space page  f fold")
    assert keys(course.stages[-1].slug, passed=True).startswith("p back")


def test_why_it_does_not_go_on(course: Course) -> None:
    paths = course.stage("paths")
    assert plan.why_not_next(paths, []).startswith("Stage 3 paths has not passed yet.")
    assert "not passed: paths/a fails. h shows" in plan.why_not_next(paths, ["paths/a"])
    assert "paths/a and 2 more fail." in plan.why_not_next(paths, ["paths/a", "paths/b", "paths/c"])


# --- hints ----------------------------------------------------------------------------------------


def heard(*told: RunTold) -> RunSoFar:
    run = RunSoFar()
    for one in told:
        run.add(one)
    return run


def test_hints_come_step_by_step() -> None:
    run = heard(
        RunTold("check", "ok/a", "passed"),
        RunTold("check", "ok/note", "note", "It has no Date.", ("Send Date.",)),
        RunTold("check", "ok/b", "failed", "No answer.", ("Look there.", "Look here.")),
        RunTold("check", "ok/c", "failed", "No answer.", ("Look there.", "Look here.")),
        RunTold("check", "ok/d", "failed", "Too long."),
        RunTold("stage", "ok", "failed"),
    )
    assert [run.hint() for _ in range(6)] == [
        "ok/b: Look there. (h: next)",
        "ok/b, hint 2 of 2: Look here. (h: next)",
        "ok/d: there is no hint; its page explains the rule (press space). (h: next)",
        "ok/note, not required: It has no Date. Send Date.",
        "That was the last hint. Press space for the page of the stage.",
        "ok/b: Look there. (h: next)",
    ]
    assert run.failing("ok") == ["ok/b", "ok/c", "ok/d"]
    assert run.verdicts() == {"ok": "failed"}


def test_hints_where_there_are_none() -> None:
    assert heard().hint() == "Nothing has been graded yet."
    assert heard(RunTold("check", "ok/a", "passed")).hint() == "Nothing has failed."


def test_a_run_can_be_shown_in_both_forms() -> None:
    run = heard(RunTold("shown", "folded", text="short"), RunTold("shown", "unfolded", text="long"))
    assert (run.shown(folded=True), run.shown(folded=False)) == ("short", "long")
    assert heard().shown(folded=True) == ""


# --- folded and unfolded --------------------------------------------------------------------------


def judged(title: str, verdict: Verdict, summary: str = "", *, advice: bool = False) -> CheckReport:
    failure = FailureDetail(Kind.EXIT, summary) if summary else None
    level = Level.ADVICE if advice else Level.REQUIRED
    return CheckReport(f"ok/{title}", title, "It MUST.", "", level, verdict, failure=failure)


CHECKS = [
    judged("First", Verdict.PASSED),
    judged("Second", Verdict.FAILED, "One is wrong."),
    judged("Third", Verdict.FAILED, "Two is wrong."),
    judged("Fourth", Verdict.FAILED, "One is wrong."),
    judged("Gentle", Verdict.FAILED, "Three is odd.", advice=True),
]


def lines_of(checks: list[CheckReport], *, folded: bool, style: Style = STYLE) -> str:
    folding = Folding(folded=folded, strict=False)
    lines = [line for check in checks for line in folding.check_lines(check, style)]
    stage = StageReport(2, "ok", "A stage", "http", Verdict.FAILED, checks=tuple(checks))
    return "\n".join([*lines, *folding.stage_end_lines(stage, style)])


def test_folded_only_the_first_failure_is_shown_in_full() -> None:
    text = lines_of(CHECKS, folded=True)
    assert "One is wrong." in text
    assert "Two is wrong." not in text
    assert "  ✗ FAIL   Third\n  ✗ FAIL   Fourth\n" in text
    assert text.endswith("  ✓ ok     1 check passed\n  • note   Gentle")


def test_folded_failures_of_one_cause_are_named_together() -> None:
    alike = FailureDetail(Kind.MISMATCH, "One is wrong.", cause="one")
    checks = [replace(check, failure=alike) for check in CHECKS[1:4]]
    text = lines_of(checks, folded=True)
    assert text.endswith(
        "  ✗ FAIL   2 more checks fail like ok/Second (f shows all): Third, Fourth"
    )


def test_folded_notes_are_shown_where_nothing_fails() -> None:
    text = lines_of([CHECKS[0], CHECKS[0], CHECKS[4]], folded=True)
    assert text.startswith("  ✓ ok     2 checks passed\n  • note   Gentle\n")
    assert "does not count here, but fix it: Three is odd." in text


def test_unfolded_one_reason_not_to_start_is_explained_once() -> None:
    text = lines_of(CHECKS, folded=False)
    assert text.count("One is wrong.") == 1
    assert "Two is wrong." in text
    assert "✓ ok     First" in text
    assert "Three is odd." in text


def test_of_what_passed_before_only_failures_are_shown() -> None:
    quiet = Style(80, verbosity=-1)
    assert lines_of([CHECKS[0], CHECKS[4]], folded=True, style=quiet) == ""
    assert "✗ FAIL   Third" in lines_of(CHECKS, folded=True, style=quiet)


# --- a stage by its number ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "number", "over"),
    [
        ("2", 2, True),
        ("1", None, False),
        ("1\n", 1, True),
        ("13", 13, True),
        ("14", None, False),
        ("14\r", 1, True),
        ("0\n", None, True),
        ("1\x7f2", 2, True),
        ("\n", None, True),
    ],
)
def test_a_stage_is_chosen_by_its_number(keys: str, number: int | None, over: bool) -> None:
    choice: StageChoice | None = StageChoice(13)
    for key in keys:
        assert choice is not None
        choice = choice.after(key)
    assert choice is not None
    assert (choice.number, choice.over) == (number, over)


def test_other_keys_leave_the_choice() -> None:
    assert StageChoice(13).after("q") is None
    assert StageChoice(13).after("²") is None
    assert StageChoice(13, "1").question == "Go to stage (1-13, Enter): 1"


# --- the end of a track ---------------------------------------------------------------------------


def passed_on(day: int, hour: int = 0) -> StageRecord:
    at = Moment(f"2026-11-{day:02}T{hour:02}:00:00Z")
    return StageRecord(5, 5, at, at)


def test_the_end_of_a_track_is_told_once(course: Course) -> None:
    http = course.tracks[0]
    before = {stage.slug: passed_on(20 + number) for number, stage in enumerate(http.stages[:-1])}
    after = {**before, http.stages[-1].slug: passed_on(29)}
    assert completed(course, before, after) is http
    assert completed(course, after, after) is None
    assert completed(course, {}, before) is None
    assert what_was_reached(http, after) == [
        "You have passed the whole track: The HTTP server.",
        "9 stages, 45 of 45 points, 9 days after your first stage. What next:",
    ]
    track, fuzz, reference = what_comes_next(course, http, after, "grade fuzz server.py")
    assert track.startswith("The track hardening: ")
    assert "Its next stage is 10 " in track
    assert fuzz.endswith(": grade fuzz server.py")
    assert reference.endswith(f": {course.root / 'reference'}")


def test_the_time_that_a_track_took(course: Course) -> None:
    http = course.tracks[0]
    for last, says in (
        (passed_on(20), "points."),
        (passed_on(20, 3), "points, 3 hours after your first stage."),
        (passed_on(21, 3), "points, 27 hours after your first stage."),
    ):
        known = {stage.slug: passed_on(20) for stage in http.stages}
        known[http.stages[-1].slug] = last
        assert what_was_reached(http, known)[1].endswith(f"{says} What next:")
