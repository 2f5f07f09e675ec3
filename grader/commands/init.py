"""`grade init`: writes the first program, its page, and what keeps them; replaces nothing."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.selection import select
from grader.course import course_root, load_course
from grader.course.pages import page_text
from grader.errors import UsageError
from grader.progress import folder
from grader.start.languages import LANGUAGES, files_of, gitignore
from grader.start.new_files import listed, write_new
from grader.start.pipelines import PIPELINES, workflow
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.course import Course, Stage

PAGE = "TASK.md"
_ABOVE_THE_PAGE = "<!-- The page of stage {0}, as `grade show {0}` prints it. -->\n\n"
_OPTIONS = "grade.toml"
_ON_THE_PAGES = "my_server.py"


@click.command()
@click.argument("directory", default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice([*LANGUAGES]),
    default="python",
    help="Your programming language (default: python).",
)
@click.option("--track", metavar="NAME", help="Begin with this track instead of the first.")
@click.option(
    "--ci", type=click.Choice([*PIPELINES]), help="Also write a CI workflow that grades every push."
)
@click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help=(
        "With --ci: where the grader is; for github OWNER/REPOSITORY@REF, for gitlab what pip"
        " installs."
    ),
)
@options.COURSE
def init(
    directory: Path,
    language: str,
    track: str | None,
    ci: str | None,
    source: str | None,
    course: Path | None,
) -> int:
    """Write a first program into DIR: the smallest one that passes stage 1, with the page of that
    stage and a .gitignore. With --track: a program that only listens, and a grade.toml that names
    the track, so that grade and grade watch begin there.

    If one of these files exists already, nothing is written.
    """
    if source is not None and ci is None:
        raise click.UsageError("--from works only with --ci")
    loaded = load_course(course or course_root(), only=())
    first = _first_stage(loaded, track)
    program = LANGUAGES[language].program
    files = files_of(language, loaded, loaded.track(first.track))
    above = _ABOVE_THE_PAGE.format(first.number)
    files[PAGE] = above + page_text(first).replace(_ON_THE_PAGES, program)
    if first.number != 1:
        files[_OPTIONS] = f'track = "{first.track}"\n'
    files[".gitignore"] = gitignore(language)
    if ci is not None:
        files[PIPELINES[ci].path] = workflow(ci, source, "1" if first.number == 1 else first.slug)
    write_new(directory, files)
    _begin_progress(directory)
    _say(directory, files, ci if source is None else None, course, first)
    return 0


def _first_stage(course: Course, track: str | None) -> Stage:
    """The one to begin with. Raises `UsageError` where nobody can begin."""
    first = select(course, tracks=(track,) if track else ())[0]
    elsewhere = [name for name in first.requires if course.stage(name).track != first.track]
    if elsewhere:
        raise UsageError(
            f"nothing was written: track {first.track!r} goes on with a program that passes"
            f" {', '.join(elsewhere)}; grade that one with --track {first.track}"
        )
    return first


def _begin_progress(directory: Path) -> None:
    try:
        folder.make(directory)
    except folder.NotKept as error:
        click.echo(f"grade: your progress is not recorded: {printable(str(error))}", err=True)


def _say(
    directory: Path,
    files: Mapping[str, str],
    unset: str | None,
    course: Path | None,
    first: Stage,
) -> None:
    here = printable(str(directory))
    click.echo(f"Wrote {listed([*files])}" + ("" if here == "." else f" in {here}"))
    number = first.number
    so_far = "already passes it" if number == 1 else "only listens so far"
    click.echo(f"{PAGE} explains stage {number}; the program {so_far}. Next:\n")
    if here != ".":
        click.echo(f"  cd {here}")
    if course is not None:
        click.echo(f"  export GRADE_COURSE={printable(shlex.quote(str(course.resolve())))}")
    following = number + (number == 1)
    passes = f"; press n to go to stage {following}" if number == 1 else ""
    click.echo(f"  grade watch        grades on every save{passes}")
    click.echo(f"  {f'grade show {following}':17}  prints the page of stage {following}")
    if unset is not None:
        click.echo(f"\nBefore you push {PIPELINES[unset].path}: {PIPELINES[unset].unset}.")
