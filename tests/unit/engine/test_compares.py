"""Which runs start the reference at once."""

from __future__ import annotations

from grader.check.declaration import asks_for
from grader.course import course_root, load_course
from grader.engine.checks_of_run import compares


def test_the_stages_whose_checks_ask_the_reference_say_so_before_they_are_loaded() -> None:
    course = load_course(course_root())
    asking = {
        stage.slug
        for stage in course.stages
        if any(asks_for(check, "reference") for check in stage.checks)
    }
    assert (
        {stage.slug for stage in course.stages if compares(stage)} == asking == {"echo", "headers"}
    )
