"""`grade init`: what it writes passes the first stage, and nothing that is there is written
over."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from grader.course import course_root, load_course
from grader.errors import UsageError
from grader.start.languages import LANGUAGES
from grader.start.pipelines import NOWHERE, workflow

if TYPE_CHECKING:
    from tests.learning.desk import Desk

TOOLS = {
    "python": "python3",
    "node": "node",
    "go": "go",
    "c": "cc",
    "rust": "rustc",
    "java": "javac",
}


def files(directory: Path) -> set[str]:
    return {str(path.relative_to(directory)) for path in directory.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_writes_passes_the_first_stage(desk: Desk, language: str) -> None:
    if not shutil.which(TOOLS[language]):
        pytest.skip(f"no {TOOLS[language]} here")
    run = desk.grade("init", "new", "--language", language, expect=0)
    place = desk.place / "new"
    written = files(place)
    assert {LANGUAGES[language].program, "TASK.md", ".gitignore"} <= written
    assert all(name in run.out for name in written)
    # Another port than the course's: others may be testing on this machine.
    program = place / LANGUAGES[language].program
    program.write_text(program.read_text().replace("4221", str(desk.port)))
    toolchains = {
        name: os.environ[name] for name in ("CARGO_HOME", "RUSTUP_HOME") if name in os.environ
    }
    if language == "rust":
        toolchains.setdefault("RUSTUP_HOME", str(Path.home() / ".rustup"))
    graded = desk.grade(
        "--stage", "1", "--strict", "--port", str(desk.port), "new", expect=0, **toolchains
    )
    assert "PASSED: 1 of 1 stage" in graded.out
    assert "progress: stage 1 bind-port passed" in graded.said


def test_it_passes_the_first_stage_and_no_more(desk: Desk) -> None:
    desk.grade("init", expect=0)
    program = desk.place / "server.py"
    program.write_text(program.read_text().replace("4221", str(desk.port)))
    assert "FAILED at stage 2 ok" in desk.graded("-q", expect=1).said


@pytest.mark.parametrize(
    "name", ["server.py", "TASK.md", ".gitignore", ".github/workflows/grade.yml"]
)
@pytest.mark.parametrize("kind", ["file", "dead link"])
def test_nothing_is_written_over(desk: Desk, name: str, kind: str) -> None:
    path = desk.place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine") if kind == "file" else path.symlink_to(desk.place.parent / "elsewhere")
    run = desk.grade("init", "--ci", "github", expect=2)
    assert f"nothing was written: {name} already exists" in run.err
    assert files(desk.place) == ({name} if kind == "file" else set())
    assert not (desk.place.parent / "elsewhere").exists()
    assert kind != "file" or path.read_text() == "mine"


def test_a_track_that_goes_on_with_another_program_has_no_first_one(desk: Desk) -> None:
    run = desk.grade("init", "--track", "hardening", expect=2)
    assert "nothing was written: track 'hardening' goes on with a program that passes" in run.err
    assert files(desk.place) == set()


def test_a_track_can_be_the_beginning(desk: Desk) -> None:
    run = desk.grade("init", "--track", "sockets", "--ci", "github", expect=0)
    first = load_course(course_root(), only=()).track("sockets").stages[0]
    assert f"TASK.md explains stage {first.number}; the program only listens so far." in run.out
    assert "press n" not in run.out
    assert (desk.place / "grade.toml").read_text() == 'track = "sockets"\n'
    assert f"as `grade show {first.number}` prints it" in (desk.place / "TASK.md").read_text()
    workflow = (desk.place / ".github" / "workflows" / "grade.yml").read_text()
    assert f'up-to: "{first.slug}"' in workflow
    program = desk.place / "server.py"
    program.write_text(program.read_text().replace("4221", str(desk.port)))
    assert f"FAILED at stage {first.number} {first.slug}" in desk.graded("-q", expect=1).said


def test_a_directory_that_is_a_file(desk: Desk) -> None:
    (desk.place / "x").write_text("")
    assert "nothing was written: " in desk.grade("init", "x", expect=2).err
    assert files(desk.place) == {"x"}


def test_git_keeps_the_cases_and_not_the_progress(desk: Desk) -> None:
    desk.grade("init", expect=0)
    (desk.place / ".grade" / "cases").mkdir()
    for name in ("progress.json", "cases/a.json"):
        (desk.place / ".grade" / name).write_text("{}")
    subprocess.run(["git", "init", "-q"], cwd=desk.place, check=True)
    kept = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=desk.place,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert kept == [".gitignore", ".grade/cases/a.json", "TASK.md", "server.py"]


# --- workflows ------------------------------------------------------------------------------------

SOURCE = "git+https://git.example.org/you/stage-grader@v1"


@pytest.mark.parametrize(
    ("source", "used"),
    [
        (None, NOWHERE),
        ("you/stage-grader", "you/stage-grader@main"),
        ("you/stage-grader@v1", "you/stage-grader@v1"),
        ("https://github.com/you/stage-grader.git", "you/stage-grader@main"),
        ("git+https://github.com/you/stage-grader@feature/x", "you/stage-grader@feature/x"),
    ],
)
def test_the_workflow_for_github(source: str | None, used: str) -> None:
    read = yaml.safe_load(workflow("github", source, "echo"))
    checkout, grade = read["jobs"]["grade"]["steps"]
    assert checkout["with"] == {"persist-credentials": False}
    assert grade == {"uses": used, "with": {"up-to": "echo"}}


@pytest.mark.parametrize("source", [None, SOURCE])
def test_the_workflow_for_gitlab(source: str | None) -> None:
    """It installs from the variable, says so when it is empty, and grades up to a stage."""
    read = yaml.safe_load(workflow("gitlab", source, "3"))
    assert read["variables"].get("STAGE_GRADER") == source
    assert read["variables"]["UP_TO"] == "3"
    install, grade = read["grade"]["script"]
    for said, code in (("", 2), (SOURCE, 0)):
        shell = ["sh", "-c", f'pip() {{ echo pip "$@"; }}; {install}']
        ran = subprocess.run(
            shell, env={"STAGE_GRADER": said}, capture_output=True, text=True, check=False
        )
        assert bool(ran.returncode) == bool(code)
        assert ran.stdout == (f"pip install --quiet {SOURCE}\n" if said else "")
        assert said or "STAGE_GRADER: is not set" in ran.stderr
    assert ' --up-to "$UP_TO" ' in grade


def test_what_gitlab_collects_is_what_the_job_writes(desk: Desk) -> None:
    job = yaml.safe_load(workflow("gitlab", SOURCE, "bind-port"))["grade"]
    desk.grade("init", "--ci", "gitlab", expect=0)
    program = desk.place / "server.py"
    program.write_text(program.read_text().replace("4221", str(desk.port)))
    words = [word.replace("$UP_TO", "bind-port") for word in shlex.split(job["script"][1])[1:]]
    before = files(desk.place)
    desk.grade(*words, "--port", str(desk.port), expect=0)
    collected = {*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()}
    assert files(desk.place) - before == collected


@pytest.mark.parametrize(
    "source", ["", "-r x", 'a" && b', "a b", "$(x)", "${{ secrets.x }}", "a\nb", "`x`"]
)
@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_a_source_that_would_be_something_else(service: str, source: str) -> None:
    with pytest.raises(UsageError, match=r"--from takes (what pip can|the repository of the)"):
        workflow(service, source)


def test_a_source_without_a_workflow(desk: Desk) -> None:
    assert "--from works only with --ci" in desk.grade("init", "--from", SOURCE, expect=2).said
    assert files(desk.place) == set()


def test_what_is_left_to_do_is_said(desk: Desk) -> None:
    said = desk.grade("init", "--ci", "github", expect=0).out
    assert "put the repository of the grader in place of YOUR-ORGANISATION/stage-grader" in said
    run = desk.grade("init", "other", "--ci", "github", "--from", "you/grader", expect=0)
    assert "YOUR-ORGANISATION" not in run.out
