"""`grade show`: the page of a stage."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.selection import select
from grader.course import course_root, load_course
from grader.course.page_languages import LANGUAGES
from grader.course.pages import page_text
from grader.errors import UsageError
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.course import Course, Stage

ALL = "all"


@click.command()
@click.argument("stage", required=False)
@click.option(
    "--language",
    type=click.Choice([*LANGUAGES, ALL], case_sensitive=False),
    help="Leave out what is about other languages (default: than that of the program here).",
)
@click.option(
    "--html", is_flag=True, help="Write the page as HTML, say where, and open it in a browser."
)
@options.COURSE
@options.NO_COLOR
def show(
    stage: str | None, language: str | None, html: bool, course: Path | None, no_color: bool
) -> int:
    """Show the page of a stage (default: the one you are at): the idea, the bytes, what is checked,
    common mistakes.

    A page that is longer than the terminal is shown by your PAGER.
    """
    from grader.pages.reading import language_in, look_here, page_in, show_page

    loaded = load_course(course or course_root(), only=())
    stages = select(loaded, stages=[stage]) if stage is not None else [_current(loaded)]
    wanted = None if language == ALL else language or language_in(Path.cwd())
    pages = [page_in(page_text(found), wanted, found.slug) for found in stages]
    if html:
        for found, page in zip(stages, pages, strict=True):
            _open(found, page)
    else:
        show_page("\n".join(pages), look_here(no_color=no_color))
    return 0


def _current(course: Course) -> Stage:
    """The stage that the program of this directory is at; the last one, when all have passed."""
    from grader.progress import folder
    from grader.progress.texts import current

    try:
        known = folder.read(Path.cwd()).of(course.slug)
    except folder.NotKept as error:
        raise UsageError(f"name a stage: {printable(str(error))}") from error
    return current(course.stages, known) or course.stages[-1]


def _open(stage: Stage, page: str) -> None:
    """Write the page, say where, and show it where somebody is looking."""
    from grader.pages.browser import html_page, opened, written

    place = written(html_page(page, stage.title), f"{stage.slug}.html", Path.cwd())
    click.echo(place)
    if sys.stdout.isatty():
        opened(place)
