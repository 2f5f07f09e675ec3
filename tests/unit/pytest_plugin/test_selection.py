"""Which words of a command line name tests of the submission, and which tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course import Stage, course_root, load_checks, load_course
from grader.errors import UsageError
from grader.pytest_plugin.selection import chosen
from grader.pytest_plugin.words import Words, told_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def test_words_name_the_submission_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "server.py").touch()
    (tmp_path / "app").mkdir()
    words = ["server.py", "./app/../server.py::echo", f"{tmp_path}/server.py::echo::any", "tests/"]
    assert told_apart(words, "./server.py", tmp_path) == Words(
        ((), ("echo",), ("echo", "any")), ("tests/",)
    )
    assert told_apart(["app", "app::echo", "server.py::echo"], "app", tmp_path) == Words(
        (("echo",),), ("app", "server.py::echo")
    )


@pytest.fixture(scope="module")
def stages() -> Sequence[Stage]:
    course = load_course(course_root(), only=())
    return [load_checks(course.stage(slug)) for slug in ("ok", "echo")]


def test_tests_are_chosen_by_their_names(stages: Sequence[Stage]) -> None:
    every = {it.slug: {check.name for check in it.checks} for it in stages}
    assert chosen(stages, ()) == every
    assert chosen(stages, [("echo",)]) == {"echo": every["echo"]}
    two = chosen(stages, [("echo", "slashes"), ("ok", "answers_200"), ("echo", "any_length")])
    assert two == {"ok": {"answers_200"}, "echo": {"slashes", "any_length"}}
    assert [*two] == ["ok", "echo"], "in the order of the course"


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (("ecko",), "did you mean 'echo'?"),
        (("gzip",), "choose stages with --submission-stage"),
        (("echo", "slash"), "did you mean 'slashes'?"),
        (("echo", "slashes", "x"), "has no check 'slashes::x'"),
    ],
)
def test_a_name_that_is_not_there_is_said(
    parts: tuple[str, ...], says: str, stages: Sequence[Stage]
) -> None:
    with pytest.raises(UsageError, match="stage") as error:
        chosen(stages, [parts])
    assert says in str(error.value)
