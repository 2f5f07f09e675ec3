"""Everything that is wrong with a course, for `grade --check-course` and for our tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.asked_checks import judge_asks
from grader.course.checks import try_checks
from grader.course.load import load_course
from grader.course.model import COURSE_FILE, STAGES_FOLDER, Stage
from grader.course.outline import Outline, read_outline
from grader.course.pages import judge_copies, judge_languages, judge_page, write_page
from grader.errors import CourseError
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BYPRODUCT = "__pycache__"


def check_course(root: Path) -> list[CourseError]:
    """All problems of the course in `root`, those of stages.yaml first, then stage by stage."""
    try:
        outline = read_outline(root)
    except CourseError as problem:
        return [problem]
    stages = [stage for stage in outline.course.stages if stage.slug]
    folders = _folders(outline.course.root / STAGES_FOLDER)
    problems = [*outline.problems, *_strays(folders, stages)]
    loaded = []
    for stage in stages:
        found, wrong = _stage_problems(stage, outline, folders)
        loaded += [found] if found else []
        problems += wrong
    return [*problems, *judge_asks(loaded), *judge_copies(stages)]


def write_pages(root: Path) -> list[Path]:
    """Rewrite the list of checks in every page where it is out of date; the pages that were.

    The first problem that stands in the way is raised as a CourseError.
    """
    return [stage.page for stage in load_course(root).stages if write_page(stage)]


def _folders(parent: Path) -> list[str]:
    """The folders in `stages/` that hold something: a renamed stage leaves bytecode behind."""
    if not parent.is_dir():
        return []
    folders = [
        path for path in sorted(parent.iterdir()) if path.is_dir() and path.name[0] not in "._"
    ]
    return [
        folder.name for folder in folders if {path.name for path in folder.iterdir()} - {BYPRODUCT}
    ]


def _strays(folders: Sequence[str], stages: Sequence[Stage]) -> Iterator[CourseError]:
    slugs = {stage.slug for stage in stages}
    # an outline without any stages has been complained about
    for folder in folders if slugs else ():
        if folder not in slugs:
            suggestion = did_you_mean(folder, slugs - set(folders))
            yield CourseError(
                f"{COURSE_FILE} has no such stage{suggestion}", file=f"{STAGES_FOLDER}/{folder}"
            )


def _stage_problems(
    stage: Stage, outline: Outline, folders: Sequence[str]
) -> tuple[Stage | None, list[CourseError]]:
    """The stage with its checks, where it has a folder, and what is wrong with it."""
    if stage.slug not in folders:
        suggestion = did_you_mean(stage.slug, set(folders) - set(outline.lines))
        message = f"stage {stage.slug!r} has no folder {STAGES_FOLDER}/{stage.slug}{suggestion}"
        return None, [CourseError(message, file=COURSE_FILE, line=outline.lines[stage.slug])]
    loaded, problems = try_checks(stage)
    try:
        # A list made from checks that are wrong themselves would say nothing about the page.
        judge_page(loaded, contents=not problems)
        problems += judge_languages(stage)
    except CourseError as problem:
        problems.append(problem)
    return loaded, problems
