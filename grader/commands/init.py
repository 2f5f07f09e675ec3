"""`grade init`: writes the first program, its page, and what keeps them; replaces nothing."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.course import course_root, load_course
from grader.course.pages import page_text
from grader.progress import folder
from grader.start.languages import LANGUAGES, files_of, gitignore
from grader.start.new_files import listed, write_new
from grader.start.pipelines import PIPELINES, workflow
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = "TASK.md"
_ABOVE_THE_PAGE = "<!-- The page of stage 1, as `grade show 1` prints it. -->\n\n"
_ON_THE_PAGES = "my_server.py"


@click.command()
@click.argument("directory", default=".", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice([*LANGUAGES]),
    default="python",
    help="Your programming language (default: python).",
)
@click.option(
    "--ci", type=click.Choice([*PIPELINES]), help="Also write a CI workflow that grades every push."
)
@click.option(
    "--from", "source", metavar="URL", help="With --ci: where pip installs the grader from."
)
@options.COURSE
def init(
    directory: Path, language: str, ci: str | None, source: str | None, course: Path | None
) -> int:
    """Write a first program into DIR: the smallest one that passes stage 1, with the page of that
    stage and a .gitignore.

    If one of these files exists already, nothing is written.
    """
    if source is not None and ci is None:
        raise click.UsageError("--from works only with --ci")
    loaded = load_course(course or course_root(), only=())
    first = loaded.stages[0]
    program = LANGUAGES[language].program
    files = files_of(language, loaded)
    files[PAGE] = _ABOVE_THE_PAGE + page_text(first).replace(_ON_THE_PAGES, program)
    files[".gitignore"] = gitignore(language)
    if ci is not None:
        files[PIPELINES[ci].path] = workflow(ci, source)
    write_new(directory, files)
    _begin_progress(directory)
    _say(directory, files, ci if source is None else None, course)
    return 0


def _begin_progress(directory: Path) -> None:
    try:
        folder.make(directory)
    except folder.NotKept as error:
        click.echo(f"grade: your progress is not recorded: {printable(str(error))}", err=True)


def _say(directory: Path, files: Mapping[str, str], unset: str | None, course: Path | None) -> None:
    here = printable(str(directory))
    click.echo(f"Wrote {listed([*files])}" + ("" if here == "." else f" in {here}"))
    click.echo(f"{PAGE} explains stage 1; the program already passes it. Next:\n")
    if here != ".":
        click.echo(f"  cd {here}")
    if course is not None:
        click.echo(f"  export GRADE_COURSE={printable(shlex.quote(str(course.resolve())))}")
    click.echo("  grade watch        grades on every save; press n to go to stage 2")
    click.echo("  grade show 2       prints the page of stage 2")
    if unset is not None:
        click.echo(
            "\nTell the workflow where to install the grader from: see the comment in"
            f" {PIPELINES[unset].path}."
        )
