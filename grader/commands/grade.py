"""`grade SUBMISSION`: the command line of it, the command that is meant where none is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from grader import __version__
from grader.commands import options, sandbox
from grader.commands.table import overview
from grader.jobs.options import class_options
from grader.program.interpreter import ask_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = f"""{overview()}

\b
Exit codes: 0 every selected stage passed, 1 a stage failed, 2 the command line or
the course is wrong or there is nothing to grade yet, 3 the grader or the machine
failed, 130 interrupted. For a class: 0 all passed; 3 one could not be judged;
otherwise 1, or 2 when there was nothing to grade in any of them."""


@click.command(epilog=_EPILOG)
@click.argument("submissions", nargs=-1, metavar="[SUBMISSION]...")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Grade only these stages: 5, echo, 1-5 or 3,5; repeatable.",
)
@click.option(
    "--check",
    "checks",
    multiple=True,
    metavar="STAGE/NAME",
    help="Grade this check alone: echo/slashes, 'echo/*length*'; repeatable.",
)
@options.UP_TO
@options.TRACK
@click.option("--all", "keep_going", is_flag=True, help="Continue after a failed stage.")
@click.option("--strict", is_flag=True, help="Treat advice as required.")
@options.SEED
@options.PORT
@options.TIMEOUT_SCALE
@click.option(
    "--repeat",
    type=click.IntRange(1, 1000),
    default=1,
    metavar="N",
    help="Grade N times, each time with another seed: races show themselves.",
)
@click.option("--fresh", is_flag=True, help="Start the program again for every check.")
@options.PYTHON
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="Also write a report (terminal, json, html, junit, markdown, ...); repeatable.",
)
@click.option(
    "--hide",
    multiple=True,
    metavar="advice|SEL",
    help="Show learners only names and points of advice, or of these stages; repeatable.",
)
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@class_options
@options.PROGRESS
@options.COURSE
@click.option("--check-course", is_flag=True, help="Check the course itself; grade nothing.")
@click.option(
    "--write", is_flag=True, help="With --check-course: update the lists of checks in the pages."
)
@click.option(
    "--try",
    "attempt",
    is_flag=True,
    help="With --check-course: grade the reference, and the course's right and wrong programs.",
)
@click.option("--hint", count=True, help="Show a hint with each failure; given twice: a second.")
@click.option("-v", "--verbose", count=True, help="Show more details.")
@click.option("-q", "--quiet", is_flag=True, help="Show only the failures and the verdict.")
@options.NO_COLOR
@click.version_option(__version__, prog_name="grade")
@click.pass_obj
def grade(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Grade the server SUBMISSION: a source file, an executable, a directory, or a command after
    -- (default: the program of this directory).

    By default the first track is graded in order, up to the first stage that fails.

    Several submissions are graded as a class: a line for each, then a table. They are graded in
    parallel where each has its own network. For their reports, give a directory or a path with
    {name} in it.
    """
    if [path[-3:] for path in given["submissions"]] == [".py"]:
        ask_ahead(given["python"] or "python3")
    from grader.commands.grading import grade_submissions  # `grade --help` does without it

    return grade_submissions(command, given)
