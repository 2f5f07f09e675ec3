"""The autograder for Gradescope, in a root directory that looks like the one there: unpacked, set
up, and run as root without namespaces, in a container with 768 MB where the machine lets us make
one.

What is replaced: `apt-get` writes down what it is asked for, and the interpreter lends its
packages, so that pip needs no index (`tests/ci/lending.py`).
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from grader.start.pipelines import workflow
from tests import forked
from tests.architecture.checkout import ROOT
from tests.ci.lending import OFFLINE, lending_python
from tests.export.container import PATH, Container

if TYPE_CHECKING:
    from collections.abc import Callable

    Submit = Callable[..., tuple[dict[str, Any], str]]

METADATA = {
    "id": 123456,
    "created_at": "2026-11-30T02:12:00.365935-07:00",
    "assignment": {"due_date": "2026-11-29T23:00:00.000000-07:00", "late_due_date": None},
    "users": [{"email": "student@example.com", "id": 1234, "name": "Student User"}],
}

RUNS = (
    "/opt/stage-grader/bin/python", "-I", "-m", "grader.export.on_gradescope", "--seconds", "99",
    "--",
)  # fmt: skip
"""What run_autograder starts, without the options of `grade`."""

TAKES_ALL_MEMORY = """\
import socket
listener = socket.create_server(("127.0.0.1", 4221))
while True:
    client, _ = listener.accept()
    if client.recv(1000):
        taken = [bytearray(b"x" * (8 << 20)) for _ in range(200)]
"""

LOOKS_AROUND = """\
import os, pathlib
try:
    print(open({stages!r}).read(99))
except OSError as error:
    print("stages", error.strerror)
for place in ["/autograder/source", "/autograder/results"]:
    try:
        print(place, len(os.listdir(place)))
    except OSError as error:
        print(place, error.strerror)
try:
    pathlib.Path("/autograder/results/results.json").write_text("1000")
except OSError as error:
    print("results", error.strerror)
print("user", os.getuid())
"""


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Container:
    """A container as Gradescope has built it."""
    place = tmp_path_factory.mktemp("gradescope")
    exported = forked.run(
        ["export", "gradescope-autograder", "--out", "a.zip", "--stage=1-2", "--seed=7",
         "--visibility=after_due_date"],
        cwd=place, env={"PATH": PATH}, timeout=60,
    )  # fmt: skip
    assert exported.code == 0, exported.err
    assert b"Autograder points   7\n" in exported.out
    it = Container(place / "root")
    it.require()
    source = it.inside("/autograder/source")
    source.mkdir(parents=True)
    with zipfile.ZipFile(place / "a.zip") as archive:
        for entry in archive.infolist():
            (source / entry.filename).write_bytes(archive.read(entry))
            (source / entry.filename).chmod(entry.external_attr >> 16 & 0o777)
    shutil.copy(source / "run_autograder", it.inside("/autograder"))
    it.inside("/autograder/results").mkdir()
    (stubs := it.inside("/opt/stubs")).mkdir(parents=True)
    lending_python(stubs / "python3.14")
    (stubs / "apt-get").write_text('#!/bin/sh\necho "$@" >>/opt/stubs/asked\n')
    (stubs / "apt-get").chmod(0o755)
    ran = it.run(
        "bash", "/autograder/source/setup.sh", path=f"/opt/stubs:{PATH}", environment=OFFLINE
    )
    assert ran.returncode == 0, ran.stdout
    return it


@pytest.fixture
def submitted(there: Container) -> Submit:
    """Hands in a program, and has it graded: the results, and what instructors see besides."""

    def run(
        program: str, metadata: dict[str, Any] | None = None, *instead: str
    ) -> tuple[dict[str, Any], str]:
        submission = there.inside("/autograder/submission")
        shutil.rmtree(submission, ignore_errors=True)
        submission.mkdir()
        (submission / "server.py").write_text(program)
        said = there.inside("/autograder/submission_metadata.json")
        said.write_text(json.dumps(METADATA if metadata is None else metadata))
        ran = there.run(*(instead or ("/autograder/run_autograder",)))
        results = there.inside("/autograder/results/results.json")
        return json.loads(results.read_text()), ran.stdout

    return run


def test_setup_asks_for_what_the_programs_need(there: Container) -> None:
    asked = there.inside("/opt/stubs/asked").read_text().splitlines()
    assert asked == ["update -q", "install -yq --no-install-recommends python3"]


def test_a_right_server_gets_all_points(
    submitted: Submit,
) -> None:
    results, said = submitted((ROOT / "examples" / "finished" / "server.py").read_text())
    assert results["score"] == sum(test["max_score"] for test in results["tests"]) == 7
    first, late = results["output"].splitlines()
    assert first.startswith("PASSED: 2 of 2 stages")
    assert late == (
        "Submitted 3 hours 12 minutes after the due date (2026-11-29 23:00-07:00). The score is"
        " without any deduction."
    )
    assert results["extra_data"]["late_seconds"] == 11520
    assert results["extra_data"]["seed"] == 7
    assert {test["visibility"] for test in results["tests"]} == {"after_due_date"}
    assert "isolation: landlock" in said
    assert "student@example.com" not in json.dumps(results)


@pytest.mark.parametrize("level", ["landlock", "plain"])
def test_a_program_gets_neither_at_the_grader_nor_at_the_results(
    submitted: Submit, there: Container, level: str
) -> None:
    alone = os.geteuid() != 0
    if level == "plain" and alone:
        pytest.skip("here root is the only user that a program can have")
    installed = there.inside("/opt/stage-grader")
    (file,) = installed.glob("lib/*/site-packages/grader/_course/stages.yaml")
    program = LOOKS_AROUND.format(stages=f"/{file.relative_to(there.root)}")
    results, said = submitted(program, {}, *RUNS, f"--sandbox={level}", "--stage=1")
    assert results["score"] == 0
    assert f"isolation: {level}" in said
    for place in ("/autograder/source", "/autograder/results", "stages", "results"):
        assert f"{place} Permission denied" in said
    assert f"user {0 if alone else 65534}" in said


def test_what_takes_all_memory_is_stopped_and_the_results_are_there(
    submitted: Submit,
) -> None:
    results, _ = submitted(TAKES_ALL_MEMORY)
    assert results["score"] == 3  # it listens
    assert "used more than 448 MiB of memory" in json.dumps(results["tests"])


def test_a_submission_without_a_program_gets_0_points_and_the_reason(
    submitted: Submit,
) -> None:
    empties = "rm /autograder/submission/* && /autograder/run_autograder"
    results, _ = submitted("", {}, "sh", "-c", empties)
    assert results["score"] == 0
    assert "NOT GRADED" in results["output"]
    assert results["extra_data"]["due_date"] is None


def test_what_cannot_begin_has_no_score(
    submitted: Submit,
) -> None:
    results, said = submitted("", {}, *RUNS, "--stage=nothing")
    assert "score" not in results
    assert "exit code 2" in results["output"]
    assert "there is no stage 'nothing'" in said


# --- GitLab ---------------------------------------------------------------------------------------

STARTS_THE_REFERENCE = """\
import glob, os, sys
(place,) = glob.glob("/opt/stage-grader/lib/*/site-packages/grader/_course")
os.chdir(place)
os.execv(sys.executable, [sys.executable, "-m", "reference", *sys.argv[1:]])
"""


def test_in_the_job_of_gitlab_four_lines_that_run_the_reference_fail(there: Container) -> None:
    """Its container is like that of Gradescope, but that everybody may read the grader."""
    (workspace := there.inside("/builds/me/mine")).mkdir(parents=True)
    (workspace / "server.py").write_text(STARTS_THE_REFERENCE)
    job = yaml.safe_load(workflow("gitlab"))["grade"]
    script = f"chmod -R go+rX /opt/stage-grader && cd /builds/me/mine && {job['script'][1]}"
    ran = there.run(
        "sh", "-c", script, path=f"/opt/stage-grader/bin:{PATH}", environment={"UP_TO": "1"}
    )
    there.run("chmod", "-R", "go-rwx", "/opt/stage-grader")
    assert ran.returncode == 1, ran.stdout
    assert "FAILED at stage 1 bind-port" in ran.stdout
    assert "Permission denied" in ran.stdout
