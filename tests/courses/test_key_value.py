"""The course of a store of keys and values: another protocol from the first command to the last.

Its wrong submissions fail the check that they name and no other, its right ones pass, and nothing
that a learner reads speaks of HTTP.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from grader.course import load_course
from grader.course.audit import check_course
from tests import forked

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from tests.golden import Grading, Gradings

ROOT: Final = Path(__file__).parents[2]
COURSE: Final = ROOT / "examples/courses/key-value"
WRONG: Final = sorted((COURSE / "wrong").glob("*/*.py"))
RIGHT: Final = sorted((COURSE / "right").glob("*.py"))
SEED: Final = 4
OF_HTTP: Final = re.compile(r"http|curl|status line|header|content-length|GET /", re.IGNORECASE)


def _caught_by(path: Path) -> str:
    named = re.search(r"^Caught by: (\S+)$", path.read_text(), re.MULTILINE)
    assert named, f"{path} names no check"
    return named[1]


def _each(paths: list[Path]) -> list[ParameterSet]:
    """Of each folder, the first is in the quick set."""
    first = {path.parent: path for path in reversed(paths)}.values()
    return [
        pytest.param(
            path,
            id=f"{path.parent.name}/{path.stem}",
            marks=[pytest.mark.sample] if path in first else [],
        )
        for path in paths
    ]


def _graded(gradings: Gradings, path: Path, *options: str) -> Grading:
    options = (f"--course={COURSE}", "--strict", *options)
    return gradings.graded(path.parent, ("python3", path.name), *options, seed=SEED)


@pytest.mark.parametrize("path", _each(WRONG))
def test_a_wrong_submission_fails_the_check_that_it_names(path: Path, gradings: Gradings) -> None:
    grading = _graded(gradings, path, f"--stage={path.parent.name}")

    assert grading.checks("failed", "errored") == {_caught_by(path)}, grading.output
    shown = grading.output.replace(str(COURSE), "COURSE")
    assert not OF_HTTP.findall(shown), shown


@pytest.mark.parametrize("track", ["store", "datagrams"])
@pytest.mark.parametrize("path", _each(RIGHT))
def test_a_right_submission_passes(path: Path, track: str, gradings: Gradings) -> None:
    grading = _graded(gradings, path, f"--track={track}", "--all")

    assert grading.checks("failed", "errored", "skipped") == set(), grading.output
    assert grading.exit_code == 0


@pytest.mark.sample
def test_the_course_is_right_and_each_check_has_its_submission() -> None:
    assert check_course(COURSE) == []
    checks = {
        f"{stage.slug}/{check.name}"
        for stage in load_course(COURSE).stages
        for check in stage.checks
    }
    assert {_caught_by(path) for path in WRONG} == checks


def _grade(*arguments: str | Path, place: Path, code: int = 0) -> str:
    """What a command prints, in a directory, with the course from the environment."""
    environment = {**os.environ, "GRADE_COURSE": str(COURSE), "TMPDIR": "/tmp", "COLUMNS": "100"}
    ended = forked.run(arguments, cwd=place, env=environment, timeout=120)
    assert ended.code == code, ended.err.decode()
    return ended.out.decode() + ended.err.decode()


@pytest.mark.sample
def test_the_course_and_its_pages_are_shown(tmp_path: Path) -> None:
    listed = _grade("stages", place=tmp_path)
    pages = "".join(_grade("show", str(number), place=tmp_path) for number in range(1, 6))

    assert re.search(r"many-clients +Serve many clients at once", listed)
    assert "datagrams: The store over UDP" in listed
    assert not OF_HTTP.findall(listed + pages)


@pytest.mark.sample
def test_the_doctor_finds_the_reference_well(tmp_path: Path) -> None:
    found = _grade("doctor", place=tmp_path)

    assert "reference     starts and answers" in found
    assert "port 6379     free" in found
    assert "port 6379/udp free" in found


@pytest.mark.sample
def test_the_first_program_passes_the_first_stage(tmp_path: Path) -> None:
    said = _grade("init", "mine", place=tmp_path)
    written = "".join(path.read_text() for path in (tmp_path / "mine").iterdir() if path.is_file())
    graded = _grade("--stage", "bind", "mine", place=tmp_path)

    assert f"export GRADE_COURSE={COURSE}\n" in said
    assert "6379" in written
    assert not OF_HTTP.findall(written)
    assert "PASSED: 1 of 1 stage" in graded


@pytest.mark.sample
def test_fuzzing_says_that_nothing_is_compared(tmp_path: Path) -> None:
    asked = ("fuzz", "--track", "datagrams", COURSE / "right/threads.py")
    said = _grade(*asked, place=tmp_path, code=2)

    assert said.startswith(
        "grade: there is nothing to search in track 'datagrams': `comparison` in"
    )
    assert said.count("\n") == 1


SEARCH: Final = ("fuzz", "--seed", str(SEED), "--seconds", "600", "--examples", "60")


@pytest.mark.parametrize("path", RIGHT, ids=lambda path: path.stem)
def test_fuzzing_finds_nothing_in_a_right_one(path: Path, tmp_path: Path) -> None:
    said = _grade(*SEARCH, "--strict", path, place=tmp_path)

    assert "NOTHING FOUND: 60 conversations" in said


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("set-get/one_word", "The answer to 'GET "),
        ("set-get/first_value_stays", "The answer to 'GET "),
        ("set-get/ends_on_a_new_key", "ended with exit status 1 while handling this request"),
        ("many-clients/one_at_a_time", "did not accept the connection"),
    ],
)
def test_fuzzing_finds_a_fault_and_saves_it(wrong: str, told: str, tmp_path: Path) -> None:
    program = shutil.copy(COURSE / "wrong" / f"{wrong}.py", tmp_path / "server.py")
    said = _grade(*SEARCH, "--save", program, place=tmp_path, code=1)
    found = " ".join(said.split())
    saved = re.search(r"grade checks it too, as (\S+)", found)

    assert "FOUND a difference" in found
    assert told in found, said
    assert "| nc -w 2 localhost 6379" in found
    assert not OF_HTTP.findall(said), said
    assert saved
    stage, _, name = saved[1].partition("/")
    again = _grade("--stage", stage, "--strict", "-v", program, place=tmp_path, code=1)
    assert name in again


def test_reports_and_a_class(tmp_path: Path) -> None:
    summary = tmp_path / "class.csv"
    programs = [COURSE / "right/threads.py", COURSE / "wrong/ping/hangs_up.py"]
    arguments = ["--stage", "ping", "--seed", str(SEED), "--summary", str(summary)]
    for form in ("json", "html"):
        arguments += ["--report", f"{form}:{tmp_path / form}/"]
    said = _grade(*arguments, *programs, place=tmp_path, code=1)

    assert "2 submissions: 1 passed, 1 failed" in said
    report = json.loads((tmp_path / "json/hangs_up.json").read_text())
    failed = [check for stage in report["stages"] for check in stage["checks"]
              if check["verdict"] == "failed"]  # fmt: skip
    assert [check["id"] for check in failed] == ["ping/answers_again"]
    reproduce = failed[0]["failure"]["reproduce"]
    assert "nc -w 2 localhost 6379" in reproduce or "/dev/tcp/localhost/6379" in reproduce
    page = (tmp_path / "html/hangs_up.html").read_text()
    assert "closed the connection after 1 answer" in page
    assert "Hypertext" not in page
