"""`grade status`: the map of what is done."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.printing import print_lines
from grader.commands.selection import select
from grader.course import course_root, load_course
from grader.errors import GraderError, UsageError
from grader.program.find import HERE, find
from grader.program.grade_yaml import FILE
from grader.progress import folder
from grader.progress.ci import is_ci
from grader.progress.texts import Named, map_lines
from grader.reporters.terminal import looks_on, style_for
from grader.text.escape import printable
from grader.text.layout import hang

if TYPE_CHECKING:
    from pathlib import Path

_KEPT_BY = "No progress is recorded yet; `grade watch` and `grade --progress` record it."


@click.command()
@click.argument("submission", default=HERE)
@click.option(
    "--track",
    "tracks",
    multiple=True,
    metavar="NAME",
    help="Show the stages of this track; repeatable (all: every track).",
)
@options.COURSE
@options.NO_COLOR
def status(submission: str, tracks: tuple[str, ...], course: Path | None, no_color: bool) -> int:
    """Show the course as a map: what SUBMISSION has passed, what fails again, and what is next."""
    place = folder.place_of(submission)
    loaded = load_course(course or course_root())
    style = style_for(sys.stdout, **looks_on(sys.stdout, no_color=no_color, verbosity=0))
    try:
        progress = folder.read(place)
    except folder.NotKept as error:
        raise UsageError(printable(str(error))) from error
    named = Named(
        ("--course", str(course)) if course else (),
        (*(("--course", str(course)) if course else ()), *_program(submission, progress.program)),
    )
    shown = {stage.track for stage in select(loaded, tracks=tracks)} if tracks else ()
    lines = [*map_lines(loaded, progress.of(loaded.slug), style, named, shown)]
    if not progress.of(loaded.slug) and not is_ci(os.environ):
        lines += hang("", _KEPT_BY, style.width)
    print_lines(lines)
    return 0


def _program(submission: str, recorded: str) -> tuple[str, ...]:
    """The program that `grade` has to be given: none, where it finds the recorded one by itself."""
    if submission != HERE:
        return (submission,)
    try:
        found = find(None, ()).program
    except GraderError:
        found = ""
    return (recorded,) if recorded not in ("", FILE, found) else ()
