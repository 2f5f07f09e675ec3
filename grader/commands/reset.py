"""`grade reset`: forgets what is done."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.selection import select
from grader.course import Course, course_root, load_course
from grader.errors import UsageError
from grader.progress import folder
from grader.reporters.progress import chosen_stages
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.progress.record import Progress


@click.command()
@click.argument("submission", default=".")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Forget only these stages: 5, echo, 1-5 or 3,5; repeatable.",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@options.COURSE
def reset(submission: str, stages: Sequence[str], yes: bool, course: Path | None) -> int:
    """Forget the progress of SUBMISSION. Your program is not touched.

    The old progress is kept in .grade/progress.json.bak until the next reset.
    """
    place = folder.place_of(submission)
    loaded = load_course(course or course_root(), only=())
    slugs = [stage.slug for stage in select(loaded, stages=stages)] if stages else []
    what = _what(loaded, slugs)
    try:
        if slugs and not set(slugs) & set(folder.read(place).of(loaded.slug)):
            click.echo(f"there is no progress to forget for {what}")
            return 0
        if not slugs and not os.path.lexists(place / folder.PATH):
            click.echo("there is no progress to forget")
            return 0
        if not _agreed(what, yes=yes):
            click.echo("nothing was forgotten")
            return 1
        _forget(place, loaded, slugs)
    except folder.NotKept as error:
        raise UsageError(f"nothing was forgotten: {printable(str(error))}") from error
    click.echo(f"forgotten: {what}; the old progress is in {folder.FOLDER}/{folder.BACKUP}")
    return 0


def _what(course: Course, slugs: Sequence[str]) -> str:
    if not slugs:
        return "all progress"
    return chosen_stages((s.number, s.slug, s.title) for s in course.stages if s.slug in slugs)


def _agreed(what: str, *, yes: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError("nothing was forgotten: there is no terminal to ask on; add --yes")
    return click.confirm(f"Forget {what}?")


def _forget(place: Path, course: Course, slugs: Sequence[str]) -> None:
    if not slugs:
        folder.set_aside(place)
        return

    def change(progress: Progress) -> Progress:
        return progress.without(course.slug, slugs)

    folder.back_up(place)
    folder.update(place, change)
