"""What a watch decides: which files matter, which stages are graded in which order, and what is
said."""

from __future__ import annotations

from pathlib import PurePath

import pytest

from grader.course import Course, course_root, load_course
from grader.engine.settings import RunSettings
from grader.progress.record import Moment, StageRecord
from grader.watch import plan
from grader.watch.changes import matters
from grader.watch.orders import Order, RunTold

NOW = Moment("2026-11-20T09:12:44Z")
DONE = StageRecord(1, 1, NOW, NOW)
LOST = StageRecord(0, 1, NOW, NOW, NOW)
NEVER = StageRecord(0, 1, fails_since=NOW)


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(course_root(), only=())


@pytest.mark.parametrize(
    ("name", "does"),
    [
        ("server.py", True),
        ("src/deep/main.rs", True),
        ("grade.yaml", True),
        (".env", True),
        (".grade/progress.json", False),
        (".git/index", False),
        ("pkg/__pycache__/a.pyc", False),
        ("node_modules/a/b.js", False),
        ("server.py~", False),
        (".server.py.swp", False),
        (".#server.py", False),
        ("4913", False),
        ("", False),
        ("../other/server.py", False),
    ],
)
def test_which_files_matter(name: str, does: bool) -> None:
    place = PurePath("/node_modules/mine")  # what is above it does not count
    path = PurePath("/node_modules/other/server.py") if name.startswith("..") else place / name
    assert matters(path, place) is does


def ordered(
    course: Course, slug: str, known: dict[str, StageRecord], *, everything: bool = False
) -> Order:
    return plan.order(
        course,
        course.stage(slug),
        known,
        RunSettings(1),
        everything=everything,
        opening=False,
        keep=True,
    )


def test_the_stage_in_focus_comes_first_and_then_what_ever_passed(course: Course) -> None:
    known = {"bind-port": DONE, "ok": LOST, "paths": NEVER, "headers": DONE}
    order = ordered(course, "echo", known)
    assert order.stages == ("echo", "bind-port", "ok")
    assert order.settings.without_advice == ("bind-port", "ok")


def test_everything_is_the_track_in_full(course: Course) -> None:
    order = ordered(course, "malformed", {"ok": DONE}, everything=True)
    assert order.stages == tuple(stage.slug for stage in course.track("hardening").stages)
    assert order.settings.without_advice == ()


def test_where_a_watch_begins(course: Course) -> None:
    stages = course.tracks[0].stages
    first, second = stages[:2]
    assert plan.first_focus(stages, {}) == first
    assert plan.first_focus(stages, {first.slug: DONE, second.slug: LOST}) == second
    assert plan.first_focus(stages, {stage.slug: DONE for stage in stages}) == stages[-1]


def test_next_goes_on_into_the_next_track(course: Course) -> None:
    first, second = course.tracks[:2]
    assert plan.following(course, first.stages[-1]) == second.stages[0]
    assert plan.following(course, course.stages[-1]) is None


def test_what_is_said_at_once(course: Course) -> None:
    echo = course.stage("echo")
    at_once = plan.beginning(echo, [], everything=False, strict=False)
    assert at_once == f"Checking stage {echo.number} echo"
    said = plan.beginning(echo, ["b", "a", "b", "c", "d"], everything=True, strict=True)
    assert said == "b, a, c and more changed: checking the track http, strict"


def test_lines_come_back_as_they_were() -> None:
    settings = RunSettings(7, strict=True, limits=("cpu=\udcff",), without_advice=("b",))
    order = Order(("a", "b"), settings, False, True)
    assert Order.read(order.line()) == order
    told = RunTold("check", "a/b", "failed", "one\ntwo \x1b é")
    assert told.line().count(b"\n") == 1
    assert RunTold.read(told.line()) == told
