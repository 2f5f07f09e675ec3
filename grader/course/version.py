"""Which version of a course it is: a word that changes when its stages or checks do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from grader.course.model import COURSE_FILE, STAGES_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIGITS: Final = 12
_NOT_JUDGING: Final = frozenset({".md", ".pyc"})  # prose, and what Python makes of the rest


def course_version(root: Path) -> str:
    """12 hexadecimal digits of what judges: stages.yaml and the files of the stages, but for their
    pages. A number that authors count up themselves would be forgotten one day."""
    found = hashlib.sha256()
    for path in _files(root):
        content = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        found.update(content)
    return found.hexdigest()[:_DIGITS]


def _files(root: Path) -> Iterator[Path]:
    yield root / COURSE_FILE
    below = sorted((root / STAGES_FOLDER).rglob("*"))
    yield from (path for path in below if path.suffix not in _NOT_JUDGING and path.is_file())
