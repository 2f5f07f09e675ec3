"""The programs that prove a course's checks: right ones, and wrong ones that each name the checks
that catch them.

A program is a file of Python or one that can be executed. What it proves stands in a comment at its
beginning: `Caught by: SLUG/CHECK, SLUG/CHECK` in wrong/SLUG/, and in right/, where it does not pass
every stage, `Passes: TRACK, STAGE`.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from grader.errors import CourseError
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.course.model import Course, Stage

_SAYS: Final = r"^\W*{}: *(.+?) *$"
_HEAD: Final = 4096


class ProvingProgram(Value, frozen=True):
    """A program, by its folder and its path from there. stages: which it is tried on. fails: the
    ids of exactly the checks that it fails; none for a right one."""

    folder: Path
    name: str
    stages: tuple[str, ...]
    fails: frozenset[str] = frozenset()

    def command(self, python: str) -> tuple[str, ...]:
        """The words that start it in its folder."""
        return (python, self.name) if self.name.endswith(".py") else (f"./{self.name}",)


def proving_programs(
    course: Course, stages: Sequence[Stage]
) -> tuple[list[ProvingProgram], list[CourseError]]:
    """The programs for these stages, the right ones first, and what is wrong with what they say.

    The checks of the stages have to be loaded.
    """
    problems: list[CourseError] = []
    programs = [*_right(course, stages, problems), *_wrong(course, stages, problems)]
    return programs, [*problems, *_strays(course)]


def _strays(course: Course) -> Iterator[CourseError]:
    """The folders of wrong programs that belong to no stage."""
    known = {stage.slug for stage in course.stages}
    for folder in _entries(course.root / course.wrong):
        if folder.is_dir() and folder.name not in known and _programs(folder):
            message = f"there is no such stage{did_you_mean(folder.name, known)}"
            yield CourseError(message, file=f"{course.wrong}/{folder.name}")


def _right(
    course: Course, stages: Sequence[Stage], problems: list[CourseError]
) -> Iterator[ProvingProgram]:
    asked = [stage.slug for stage in stages]
    folder = course.root / course.right
    for path in _programs(folder):
        said = _said(path, "Passes")
        words = [word.strip() for word in said.split(",")] if said else []
        passed: set[str] = set()
        for word in words:
            found = [stage.slug for stage in course.stages if word in (stage.slug, stage.track)]
            passed.update(found)
            if not found:
                names = [track.slug for track in course.tracks] + [it.slug for it in course.stages]
                message = f"passes {word!r}, and there is no such track or stage"
                file = f"{course.right}/{path.name}"
                problems.append(CourseError(message + did_you_mean(word, names), file=file))
        chosen = tuple(slug for slug in asked if slug in passed or not words)
        if chosen:
            yield ProvingProgram(folder, path.name, chosen)


def _wrong(
    course: Course, stages: Sequence[Stage], problems: list[CourseError]
) -> Iterator[ProvingProgram]:
    folder = course.root / course.wrong
    for stage in stages:
        ids = [f"{stage.slug}/{check.name}" for check in stage.checks]
        for path in _programs(folder / stage.slug):
            file = f"{course.wrong}/{stage.slug}/{path.name}"
            said = _said(path, "Caught by")
            if said is None:
                message = f"does not say which check fails it: `Caught by: {stage.slug}/CHECK`"
                problems.append(CourseError(message, file=file))
                continue
            caught = [word.strip() for word in said.split(",")]
            unknown = [word for word in caught if word not in ids]
            for word in unknown:
                message = f"is caught by {word!r}, and stage {stage.slug!r} has no such check"
                problems.append(CourseError(message + did_you_mean(word, ids), file=file))
            if not unknown:
                name = f"{stage.slug}/{path.name}"
                yield ProvingProgram(folder, name, (stage.slug,), frozenset(caught))


def _programs(folder: Path) -> list[Path]:
    return [
        path
        for path in _entries(folder)
        if path.is_file() and (path.suffix == ".py" or os.access(path, os.X_OK))
    ]


def _entries(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if path.name[0] not in "._"]


def _said(path: Path, what: str) -> str | None:
    """What stands behind these words at the beginning of a line near the file's beginning."""
    with open(path, encoding="utf-8", errors="replace") as file:
        found = re.search(_SAYS.format(what), file.read(_HEAD), re.MULTILINE)
    return found[1] if found else None
