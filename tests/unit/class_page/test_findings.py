"""What is said of a class: what most fail, which causes they share, how far they came; and what an
anonymous page leaves out."""

from __future__ import annotations

import pytest

from grader.check.declaration import Level
from grader.class_page.figures import duration, score_bins, scores_sentence, times_sentence
from grader.class_page.findings import failed_checks, reasons, shared_causes
from grader.class_page.masks import anonymous, masking, without_places
from grader.class_page.rows import ClassRow, row_of
from grader.class_page.stages import stage_counts
from grader.class_page.view import class_view
from grader.outcomes import Outcome
from grader.report.for_learners import HIDDEN
from tests.unit.class_page.classes import FAILED, SKIPPED, check, ended, report, stage

CRASH = "Your program crashed while handling this request: IndexError at {} (list index)."


def row(name: str, *problems: str, path: str = "") -> ClassRow:
    """A submission that passes its first stage, and fails a check of the second one for each of
    these problems."""
    checks = [check(f"echo/check_{n}", FAILED, it) for n, it in enumerate(problems)]
    second = checks or [check("echo/check_0")]
    stages = (stage(1, check("ok/answers")), stage(2, *second))
    return row_of(name, path or f"class/{name}", f"submissions/{name}.html", report(*stages))


def test_what_most_submissions_fail_comes_first_and_counts_only_where_it_was_judged() -> None:
    skipped = report(stage(1, check("echo/check_0", FAILED), check("echo/check_1", SKIPPED)))
    rows = [row("ada", "a", "b"), row("bob", "a"), row("cy"), row_of("dana", "", "", skipped)]
    found = [(it.id, it.failed, it.judged) for it in failed_checks(rows)]
    assert found == [("echo/check_0", 3, 4), ("echo/check_1", 1, 1)]


def test_what_to_teach_is_the_hint_that_most_got() -> None:
    rows = [
        row_of(name, "", "", report(stage(1, check("ok/a", FAILED, hint=hint))))
        for name, hint in (("ada", "Send CRLF."), ("bob", "Read all."), ("cy", "Read all."))
    ]
    assert [it.hint for it in failed_checks(rows)] == ["Read all."]


def test_the_lesson_is_the_stage_where_most_fail_first() -> None:
    both = report(stage(1, check("ok/a", FAILED)), stage(2, check("echo/a", FAILED)))
    rows = [row("ada", "a"), row("bob", "a"), row_of("cy", "", "", both)]
    view = class_view(rows, "Course")
    assert view.lesson == "Teach next: stage 2 echo. 2 submissions fail there first."
    assert class_view([row("ada")], "Course").lesson == ""


def test_equal_causes_are_one_group_whatever_the_line_and_the_name() -> None:
    rows = [
        row("ada", CRASH.format("server.py:8"), path="class/ada.py"),
        row("bob", CRASH.format("app/main.py:91"), CRASH.format("app/main.py:97")),
        row("cy", "The body is empty."),
        row("dana", "ada has the port.", path="class/dana.py"),
    ]
    (group,) = shared_causes(rows)
    assert [it.name for it in group.rows] == ["ada", "bob"]
    assert group.says == without_places(CRASH.format("server.py:8"))
    assert group.checks == ("echo/check_0", "echo/check_1")


def test_advice_is_no_cause_unless_it_counts() -> None:
    advice = report(stage(1, check("ok/a", FAILED, level=Level.ADVICE)))
    rows = [row_of(name, "", "", advice) for name in ("ada", "bob")]
    assert shared_causes(rows) == []
    assert [it.counts for it in failed_checks(rows)] == [False]
    assert rows[0].first_failed is None


def test_reasons_without_a_score_are_grouped_without_the_name() -> None:
    rows = [
        row_of(name, f"/srv/class/{name}", "", ended(Outcome.NOT_GRADED, said))
        for name, said in (
            ("ada", "/srv/class/ada has no program"),
            ("bob", "/srv/class/bob has no program"),
            ("cy", "/srv/class/cy has a link"),
        )
    ]
    found = [(it.says, len(it.rows)) for it in reasons([*rows, row("dana")])]
    assert found == [("SUBMISSION has no program", 2), ("/srv/class/cy has a link", 1)]


def test_what_is_not_judged_has_no_score() -> None:
    partly = report(stage(1, check("ok/a")))
    broken = row_of("ada", "", "", ended(Outcome.ERRORED, "interrupted"))
    assert (broken.outcome, broken.score) == ("errored", None)
    assert row_of("bob", "", "", partly).score == 1
    assert scores_sentence([broken]) == ""


def test_what_is_hidden_from_learners_is_hidden_here() -> None:
    secret = check("ok/a", FAILED, "The word is pony.", hidden=True, hint="Look at the pony.")
    (found,) = row_of("ada", "", "", report(stage(1, secret))).failed
    assert (found.problem, found.hint, found.requirement) == ("", "", HIDDEN)
    assert shared_causes([row_of(name, "", "", report(stage(1, secret))) for name in "ab"]) == []


def test_stages_say_who_passes_fails_and_was_not_judged() -> None:
    rows = [row("ada"), row("bob", "a"), row_of("cy", "", "", ended(Outcome.ERRORED, "x"))]
    first, second = stage_counts(rows)
    assert (first.passed, first.failed, first.others, first.first) == (2, 0, 1, 0)
    assert (second.passed, second.failed, second.others, second.first) == (1, 1, 1, 1)
    assert (second.share, second.took_s) == (50, 1.0)


def test_only_all_points_are_in_the_highest_bin() -> None:
    rows = [
        ClassRow(str(score), "", "", "failed", score=score, max_score=200)
        for score in (200, 199, 180, 179, 0)
    ]
    counted = {(it.low, it.high): it.count for it in score_bins(rows) if it.count}
    assert counted == {(100, 100): 1, (90, 99): 2, (80, 89): 1, (0, 9): 1}
    assert scores_sentence(rows) == (
        "The median is 180 of 200 points. Half of the submissions have 179 to 199 points."
    )


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3.14, "3.1 s"), (59.9, "59.9 s"), (245, "4 min 5 s"), (7800, "2 h 10 min")],
)
def test_durations(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_times_are_those_of_all_gradings() -> None:
    rows = [ClassRow("a", "", "", "failed", took_s=it) for it in (1.0, 2.0, 90.0)]
    assert times_sentence(rows) == (
        "Grading took 1 min 33 s for all submissions together, 2.0 s for one (median), 1 min 30 s"
        " at most."
    )


def test_an_anonymous_row_has_no_name_path_link_or_message() -> None:
    told = row("ada-lovelace", CRASH.format("ada-lovelace.py:3"), path="in/ada-lovelace.py")
    better = row("bob")
    first, second = anonymous([told, better])
    assert (first.name, first.score) == ("#1", 2)
    assert (second.name, second.path, second.link) == ("#2", "", "")
    said = repr(anonymous([told, better]))
    assert "ada" not in said
    assert "list index" not in said


def test_names_that_are_a_part_of_a_word_stay() -> None:
    masked = masking(row("cat"))
    assert masked("cat and concatenate: class/cat") == "SUBMISSION and concatenate: SUBMISSION"
    assert masking(row("x", path="x"))("x is x") == "x is x"
