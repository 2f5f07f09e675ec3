"""Scripts for a shell that the system would not start: an archive has lost the x bit, or Windows
has added CR. They are started all the same, and it is said."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from grader.errors import NotGraded
from grader.program.find import find

if TYPE_CHECKING:
    from pathlib import Path

    from grader.program.submission import Submission

NAME = "your_program.sh"


def found(place: Path, content: str, mode: int) -> Submission:
    (place / NAME).write_text(content, newline="")
    (place / NAME).chmod(mode)
    return find(str(place), [])


def ran(submission: Submission) -> str:
    """What it prints, after its build in its own directory."""
    for words in ([submission.build.command] if submission.build else []), [submission.command]:
        for command in words:
            done = subprocess.run(
                command, cwd=submission.directory, check=True, capture_output=True, text=True
            )
    return done.stdout


@pytest.mark.parametrize(
    ("content", "mode", "says"),
    [
        ("#!/bin/sh\necho $0\n", 0o755, ""),
        ("#!/bin/sh\necho $0\n", 0o644, f"sh {NAME} (no x bit)"),
        ("#!/bin/sh\r\necho $0\r\n", 0o755, f"sh {NAME} (CR LF)"),
        ("#!/bin/sh\r\necho $0\r\n", 0o644, f"sh {NAME} (no x bit, CR LF)"),
        ("#!/bin/sh\necho $0\r\n", 0o755, f"sh {NAME} (CR LF)"),
        ("#!/usr/bin/env bash\r\n[[ 1 ]] && echo $0\r\n", 0o755, f"bash {NAME} (CR LF)"),
        ("echo $0\n", 0o755, f"sh {NAME} (no #! line)"),
        ("echo $0\r\n", 0o644, f"sh {NAME} (no x bit, no #! line, CR LF)"),
        ("\ufeff#!/bin/sh\necho $0\n", 0o644, f"sh {NAME} (no x bit)"),
    ],
)
def test_a_script_is_started(tmp_path: Path, content: str, mode: int, says: str) -> None:
    submission = found(tmp_path, content, mode)
    assert submission.starts == says
    assert (submission.build is not None) == ("CR LF" in says)
    assert ran(submission) == f"{tmp_path / NAME}\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("#!/no/such/shell\r\n", "interpreter in its first line is not on this machine: #!/no"),
        ("#! \r\n", "interpreter in its first line is not on this machine: #!"),
        ("#!/usr/bin/env\r\n", "interpreter in its first line is not on this machine"),
        ("", "is not executable"),
        ("\0", "is not executable"),
    ],
)
def test_one_that_nothing_starts(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(NotGraded, match=said):
        found(tmp_path, content, 0o644)


def test_the_only_program_is_taken_and_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "web.py").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert find(str(tmp_path), []).starts == "web.py, its only program"
    (tmp_path / "start.sh").write_text("python3 web.py\n")
    assert find(str(tmp_path), []).program == "web.py"
    (tmp_path / "web.py").unlink()
    assert find(str(tmp_path), []).starts == "sh start.sh (no x bit, no #! line)"


def test_several_are_named(tmp_path: Path) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text("")
    with pytest.raises(NotGraded, match=r"has several programs: a.py, b.py; name the one to grade"):
        find(str(tmp_path), [])


def test_others_programs_are_no_guess(tmp_path: Path) -> None:
    for name in ("node_modules/x/main.go", "venv/main.go", "__MACOSX/main.go", ".git/main.go"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("package main\nfunc main() {}\n")
    (tmp_path / "go.mod").write_text("module x\n")
    with pytest.raises(NotGraded, match="has no program to start"):
        find(str(tmp_path), [])
