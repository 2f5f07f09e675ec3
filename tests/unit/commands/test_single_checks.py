"""Which checks `--check` leaves."""

from __future__ import annotations

import pytest

from grader.commands.selection import select
from grader.commands.single_checks import narrowed
from grader.course import Course, course_root, load_course


@pytest.fixture(scope="module")
def ours() -> Course:
    return load_course(course_root(), only=())


def _ids(course: Course, *wanted: str, stages: tuple[str, ...] = ()) -> list[str]:
    chosen = select(course, stages=stages) if stages else course.stages
    found = narrowed(course, chosen, wanted)
    assert all(stage.narrowed for stage in found)
    return [f"{stage.slug}/{check.name}" for stage in found for check in stage.checks]


def test_ids_and_patterns(ours: Course) -> None:
    assert _ids(ours, "echo/slashes") == ["echo/slashes"]
    assert _ids(ours, "echo/slashes", "echo/any_length", "echo/slashes") == [
        "echo/any_length",
        "echo/slashes",
    ]
    assert _ids(ours, "echo/any_*", stages=("echo", "gzip")) == ["echo/any_length"]
    assert _ids(ours, "*/single_length", stages=("echo", "files")) == [
        "echo/single_length",
        "files/single_length",
    ]
    number = ours.stage("echo").number
    assert _ids(ours, f"{number}/slashes") == ["echo/slashes"]
    assert len(_ids(ours, "e*/*")) > 10


def test_points_are_those_of_what_is_left(ours: Course) -> None:
    (stage,) = narrowed(ours, ours.stages, ["echo/any_length", "echo/slashes"])
    assert (stage.max_points(), stage.max_points(strict=True)) == (1, 2)
