"""A book, read: its results as the class counts them, filtered, compared, and exported again.
Nothing is graded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.gradebooks.result import Result
from grader.gradebooks.result import result_of as gradebook_result
from grader.jobs.class_book import STATES, outlined, whole_report
from grader.jobs.gradebook import CHECK_COLUMNS, check_cells, gradebook
from grader.jobs.handed_in import HandedIn, handed_in
from grader.jobs.places import prove_writable, report_places
from grader.jobs.results import result_of
from grader.report.model import Verdict
from grader.reporters.again import write_again
from grader.text.csv_table import csv_table
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.book.model import BookRun, KeptResult, Seat
    from grader.book.policy import Policy
    from grader.book.store import Book
    from grader.jobs.options import ClassOptions
    from grader.jobs.results import ClassResult
    from grader.report.model import CheckReport, Report
    from grader.text.csv_table import Cells


class BookRow(Value, frozen=True):
    """One submission: its seat, its result as it is kept, and as the class counts it."""

    seat: Seat
    kept: KeptResult
    report: Report
    result: ClassResult

    @property
    def cells(self) -> list[Cells]:
        """Its rows of checks."""
        return check_cells(self.seat.name, self.seat.path, self.report)

    @property
    def failed(self) -> set[str]:
        """The ids of the checks that failed, those of advice too."""
        return {check.id for check in checks_of(self.report) if check.verdict is Verdict.FAILED}


class Change(Value, frozen=True):
    """A submission in two runs: what it came to, None where it is not there, and the ids of the
    checks that pass now or fail now."""

    name: str
    before: ClassResult | None
    now: ClassResult | None
    passes: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()


def rows_of(book: Book, policy: Policy, run: int | None = None) -> list[BookRow]:
    """All that have a result, as this policy counts them: in this run, or as each stands now.
    Raises `GraderError`."""
    if run is not None:
        require_run(book, run)
    found = []
    for seat, kept in book.standing(run):
        if kept is not None:
            report = outlined(book, kept, policy)
            found.append(BookRow(seat, kept, report, result_of(report, kept.took_s)))
    return found


def filtered(rows: Sequence[BookRow], only: Sequence[str], checks: Sequence[str]) -> list[BookRow]:
    """Those with one of these outcomes or names, which fail one of these checks. Raises
    `UsageError` for a word that names nothing."""
    names = {row.seat.name for row in rows}
    for word in only:
        if word not in STATES and word not in names:
            close = did_you_mean(word, {*STATES, *names})
            raise UsageError(f"--only: no submission is called {word!r}{close}")
    known = {check.id for row in rows for check in checks_of(row.report)}
    for word in checks:
        if rows and word not in known:
            close = did_you_mean(word, known)
            raise UsageError(f"--check: no result has a check {word!r}{close}")
    return [
        row
        for row in rows
        if (not only or {str(row.result.outcome), row.seat.name} & {*only})
        and (not checks or row.failed & {*checks})
    ]


def compared(before: Iterable[BookRow], now: Iterable[BookRow]) -> list[Change]:
    """What is different now, by name: those who were there first come first."""
    old = {row.seat.name: row for row in before}
    new = {row.seat.name: row for row in now}
    changes = [_change(name, old.get(name), new.get(name)) for name in {**old, **new}]
    return [it for it in changes if it is not None]


def _change(name: str, old: BookRow | None, new: BookRow | None) -> Change | None:
    if old is None or new is None:
        before, now = (it.result if it is not None else None for it in (old, new))
        return Change(name, before, now)
    if old.kept.number == new.kept.number:
        return None
    passed = {check.id for check in checks_of(new.report) if check.verdict is Verdict.PASSED}
    passes = tuple(sorted(old.failed & passed))
    fails = tuple(sorted(new.failed - old.failed))
    same = (old.result.outcome, old.result.scored and old.result.scored.score) == (
        new.result.outcome, new.result.scored and new.result.scored.score,
    )  # fmt: skip
    return (
        None
        if same and not (passes or fails)
        else Change(name, old.result, new.result, passes, fails)
    )


def checks_of(report: Report) -> list[CheckReport]:
    """All checks of all stages."""
    return [check for stage in report.stages for check in stage.checks]


def known_checks(rows: Iterable[BookRow]) -> list[str]:
    """The ids of all checks that a result has, as the course has them."""
    return sorted({check.id for row in rows for check in checks_of(row.report)})


def require_run(book: Book, number: int) -> BookRun:
    """The run with this number. Raises `UsageError`."""
    runs = {run.number: run for run in book.runs()}
    if number not in runs:
        has = f"it has 1 to {max(runs)}" if runs else "it has none"
        raise UsageError(f"the book has no run {number}: {has}")
    return runs[number]


def results_of(book: Book, rows: Iterable[BookRow]) -> list[Result]:
    """What gradebooks need of them. Raises `MachineError`."""
    known = handed_in(book)
    found = []
    for row in rows:
        of_it = known.get(row.seat.name, HandedIn())
        found.append(gradebook_result(row.seat.name, row.report, of_it.students, of_it.late))
    return found


def export(
    book: Book, policy: Policy, rows: Sequence[BookRow], reports: Sequence[str],
    whole: ClassOptions,
) -> None:  # fmt: skip
    """Write reports, rows and the page of the class anew, from what is kept. reports: the
    `--report` options. Raises `UsageError` before anything is written, and `GraderError`."""
    summary, checks = whole.gradebook, whole.check_rows
    places = report_places(reports, [row.seat.name for row in rows])
    if whole.page is not None:
        whole.page.make()
    prove_writable(places, whole.written)
    for row, specs in zip(rows, places, strict=True):
        report = whole_report(book, row.kept, policy) if specs else row.report
        for spec in specs:
            write_again(spec, report)
    if summary is not None:
        lines = [(row.seat.name, row.seat.path, row.result) for row in rows]
        seeds = {row.kept.basis.seed for row in rows}
        known = handed_in(book)
        whose = [known.get(row.seat.name, HandedIn()) for row in rows]
        summary.write(gradebook(lines, max(seeds, default=0), policy.says, whose))
    if checks is not None:
        checks.write(csv_table(CHECK_COLUMNS, (cells for row in rows for cells in row.cells)))
    if whole.page is not None:
        of_each = [
            whole.page.row(row.seat.name, row.seat.path, row.report, row.kept.took_s)
            for row in rows
        ]
        whole.page.write(of_each, rows[0].report if rows else None)
