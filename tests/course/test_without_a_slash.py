"""A directory that a server joins with a name without a slash, in other languages than Python: what
is said of reading and of writing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from tests.golden import grade

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS: Final = Path(__file__).parent / "programs"
NAME: Final = "without_a_slash"
LANGUAGES: Final = (
    ("node", (), ("node", f"{NAME}.js")),
    ("gcc", ("gcc", "-O1", "-o", NAME, f"{NAME}.c"), (f"./{NAME}",)),
    ("go", ("go", "build", "-o", NAME, f"{NAME}.go"), (f"./{NAME}",)),
)
"""The tool that it takes, what builds the program, and what starts it."""


@pytest.mark.parametrize(
    ("tool", "build", "command"), LANGUAGES, ids=[tool for tool, *_ in LANGUAGES]
)
def test_what_is_said(
    tool: str,
    build: Sequence[str],
    command: Sequence[str],
    tmp_path: Path,
) -> None:
    if not shutil.which(tool):
        pytest.skip(f"there is no {tool} here")
    (directory := tmp_path / "submission").mkdir()
    for program in PROGRAMS.glob(f"{NAME}.*"):
        shutil.copy(program, directory)
    if build:
        subprocess.run(build, cwd=directory, check=True)
    checks = ("--check=files/serves_a_file", "--check=files/stores_a_body")
    grading = grade(directory, command, tmp_path / "report.json", *checks, seed=4)
    assert grading.checks("failed") == {"files/serves_a_file", "files/stores_a_body"}
    assert grading.output.count("without a slash:") == 2, grading.output
