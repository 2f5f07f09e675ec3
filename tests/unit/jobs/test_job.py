"""A Job: whoever has it as JSON does the same work, and a Done is an exit code."""

from __future__ import annotations

import pickle
import subprocess
from typing import TYPE_CHECKING

import pytest

from grader.codec import BrokenJson, from_json, to_json
from grader.course import course_root, load_course
from grader.engine.settings import RunSettings
from grader.jobs.job import Job, prepared, single_checks
from grader.jobs.neighbours import Neighbours
from grader.report.codec import from_json as report_from_json
from grader.system import self_command
from tests.unit.tiny_servers import HEAD, free_port

if TYPE_CHECKING:
    from pathlib import Path

SERVES = """
while True:
    client = listener.accept()[0]
    while head(client):
        answer(client, b"")
    client.close()
"""
ROOT = course_root()
RIGHT = ROOT / "tests" / "submissions" / "right_server.py"


def job(settings: RunSettings, *reports: str, submission: str = str(RIGHT)) -> Job:
    return Job(str(ROOT), ("bind-port",), submission, settings, reports=reports)


def test_it_comes_back_from_another_process_as_it_was() -> None:
    settings = RunSettings(7, strict=True, port=80, limits=("cpu=1",), again=("--port", "80"))
    whole = Job(
        "course", ("a", "b"), "gr\udce9.py", settings, (), "python3", ("a/b",),
        Neighbours("gr.py", ("/a b",), ""), ("json:/x",), 2,
    )  # fmt: skip
    assert from_json(to_json(whole), Job) == whole == pickle.loads(pickle.dumps(whole))


@pytest.mark.parametrize("text", ["", "{}", '{"course": 1}', "[]"])
def test_what_is_no_job(text: str) -> None:
    with pytest.raises(BrokenJson):
        from_json(text, Job)


def test_the_process_of_a_class_does_it(tmp_path: Path) -> None:
    report = tmp_path / "report"
    (place := tmp_path / "submission").mkdir()
    (place / "server.py").write_text(HEAD + SERVES)
    port = free_port()
    (place / "grade.yaml").write_text(f"entry: [python3, server.py, '{port}']\n")
    settings = RunSettings(1, port=port, sandbox="off")
    whole = job(settings, f"json:{report}", submission=str(place))
    ended = subprocess.run(
        self_command.command("grader.jobs.worker"), env=self_command.environment(),
        input=to_json(whole).encode(), capture_output=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    found = report_from_json(report.read_text())
    assert [stage.slug for stage in found.stages] == ["bind-port"]
    assert found.header.environment.seed == 1


def test_checks_that_a_command_line_chose_are_named_one_by_one() -> None:
    course = load_course(ROOT)
    echo = course.stage("echo")
    narrowed = echo.narrowed_to([echo.checks[1].name])
    assert single_checks([echo], RunSettings(1)) == ()
    ids = single_checks([narrowed], RunSettings(1, checks=("echo/*",)))
    assert ids == (f"echo/{echo.checks[1].name}",)
    chosen = Job(str(ROOT), ("echo",), str(RIGHT), RunSettings(1), checks=ids)
    (stage,) = prepared(chosen).stages
    assert [check.name for check in stage.checks] == [echo.checks[1].name]
