"""When a course was changed last: what judges, and what it is compared with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.course.version import last_change

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("stages.yaml", "stages/echo/checks.py", "reference/server.py", "reference/wire/reader.py")
COMMANDS = (("{python}", "-m", "reference"), ("{python}", "reference/server.py", "--unix", "x"))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for second, name in enumerate((*FILES, "elsewhere/notes.py")):
        (file := tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
        os.utime(file, (second, second))
    for folder in ("reference", "reference/wire", "stages", "stages/echo"):
        os.utime(tmp_path / folder, (0, 0))
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_that_judges_or_answers_counts(
    course: Path, command: tuple[str, ...], name: str
) -> None:
    os.utime(course / name, (100, 100))
    assert last_change(course, command) == 100 * 10**9


def test_another_one_does_not(course: Path) -> None:
    os.utime(course / "elsewhere/notes.py", (100, 100))
    assert last_change(course, COMMANDS[0]) == 3 * 10**9
