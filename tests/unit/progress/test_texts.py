"""What is said of progress after a course has grown: a check that is new is no loss."""

from __future__ import annotations

from grader.course import Course, course_root, load_course
from grader.progress.record import Moment, StageRecord
from grader.progress.texts import Named, map_lines, news, onward, opening_sentence
from grader.text.style import Style

NOW = Moment("2026-11-20T09:12:44Z")
DONE = StageRecord(1, 1, NOW, NOW, passed=("a",))
GROWN = StageRecord(1, 2, NOW, NOW, NOW, passed=("a",), failing=("later",))
BOTH = StageRecord(0, 2, NOW, NOW, NOW, passed=("a",), failing=("a", "later"))
COME = "The course has a new check, and it fails: later."


def loaded() -> Course:
    """Our own course, with its checks: the map shows points."""
    return load_course(course_root())


def test_a_check_that_came_with_an_update_is_told_as_new() -> None:
    course = loaded()
    stages = (course.stage("ok"),)
    said = news(stages, {"ok": DONE}, {"ok": GROWN}, course)
    assert said == [f"new: 2 ok: {COME}"]
    assert opening_sentence(stages[0], (), {"ok": GROWN}).endswith(COME)
    assert onward(stages, {"bind-port": DONE, "ok": GROWN}, course) == (
        "next: 2 ok has a new check that fails: grade --stage ok"
    )
    shown = "\n".join(map_lines(course, {"ok": GROWN}, Style(120)))
    assert COME in shown
    assert "fails since" not in shown


def test_each_track_is_counted_by_itself() -> None:
    course = loaded()
    both = {"ok": DONE, "malformed": DONE}
    most = [sum(stage.max_points() for stage in track.stages) for track in course.tracks]

    said = news((course.stage("ok"), course.stage("malformed")), {}, both, course)
    shown = map_lines(course, {"ok": DONE}, Style(120))

    counts = [len(track.stages) for track in course.tracks]
    assert said[0] == (
        f"progress: stages 2, 10 passed; 1 of {counts[0]} stages of the track http and"
        f" 1 of {counts[1]} stages of the track hardening are done"
    )
    assert (
        f"http: {course.tracks[0].title} (1 of {counts[0]} stages, 1 of {most[0]} points)" in shown
    )
    assert not [line for line in shown if "malformed" in line]
    assert shown[-2:-1] == [""]


def test_the_map_opens_the_track_that_is_asked_for() -> None:
    course = loaded()

    shown = map_lines(course, {"ok": DONE}, Style(120), tracks=("hardening",))

    named = [line.split()[1] for line in shown if line.split()[:1] and line.split()[0].isdigit()]
    assert named == [stage.slug for stage in course.track("hardening").stages][1:]
    assert shown[-1].startswith("Next: 10 malformed")


def test_what_is_lost_is_said_first() -> None:
    course = loaded()
    said = news((course.stage("ok"),), {"ok": DONE}, {"ok": BOTH}, course)
    assert said == ["regression: 2 ok passed on 2026-11-20 and fails now", f"new: 2 ok: {COME}"]


def test_the_next_command_is_about_the_same_program() -> None:
    course = loaded()
    first = {stage.slug: DONE for stage in course.tracks[0].stages}
    assert onward((), first, course) == (
        "next: 10 malformed; read its page: grade show 10; then grade it: grade --track hardening"
    )
    named = Named(("--course", "a b"), ("--course", "a b", "x.py"))
    assert onward((), {}, course, named) == (
        "next: 1 bind-port; read its page: grade show --course 'a b' 1"
    )
    assert onward((), {"bind-port": BOTH}, course, named) == (
        "next: 1 bind-port passed before and fails now; fix it:"
        " grade --stage bind-port --course 'a b' x.py"
    )
