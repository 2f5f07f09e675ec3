"""`grade similar`: the command line of it, and the exit code."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands import options
from grader.commands.printing import print_lines
from grader.course import course_root
from grader.errors import UsageError
from grader.reporters.terminal import looks_on, style_for

if TYPE_CHECKING:
    from grader.similarity.comparison import Comparison

THRESHOLD = 50
"""In percent: docs/teacher.md says how it was found."""


@click.command()
@click.argument("submissions", nargs=-1)
@click.option(
    "--from", "sources", metavar="CSV",
    help="Compare the git repositories in this list, by URL or path, each with its ref.",
)  # fmt: skip
@click.option(
    "--roster", metavar="CSV",
    help="The students of the class: submissions are called by their names.",
)  # fmt: skip
@click.option(
    "--threshold", type=click.IntRange(1, 100), default=THRESHOLD, metavar="PERCENT",
    help=f"Show pairs that have so much in common (default: {THRESHOLD}).",
)  # fmt: skip
@click.option(
    "--starter", "starters", multiple=True, metavar="PATH",
    type=click.Path(exists=True, path_type=Path),
    help="Code that everybody was given, a file or directory: it does not count; repeatable.",
)  # fmt: skip
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT[:PATH]",
    help="Also write a report: html, a page with both programs side by side, or json; repeatable.",
)  # fmt: skip
@options.COURSE
@options.NO_COLOR
def similar(**given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Compare the SUBMISSIONS of a class with each other, and show pairs that have much code in
    common: a hint, and no verdict.

    They are files, folders, archives, or a download of Canvas, Moodle or Gradescope, as for a
    class. Nothing in them is run. Names, texts, numbers and comments do not count, so that a copy
    with other names is found; nor do the programs of `grade init`. Exit codes: 0 compared, also
    when pairs are found, 2 the command line is wrong, 3 the grader or the machine failed.
    """
    from grader.similarity.reports import parse_reports
    from grader.similarity.show import result_lines

    reports = parse_reports(given["reports"])
    on_stdout = any(it.destination.path is None for it in reports)
    stream = sys.stderr if on_stdout else sys.stdout
    result = _compared(given)
    looks = looks_on(stream, no_color=given["no_color"], verbosity=0)
    print_lines(result_lines(result, style_for(stream, **looks)), stream)
    for report in reports:
        report.write(result)
    return 0


def _compared(given: dict[str, Any]) -> Comparison:
    from grader.intake.roster import by_student
    from grader.isolation.scratch import scratch_directory
    from grader.jobs.class_intake import class_intake
    from grader.similarity.compare_class import compare_class
    from grader.similarity.starters import starter_code

    starters = starter_code(given["course"] or course_root(), given["starters"])
    with ExitStack() as stack:

        def place() -> Path:
            return stack.enter_context(scratch_directory())

        intake = class_intake(given["submissions"], given["sources"], given["roster"], place)
        if given["roster"] is not None:
            intake = by_student(intake)
        if len(intake.given) < 2:
            raise UsageError("name at least two submissions, or a folder of several")
        return compare_class(intake, starters, given["threshold"], place())
