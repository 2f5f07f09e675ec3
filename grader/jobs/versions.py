"""Which grader this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader import __version__
from grader.course.load import PACKAGE
from grader.course.version import code_version

if TYPE_CHECKING:
    from pathlib import Path


def grader_version(course_root: Path) -> str:
    """Its number, and a word that changes when its code or the reference of the course does."""
    return f"{__version__}+{code_version(PACKAGE, course_root / 'reference')}"
