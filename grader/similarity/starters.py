"""The code that learners are given: the first programs of `grade init`, and the lines that every
course and tutorial about sockets begins with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.similarity.programs import given_code
from grader.similarity.reading import read_starter
from grader.start.languages import TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST_LINES: Final = Path(__file__).parent / "first_lines"
_FOLDER: Final = "start"  # of a course


def starter_code(course: Path, named: Iterable[Path]) -> frozenset[int]:
    """What is known of it, with the first programs of this course and with what the teacher names.
    Raises `UsageError`."""
    folders = [
        _FIRST_LINES,
        *(path for path in sorted(TEMPLATES.iterdir()) if path.name != "stage"),
    ]
    if (own := course / _FOLDER).is_dir():
        folders.append(own)
    return given_code(
        tokens
        for path in [*(it for it in folders if it.is_dir()), *named]
        for tokens in read_starter(path)
    )
