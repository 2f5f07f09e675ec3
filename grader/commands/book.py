"""`grade book`: what the book of a class holds, and every export of it, without grading."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands import options
from grader.commands.printing import print_lines
from grader.course import load_course
from grader.jobs.exporting import Exporting, export_options
from grader.jobs.options import ANONYMOUS, ClassOptions, page_of, policy_options
from grader.reporters.terminal import Terminal, looks_on, style_for
from grader.text.layout import hang
from grader.text.style import ALL_HINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.book.policy import Policy
    from grader.book.store import Book
    from grader.jobs.book_reading import BookRow
    from grader.text.style import Style


@click.command()
@click.argument("path", metavar="PATH")
@click.option(
    "--only",
    multiple=True,
    metavar="passed|failed|errored|not_graded|NAME",
    help="Only submissions with this outcome or name; repeatable.",
)
@click.option(
    "--check", "checks", multiple=True, metavar="STAGE/NAME",
    help="Only submissions that fail this check; repeatable.",
)  # fmt: skip
@click.option("--runs", is_flag=True, help="List the runs.")
@click.option(
    "--run", type=click.IntRange(1), metavar="N",
    help="The results as they were in run N (default: the last of each submission).",
)  # fmt: skip
@click.option(
    "--compare", type=click.IntRange(1), metavar="N",
    help="Show what changed since run N: up to now, or up to --run.",
)  # fmt: skip
@click.option(
    "--report", "reports", multiple=True, metavar="FORMAT:PATH",
    help="Write the reports again, in any format of `grade --report`; repeatable.",
)  # fmt: skip
@click.option(
    "--summary", "summaries", multiple=True, metavar="[checks:]PATH",
    help="Write the CSV rows again, of submissions or of checks ('-': standard output).",
)  # fmt: skip
@export_options
@ANONYMOUS
@policy_options
@click.option("--forget-policy", is_flag=True, help="Count as the course does again.")
@click.option("-v", "--verbose", count=True, help="Show each failure in full, and tracebacks.")
@click.option("-q", "--quiet", is_flag=True, help="Show the table only.")
@options.COURSE
@options.NO_COLOR
def book(path: str, **given: Any) -> int:  # noqa: ANN401  (click passes each option by name)
    """Show what the book of a class holds: a line for each submission, as the class counts it.

    Reports, CSV files and gradebooks are written from it, without grading. `--advice`, `--without`
    and `--points` change how the class counts; the book keeps that. With `--course`, they may name
    checks that no result has.
    """
    from grader.book.store import open_book
    from grader.jobs import book_reading as reading
    from grader.jobs.book_screen import run_lines

    page, reports = page_of(given)
    whole = ClassOptions(
        summaries=given["summaries"], advice=given["advice"], without=given["without"],
        points=given["points"], page=page,
    )  # fmt: skip
    exporting = Exporting.taken_from(given)
    on_stdout = exporting.needs_stdout or any(it.path is None for it in whole.written)
    stream = sys.stderr if on_stdout else sys.stdout
    verbosity = -1 if given["quiet"] else min(given["verbose"], 1)
    style = style_for(stream, **looks_on(stream, no_color=given["no_color"], verbosity=verbosity))
    with open_book(Path(path), writes=bool(whole.policy or given["forget_policy"])) as opened:
        policy = _policy(opened, whole, given["course"], forget=given["forget_policy"])
        if given["runs"]:
            print_lines(run_lines(opened.runs(), style), stream)
            return 0
        found = reading.rows_of(opened, policy, given["run"])
        rows = reading.filtered(found, given["only"], given["checks"])
        reading.export(opened, policy, rows, reports, whole)
        exported = exporting.write(reading.results_of(opened, rows))
        print_lines(_shown(opened, policy, rows, given, style), stream)
    print_lines([line for it in exported.notes for line in hang("", it, style.width)], sys.stderr)
    return exported.exit_code


def _shown(
    opened: Book, policy: Policy, rows: Sequence[BookRow], given: dict[str, Any], style: Style
) -> Sequence[str]:
    from grader.jobs import book_reading as reading
    from grader.jobs.book_screen import book_lines, change_lines

    if given["compare"] is not None:
        before = reading.rows_of(opened, policy, given["compare"])
        chosen = {row.seat.name for row in rows}
        left = [row for row in before if row.seat.name in chosen or not given["only"]]
        later = f"run {given['run']}" if given["run"] else "now"
        return change_lines(reading.compared(left, rows), given["compare"], later, style)
    lines = book_lines(str(opened.path), opened.runs(), policy, rows, style)
    if style.verbose:
        lines += [line for row in rows for line in _in_full(opened, policy, row, style)]
    return lines


def _policy(opened: Book, whole: ClassOptions, course: Path | None, *, forget: bool) -> Policy:
    """What the class counts otherwise, now: kept in the book where that changes."""
    from grader.book.policy import NO_POLICY
    from grader.jobs.book_reading import known_checks, rows_of
    from grader.jobs.class_book import policy_of, set_policy
    from grader.jobs.class_opening import check_ids
    from grader.jobs.policy_options import asked_policy

    def known() -> list[str]:
        if course is not None:
            return check_ids(load_course(course, only=()).stages)
        return known_checks(rows_of(opened, NO_POLICY))

    asked = asked_policy(whole.advice, whole.without, whole.points, known)
    before = NO_POLICY if forget else policy_of(opened)
    policy = before.joined(asked or NO_POLICY)
    if forget or asked:
        set_policy(opened, policy)
    return policy


def _in_full(opened: Book, policy: Policy, row: BookRow, style: Style) -> list[str]:
    """Its failures as its grading has shown them; where the grader broke, the traceback."""
    from grader.jobs.class_book import whole_report
    from grader.jobs.results import ClassOutcome
    from grader.reporters.again import shown_again

    if row.result.outcome is ClassOutcome.PASSED:
        return []
    text = io.StringIO()
    shown_again(
        whole_report(opened, row.kept, policy),
        Terminal(text, verbosity=-1, width=style.width, hints=ALL_HINTS),
    )
    trace = row.kept.traceback.splitlines()
    return [
        "",
        *hang("", style.text(f"{row.seat.name}:"), style.width),
        *text.getvalue().splitlines(),
        *([""] if trace else []),
        *(f"  {style.text(line)}" for line in trace),
    ]
