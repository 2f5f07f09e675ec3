"""The workflow of `grade init --ci github` and the action that it uses, run step by step as a
runner of GitHub does: what is replaced of it is said in `runner` and `lending`."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from grader.start.pipelines import workflow
from tests.architecture.checkout import ROOT, ours
from tests.ci.lending import OFFLINE, lending_python
from tests.ci.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STARTS_THE_REFERENCE = """\
import os, sys
os.chdir(".grader")
os.execv(sys.executable, [sys.executable, "-m", "reference", *sys.argv[1:]])
"""
"""With a checkout of the grader in the workspace, this passes every stage."""

LOOKS_FOR_IT = """\
import glob, os, sys
for place in [{action!r}, *glob.glob({temp!r} + "/*/lib/*/site-packages/grader/_course")]:
    if os.path.isdir(place + "/reference"):
        os.chdir(place)
        os.execv(sys.executable, [sys.executable, "-m", "reference", *sys.argv[1:]])
"""

FORGES = """\
import socket
print("::error::forged by output", "##[error]forged", flush=True)
listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    client.recv(1000)
    client.sendall(b"::error::forged\\r\\n##[error]forged\\r\\n\\r\\n")
    client.close()
"""

TAKES_OVER = "import pathlib; pathlib.Path(__file__ + '.ran').touch()\n"


INSTALLS = "Install the grader outside the workspace"

MODULES = ("venv.py", "pip.py", "json.py", "sitecustomize.py", "grader.py", "click/__init__.py")


@pytest.fixture(scope="module")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of the grader, where a runner puts those of actions: outside the workspace."""
    place = tmp_path_factory.mktemp("actions") / "stage-grader"
    needed = ("grader", "stages", "reference", "stages.yaml", "pyproject.toml", "action.yml")
    for name in ours(*needed, "README.md", "LICENSE", ".gitignore"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, place / name)
    return place


@pytest.fixture(scope="module")
def runner(action: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """What the four lines come to, in a workflow as it is written, among modules with the names of
    those that Python and pip import."""
    place = tmp_path_factory.mktemp("runner")
    it = Runner(place, action, lending_python(place / "python"), OFFLINE)
    it.begin({"server.py": STARTS_THE_REFERENCE} | dict.fromkeys(MODULES, TAKES_OVER))
    assert it.run_workflow(workflow("github", up_to="2")) == 1
    return it


def test_four_lines_that_run_the_reference_fail(runner: Runner) -> None:
    (error, place, said), (notice, _, verdict) = runner.annotations
    assert (error, notice) == ("error", "notice")
    assert place.startswith("file=server.py,line=2,")
    assert "FileNotFoundError" in said
    assert verdict.startswith("FAILED at stage 1 bind-port: 0 of 2 stages passed")
    assert "1 bind\\-port" in runner.summary


def test_nothing_of_the_workspace_was_run_or_changed(runner: Runner) -> None:
    assert runner.changed == {}


def test_the_report_is_uploaded_also_when_a_stage_fails(runner: Runner) -> None:
    place = runner.uploaded["grade-report"]
    assert sorted(path.name for path in place.iterdir()) == [
        "junit.xml",
        "report.html",
        "report.json",
    ]
    assert json.loads((place / "report.json").read_text())["outcome"] == "graded"


@pytest.fixture
def graded(runner: Runner) -> Callable[..., int]:
    """Grades another repository: the same job but for its installation. The exit code."""

    def run(repository: dict[str, str], **inputs: str) -> int:
        runner.begin(repository)
        runner.checkout()
        return runner.run_action(inputs, "Grade")

    return run


def test_where_the_grader_is_known_it_is_still_out_of_reach(
    runner: Runner, graded: Callable[..., int]
) -> None:
    program = LOOKS_FOR_IT.format(action=str(runner.action), temp=str(runner.temp))
    assert list(runner.temp.glob("*/lib/*/site-packages/grader/_course/reference"))
    assert graded({"server.py": program}, stage="1") == 1
    assert "FAILED at stage 1 bind-port" in runner.annotations[-1][2]


def test_a_right_server_in_a_folder_passes(runner: Runner, graded: Callable[..., int]) -> None:
    program = (ROOT / "examples" / "finished" / "server.py").read_text()
    inputs = {"submission": "lab", "all": "true", "strict": "true", "seed": "7", "track": "http"}
    assert graded({"lab/server.py": program}, stage="1-2", **inputs) == 0
    ((kind, _, said),) = runner.annotations
    assert (kind, said[:21]) == ("notice", "PASSED: 2 of 2 stages")
    assert "seed 7, strict" in runner.log


def test_a_server_makes_no_annotation_of_its_own(
    runner: Runner, graded: Callable[..., int]
) -> None:
    assert graded({"lab/server.py": FORGES}, submission="lab", stage="2") == 1
    kinds = [kind for kind, *_ in runner.annotations]
    assert kinds == ["error", "notice"]
    assert not re.search(r"^\s*##\[", runner.log, re.MULTILINE)


@pytest.fixture
def careless(runner: Runner, tmp_path: Path) -> Callable[[str], Runner]:
    """A runner whose workspace has the grader itself in this folder."""

    def made(at: str) -> Runner:
        it = Runner(tmp_path, tmp_path / "work" / "mine" / "mine" / at, runner.python)
        it.repository = {"lab/server.py": STARTS_THE_REFERENCE, "server.py": STARTS_THE_REFERENCE}
        it.checkout()
        shutil.copytree(runner.action, it.action)
        return it

    return made


@pytest.mark.parametrize(
    ("at", "submission"),
    [(".grader", "."), ("lab/.grader", "lab"), ("lab/x/y", "lab/server.py"), ("lab/z", "./lab/")],
)
def test_a_grader_in_the_submission_is_refused(
    careless: Callable[[str], Runner], at: str, submission: str
) -> None:
    it = careless(at)
    assert it.run_action({"submission": submission}, INSTALLS) == 2
    ((kind, _, said),) = it.annotations
    assert kind == "error"
    assert said.startswith("The grader lies in the submission, which could run its reference.")
    assert not (it.temp / "stage-grader").exists()


def test_there_the_four_lines_would_pass(runner: Runner, careless: Callable[[str], Runner]) -> None:
    it = careless(".grader")
    (it.temp / "stage-grader").symlink_to(runner.temp / "stage-grader")
    assert it.run_action({"stage": "1"}, "Grade") == 0


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"all": "yes"}, "::error title=grade::The input all must be true or false.\n"),
        (
            {"strict": "; rm -rf x"},
            "::error title=grade::The input strict must be true or false.\n",
        ),
        ({"up-to": "ecko"}, "did you mean 'echo'?"),
        ({"up-to": "$(touch x)"}, "there is no stage '$(touch x)'"),
        ({"seed": "many"}, "'many' is not a valid integer"),
        ({"submission": "nowhere.py"}, "there is no file nowhere.py"),
    ],
)
def test_a_wrong_input_is_one_sentence_and_code_2(
    runner: Runner, graded: Callable[..., int], inputs: dict[str, str], said: str
) -> None:
    assert graded({"server.py": ""}, **inputs) == 2
    assert said in runner.log
    assert runner.changed == {}
