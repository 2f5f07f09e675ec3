"""A right course is read as it is written, and no more of it than was asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec.structs import replace

from grader.check.declaration import ADVICE, REQUIRED
from grader.course import Budgets, Course, Launch, course_root, load_checks, load_course
from grader.course.audit import check_course
from grader.course.load import installed_or_checkout

CourseWith = Callable[[Mapping[str, str | bytes | None]], Path]


def test_the_outline(root: Path) -> None:
    course = load_course(root, only=())
    assert (course.slug, course.title, course.root) == ("tiny", "A tiny course", root)
    assert [(track.slug, track.title) for track in course.tracks] == [("main", "The main track")]
    assert [(stage.number, stage.slug, stage.track) for stage in course.stages] == [
        (1, "first", "main"),
        (2, "second", "main"),
    ]
    assert course.stage("second").requires == ("first",)
    assert course.stage("second").page == root / "stages/second/README.md"
    assert course.stage("second").checks_files == (root / "stages/second/checks.py",)
    assert course.track("main") == course.tracks[0]


@pytest.mark.parametrize("find", [Course.stage, Course.track])
def test_a_slug_that_is_not_there(root: Path, find: Callable[[Course, str], object]) -> None:
    with pytest.raises(KeyError):
        find(load_course(root, only=()), "third")


def test_a_stage_states_only_what_differs_from_its_track(root: Path) -> None:
    first, second = load_course(root, only=()).stages
    assert first.launch == Launch(4221)
    assert second.launch == Launch(4221, ("--directory", "{directory}"))
    assert first.budgets == Budgets(15, 5, 15, 0.5, 0.25)
    assert second.budgets == replace(first.budgets, quiet=1)


def test_a_stage_can_speak_another_protocol_than_its_track(
    course_with: CourseWith, files: Mapping[str, str]
) -> None:
    other = "requires: []\n        protocol: udp"
    text = files["stages.yaml"].replace("requires: [first]", other)

    first, second = load_course(course_with({"stages.yaml": text}), only=()).stages

    assert (first.protocol, first.launch.transport, first.launch.port) == ("http1", "tcp", 4221)
    assert (second.protocol, second.launch.transport, second.launch.port) == ("udp", "udp", 4221)


def test_a_directory_takes_its_place_among_the_arguments() -> None:
    launch = Launch(4221, ("--root={directory}/www", "--quick"))
    assert launch.needs_directory
    assert not Launch(4221, ("--quick",)).needs_directory
    assert launch.arguments_for(Path("/fresh")) == ("--root=/fresh/www", "--quick")


def test_a_contract_with_fixtures_and_a_reference_of_its_own(
    course_with: CourseWith, files: Mapping[str, str]
) -> None:
    text = files["stages.yaml"].replace(
        "{port: 4221, arguments: []}",
        "{port: 4221/tcp, arguments: ['{pages}'], fixtures: {pages: pages}}",
    )
    text = text.replace("slug: tiny\n", "slug: tiny\nreference: './server --listen {socket}'\n")
    course = load_course(course_with({"stages.yaml": text, "pages/index.html": "<p>"}), only=())
    first, second = course.stages
    assert course.reference == ("./server", "--listen", "{socket}")
    assert (first.launch.port, first.launch.transport) == (4221, "tcp")
    assert first.launch.fixtures == (("pages", course.root / "pages"),)
    assert second.launch.fixtures == first.launch.fixtures, "a stage inherits them"
    assert first.launch.needs_directory
    assert first.launch.arguments_for(Path("/fresh/word")) == ("/fresh/pages",)


def test_numbers_count_on_over_the_tracks(
    course_with: CourseWith, files: Mapping[str, str]
) -> None:
    outline = files["stages.yaml"]
    track = outline[outline.index("  - slug: main") :]
    other = (
        track.replace("slug: main", "slug: more")
        .replace("first", "third")
        .replace("second", "fourth")
    )
    # A stage may build on one of an earlier track.
    course = load_course(
        course_with({"stages.yaml": outline + other.replace("[third]", "[first]")}), only=()
    )
    assert [(stage.number, stage.slug, stage.track) for stage in course.stages][2:] == [
        (3, "third", "more"),
        (4, "fourth", "more"),
    ]


def test_checks_stand_in_the_order_of_their_definitions(root: Path) -> None:
    course = load_course(root)
    second = course.stage("second")
    assert [check.name for check in second.checks] == ["gently", "whole", "again"]
    assert [check.name for check in second.checks_at(REQUIRED)] == ["whole", "again"]
    assert [check.name for check in second.checks_at(ADVICE)] == ["gently"]


def test_a_folder_of_checks_is_read_in_order(
    course_with: CourseWith, files: Mapping[str, str]
) -> None:
    one = (
        "from . import FIRST, check\n"
        "\n"
        "@check('Check %s', f'A server MUST {FIRST}', cite='x')\n"
        "def %s(session): ...\n"
    )
    root = course_with(
        {
            "stages/first/checks.py": None,
            "stages/first/checks/__init__.py": (
                files["stages/first/checks.py"] + "\nFIRST = 'begin'\n"
            ),
            "stages/first/checks/early.py": one % ("zebra", "zebra"),
            "stages/first/checks/late.py": one % ("ant", "ant"),
        }
    )
    checks = load_course(root, only=["first"]).stage("first").checks
    assert [check.name for check in checks] == ["answers", "zebra", "ant"]
    assert checks[1].requirement == "A server MUST begin"


def test_only_the_checks_that_are_asked_for_are_imported(course_with: CourseWith) -> None:
    root = course_with({"stages/second/checks.py": "raise RuntimeError('imported')"})
    course = load_course(root, only=["first"])
    assert [check.name for check in course.stage("first").checks] == ["answers"]
    assert load_checks(course.stage("first")) == course.stage("first")


def test_a_stage_without_loaded_checks_cannot_be_taken_for_one_that_has_none(root: Path) -> None:
    stage = load_course(root, only=()).stage("first")
    with pytest.raises(LookupError, match="'first' are not loaded"):
        _ = stage.checks
    assert [check.name for check in load_checks(stage).checks] == ["answers"]


def test_points(root: Path) -> None:
    stage = load_course(root).stage("second")
    gently, whole, again = stage.checks
    assert [stage.points_of(check) for check in (gently, whole, again)] == [0, 2, 1]
    assert stage.points_of(gently, strict=True) == 3
    assert (stage.max_points(), stage.max_points(strict=True)) == (3, 6)


def test_values_are_frozen(root: Path) -> None:
    stage = load_course(root, only=()).stage("second")
    with pytest.raises(AttributeError):
        stage.number = 7  # type: ignore[misc]
    with pytest.raises(TypeError):
        stage.points["gently"] = 7  # type: ignore[index]
    assert hash(stage) == hash(replace(stage))


CHECKS_WITH_MORE = """\
from __future__ import annotations

import functools
from dataclasses import dataclass

from grader.author import check


@dataclass(frozen=True, slots=True)
class Word:  # dataclasses look up the module they are in
    text: str


def twice(judge):
    @functools.wraps(judge)
    def judged_twice(session):
        judge(session)
        judge(session)

    return judged_twice


def refuses(word: Word):
    def judge(session):
        pass

    judge.__name__ = f"refuses_{word.text}"
    return check(f"No {word.text}", f"It MUST refuse {word.text}", cite="course: first")(judge)


@check("Two answers", "A server MUST answer twice", cite="course: first")
@twice
def answers(session):
    pass


refuses_nonsense = refuses(Word("nonsense"))
the_same = answers
"""


def test_checks_that_are_wrapped_made_or_bound_twice(course_with: CourseWith) -> None:
    root = course_with({"stages/first/checks.py": CHECKS_WITH_MORE})
    checks = load_course(root, only=["first"]).stage("first").checks
    assert sorted(check.name for check in checks) == ["answers", "refuses_nonsense"]


def test_two_courses_do_not_share_modules(course_with: CourseWith, tmp_path: Path) -> None:
    here = load_course(course_with({}), only=["first"])
    elsewhere = tmp_path / "elsewhere"
    here.root.rename(elsewhere)
    there = load_course(elsewhere, only=["first"])
    modules = {course.stage("first").checks[0].judge.__module__ for course in (here, there)}
    assert len(modules) == 2


def test_a_course_may_be_named_from_where_one_stands(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root / "stages")
    assert load_course(Path("..")).root == root


def test_an_installed_course_is_preferred_to_a_checkout(tmp_path: Path) -> None:
    package = tmp_path / "grader"
    package.mkdir()
    assert installed_or_checkout(package) == tmp_path
    (package / "_course").mkdir()
    assert installed_or_checkout(package) == package / "_course"


def test_our_own_outline() -> None:
    course = load_course(course_root(), only=())
    base = course.tracks[0]
    assert (course.slug, base.slug) == ("http-server", "http")
    taught = [stage.slug for stage in base.stages]
    slugs = [
        "bind-port",
        "ok",
        "paths",
        "echo",
        "headers",
        "concurrency",
        "files",
        "gzip",
        "keep-alive",
    ]
    assert [slug for slug in taught if slug in slugs] == slugs  # others may stand between them
    with_files = [stage.slug for stage in base.stages if stage.launch.needs_directory]
    assert {"files", "gzip", "keep-alive"} <= {*with_files}
    assert not {*slugs[: slugs.index("files")]} & {*with_files}
    assert {stage.launch.port for stage in base.stages} == {4221}


def test_our_own_outline_is_read_with_few_calls() -> None:
    """Each grading begins with it: 5,400 calls are 10 ms, and PyYAML's pure Python would be ten
    times as many."""
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    load_course(course_root(), only=())  # what is imported for it is not counted
    sys.setprofile(count)
    try:
        load_course(course_root(), only=())
    finally:
        sys.setprofile(None)
    assert 0 < calls < 8000


def test_a_right_course_has_no_problems(root: Path) -> None:
    assert check_course(root) == []
