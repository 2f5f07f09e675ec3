"""A grading in a forked child is what the command does, and the tests that grade so prove as
much."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests import forked
from tests.course.test_submissions import SAMPLE, SEED, SUBMISSIONS
from tests.golden import ROOT, grade, normalised

if TYPE_CHECKING:
    from pathlib import Path

    from tests.golden import Gradings

pytestmark = pytest.mark.sample
BROKEN = next(broken for broken in SAMPLE if broken.slug == "files")


def test_it_is_what_the_command_does(gradings: Gradings, tmp_path: Path) -> None:
    how = ("--strict", f"--stage={BROKEN.slug}")
    command, seed = ("python3", BROKEN.script), SEED
    one = BROKEN.graded(gradings)
    other = grade(SUBMISSIONS, command, tmp_path / "run.json", *how, seed=seed, fork=False)

    assert one.exit_code == other.exit_code
    assert normalised(one.output) == normalised(other.output)
    assert one.report["environment"] == other.report["environment"]
    assert _judged(one.report) == _judged(other.report)


def _judged(report: Any) -> list[tuple[str, str]]:  # noqa: ANN401  (JSON)
    return [(one["id"], one["verdict"]) for stage in report["stages"] for one in stage["checks"]]


def test_arguments_directory_output_and_exit_code_are_its_own(tmp_path: Path) -> None:
    for arguments in (("--nonsense",), ("nothing.py",), ("stages",), ("--version",)):
        words = [sys.executable, "-m", "grader", *arguments]
        there = subprocess.run(
            words, cwd=tmp_path, env=_environment(), capture_output=True, check=False
        )
        here = forked.run(arguments, cwd=tmp_path, env=_environment(), timeout=60)

        assert here == forked.Ended(there.returncode, there.stdout, there.stderr)


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    (tmp_path / "server.py").write_text("import signal\nsignal.pause()\n")
    with pytest.raises(subprocess.TimeoutExpired):
        forked.run(["server.py"], cwd=tmp_path, env=_environment(), timeout=0.1)

    assert forked.run(["--version"], cwd=tmp_path, env=_environment(), timeout=60).code == 0


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
