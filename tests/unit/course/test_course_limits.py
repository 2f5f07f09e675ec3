"""The limits of a track: what stages.yaml says, and what holds where it says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.course import load_course
from grader.errors import CourseError
from grader.limits import NAMES, Limits
from tests.unit.course.conftest import OUTLINE

CourseWith = Callable[[Mapping[str, str | bytes | None]], Path]
BEFORE = "    stages:\n"


def with_limits(course_with: CourseWith, text: str) -> Path:
    return course_with({"stages.yaml": OUTLINE.replace(BEFORE, f"    limits: {text}\n{BEFORE}", 1)})


def test_a_track_that_says_nothing_has_the_defaults(course_with: CourseWith) -> None:
    assert load_course(course_with({})).tracks[0].limits == Limits()


def test_what_is_said_counts_and_the_rest_stays(course_with: CourseWith) -> None:
    root = with_limits(course_with, "{memory: 512, run: 60}")
    assert load_course(root).tracks[0].limits == Limits(memory=512, run=60)


@pytest.mark.parametrize("name", NAMES)
def test_every_limit_can_be_said(course_with: CourseWith, name: str) -> None:
    assert (
        getattr(load_course(with_limits(course_with, f"{{{name}: 7}}")).tracks[0].limits, name) == 7
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{memroy: 1}", "stages.yaml:8: unknown key 'memroy'; did you mean 'memory'?"),
        ("{memory: 0}", "stages.yaml:8: memory must be a whole number from 1 to 10000000, not '0'"),
        ("{memory: 1.5}", "memory must be a whole number from 1 to 10000000, not '1.5'"),
        ("{cpu: lots}", "cpu must be a whole number from 1 to 10000000, not 'lots'"),
        ("[]", r"limits must be a mapping"),
    ],
)
def test_what_is_wrong_with_limits(course_with: CourseWith, text: str, sentence: str) -> None:
    with pytest.raises(CourseError) as caught:
        load_course(with_limits(course_with, text))
    assert sentence in str(caught.value)
