"""Where the course is, and how it is read for a run: stages.yaml whole, and the checks that are
asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.course.checks import load_checks
from grader.course.outline import read_outline

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.course.model import Course

PACKAGE = Path(__file__).resolve().parents[1]


def course_root() -> Path:
    """The directory of our own course."""
    return installed_or_checkout(PACKAGE)


def installed_or_checkout(package: Path) -> Path:
    """Where the course of a grader is: in the installed package, else the checkout around it."""
    installed = package / "_course"
    return installed if installed.is_dir() else package.parent


def load_course(root: Path, only: Collection[str] | None = None) -> Course:
    """The course in `root`, with the checks of the stages whose slugs are in `only` (None: of all).

    The first problem is raised as a CourseError. What costs a learner nothing (a page that is
    missing or out of date, a stray folder) is left to `check_course`.
    """
    outline = read_outline(root)
    for problem in outline.problems:
        raise problem
    tracks = tuple(
        replace(
            track,
            stages=tuple(
                load_checks(stage) if only is None or stage.slug in only else stage
                for stage in track.stages
            ),
        )
        for track in outline.course.tracks
    )
    return replace(outline.course, tracks=tracks)
