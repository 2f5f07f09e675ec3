"""The package that a track names as its comparison: what is wrong with it is one sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from grader.comparing.load import comparison_of
from grader.course import Course, load_course
from grader.errors import CourseError

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples/courses/key-value"


@pytest.mark.parametrize("root", [ROOT, EXAMPLE], ids=["ours", "key-value"])
def test_tracks_that_name_the_same_share_it(root: Path) -> None:
    course = load_course(root, only=())
    found = {comparison_of(course, track) for track in course.tracks if track.comparison}
    assert len(found) == 1


def test_each_course_has_its_own() -> None:
    ours, other = (load_course(root, only=()) for root in (ROOT, EXAMPLE))
    first, second = (comparison_of(course, course.tracks[0]) for course in (ours, other))
    assert first is not None
    assert second is not None
    assert type(first) is not type(second)


def test_a_track_may_have_none() -> None:
    course = load_course(EXAMPLE, only=())
    assert comparison_of(course, course.track("datagrams")) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (None, "there is no such file"),
        ("", "there is no COMPARISON"),
        ("COMPARISON = 'http'", "there is no COMPARISON"),
        ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
        ("def", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_what_is_wrong_with_one_is_one_sentence(
    tmp_path: Path, text: str | None, problem: str
) -> None:
    course = _course(tmp_path, text)
    for _ in range(2):  # what has failed once is not taken for imported
        with pytest.raises(CourseError) as told:
            comparison_of(course, course.tracks[0])
        assert str(told.value).startswith("stages/_compare/__init__.py: ")
        assert problem in str(told.value)
        assert "\n" not in str(told.value)


def _course(place: Path, text: str | None) -> Course:
    """The course of the example, elsewhere, with another comparison."""
    shutil.copy(EXAMPLE / "stages.yaml", place)
    package = place / "stages/_compare"
    package.mkdir(parents=True)
    if text is not None:
        (package / "__init__.py").write_text(text)
    return replace(load_course(EXAMPLE, only=()), root=place)
