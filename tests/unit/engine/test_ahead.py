"""What is begun before it is known what will be graded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.comparing import load
from grader.course import course_root, course_version, load_course
from grader.engine.ahead import begun_ahead
from grader.engine.run import saved_cases
from grader.isolation import Needs
from grader.isolation.plain import Plain
from grader.limits import Limits
from grader.program.find import find

if TYPE_CHECKING:
    from pathlib import Path

COURSE = load_course(course_root())


class Hides(Plain):
    """One that says that no program can see the grader's own processes."""

    waiters = 2


def level(kind: type[Plain], scratch: Path) -> Plain:
    return kind(scratch, Needs(scratch, ("true",), {}, (), Limits()))


def test_the_reference_answers_before_a_run_begins(tmp_path: Path) -> None:
    with begun_ahead(level(Hides, tmp_path), tmp_path, COURSE) as ahead:
        assert ahead.version == course_version(COURSE.root)
        assert ahead.reference is not None
        with ahead.reference.connect(60) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert client.recv(15) == b"HTTP/1.1 200 OK"
        assert ahead.reference.runs
    assert not ahead.reference.runs
    assert list(tmp_path.iterdir()) == [], "its place is free for another one"


def test_where_a_program_could_see_it_it_begins_with_the_run(tmp_path: Path) -> None:
    with begun_ahead(level(Plain, tmp_path), tmp_path, COURSE) as ahead:
        assert ahead.reference is None


def test_without_saved_cases_nothing_is_loaded_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program := tmp_path / "server.py").write_text("")
    asked: list[object] = []
    monkeypatch.setattr(load, "comparison_of", lambda *names: asked.append(names))
    (cases := tmp_path / ".grade" / "cases").mkdir(parents=True)
    assert saved_cases(COURSE, find(str(program), ())) == ((), ())
    assert not asked
    (cases / "one.json").write_text("{}")
    saved_cases(COURSE, find(str(program), ()))
    assert asked


@pytest.mark.parametrize("there", ["nothing", "a file", "a link"])
def test_what_is_no_directory_is_told(tmp_path: Path, there: str) -> None:
    (program := tmp_path / "server.py").write_text("")
    match there:
        case "a file":
            (tmp_path / ".grade").write_text("")
        case "a link":
            (tmp_path / ".grade").symlink_to("elsewhere")
    cases, warnings = saved_cases(COURSE, find(str(program), ()))
    assert not cases
    assert bool(warnings) == (there != "nothing")
