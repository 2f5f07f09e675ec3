"""`grade SUBMISSION`: the command line of it, the command that is meant where none is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from grader import __version__
from grader.commands import options, sandbox
from grader.commands.table import overview
from grader.jobs.options import class_options

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = f"""{overview()}

\b
Exit codes: 0 every selected stage passed, 1 some failed, 2 the command line or
the course is wrong or there is nothing to grade yet, 3 the grader or the machine
failed, 130 interrupted. Of a class: 0 all passed; 3 one could not be judged; else
1, or 2 when there was nothing to grade in any of them."""


@click.command(epilog=_EPILOG)
@click.argument("submissions", nargs=-1, metavar="[SUBMISSION]...")
@click.option(
    "--stage",
    "stages",
    multiple=True,
    metavar="SEL",
    help="Grade exactly these: 5, echo, 1-5, 3,5; repeatable.",
)
@options.UP_TO
@options.TRACK
@click.option("--all", "keep_going", is_flag=True, help="Keep going after a failed stage.")
@click.option("--strict", is_flag=True, help="Advice counts as required.")
@options.SEED
@options.PORT
@options.TIMEOUT_SCALE
@click.option("--fresh", is_flag=True, help="Launch the program anew for every check.")
@options.PYTHON
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT[:PATH]",
    help="Also write a report (terminal, json, html, brief); repeatable.",
)
@sandbox.SANDBOX
@sandbox.REQUIRE_SANDBOX
@options.LIMIT
@class_options
@options.BESIDE_OTHERS
@options.PROGRESS
@options.COURSE
@click.option("--check-course", is_flag=True, help="Check the course itself, and grade nothing.")
@click.option(
    "--write", is_flag=True, help="With --check-course: rewrite the pages' lists of checks."
)
@click.option("--hint", is_flag=True, help="With each failure, show a nudge: what to look at.")
@click.option("-v", "--verbose", count=True, help="Show more.")
@click.option("-q", "--quiet", is_flag=True, help="Show failures and the verdict only.")
@options.NO_COLOR
@click.version_option(__version__, prog_name="grade")
@click.pass_obj
def grade(command: Sequence[str], /, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Grade the HTTP server SUBMISSION: a .py file, an executable, a directory, or a command after
    --.

    Without a selection, the first track is graded in order up to the first stage that fails.

    Several are graded as a class, side by side where each has a network of its own: a line for
    each, and a table. Their reports need a path with {name} in it, or a directory.
    """
    from grader.commands.grading import grade_submissions  # `grade --help` does without it

    return grade_submissions(command, given)
