"""What is recorded of each grading of a class: its whole report, its place in the book, the rows of
its checks, and the reports that were asked for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.book.outline import outline_of
from grader.book.policy import NO_POLICY, Policy
from grader.class_page.rows import ClassRow
from grader.codec import BrokenJson
from grader.errors import GraderError, NotGraded
from grader.jobs.gradebook import check_cells
from grader.jobs.left_behind import OUTLINE, TRACEBACK
from grader.jobs.packing import content_of
from grader.jobs.places import deliver
from grader.jobs.results import ClassOutcome, result_of
from grader.outcomes import Outcome
from grader.report.codec import from_json, to_json
from grader.report.model import Report, Verdict
from grader.report.partial import Partial
from grader.reporters.again import shown_again, write_again
from grader.reporters.terminal import Terminal
from grader.system.untrusted_files import read_small
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from grader.jobs.assignment import ClassEntry
    from grader.jobs.class_book import ClassBook
    from grader.jobs.class_report import ClassReport
    from grader.jobs.results import ClassResult
    from grader.report.model import RunStarted
    from grader.reporters import ReportSpec
    from grader.text.csv_table import Cells

LONGEST_REPORT: Final = 256 << 20
_WHOLE: Final = "whole"
_LONGEST_TRACEBACK: Final = 64 * 1024


class ClassRecords:
    """book: of the class, if it has one. wants_rows: whether the rows of checks are asked for.
    page: of the class, if it is asked for. policy: of the class."""

    def __init__(
        self,
        book: ClassBook | None = None,
        *,
        wants_rows: bool = False,
        page: ClassReport | None = None,
        policy: Policy = NO_POLICY,
    ) -> None:
        self._book = book
        self._wants_rows = wants_rows
        self._policy = policy
        self._rows: dict[int, list[Cells]] = {}
        self._page = page
        self._page_rows: dict[int, ClassRow] = {}
        self._any: Report | None = None

    @property
    def check_rows(self) -> Iterator[Cells]:
        """The rows of all checks, in the order of the class."""
        for number in sorted(self._rows):
            yield from self._rows[number]

    def write_page(self, entries: Sequence[ClassEntry], results: Sequence[ClassResult]) -> None:
        """Write the page of the class, if it is asked for. Raises `GraderError`."""
        if self._page is not None:
            both = enumerate(zip(entries, results, strict=True))
            rows = [self._page_row(number, entry, found) for number, (entry, found) in both]
            self._page.write(rows, self._any)

    def _page_row(self, number: int, entry: ClassEntry, found: ClassResult) -> ClassRow:
        """What became of it, also where it has no report or that could not be written."""
        outcome, reason = str(found.outcome), found.reason or ""
        row = self._page_rows.get(number)
        if row is None:
            return ClassRow(entry.name, entry.path, "", outcome, reason)
        if row.outcome == outcome:
            return row
        return replace(row, link="", outcome=outcome, reason=reason, score=None)

    def asked_of(self, entry: ClassEntry, place: Path) -> tuple[str, ...]:
        """The reports that the grading of it is to leave in its own place."""
        own = () if self._by_us else written(entry, place)
        whole = (f"json:{place / _WHOLE}",) if self._needs_whole else ()
        return (*(f"{spec.format}:{file}" for spec, file in own), *whole)

    def left_in(self, place: Path) -> str:
        """Where its grading leaves what is kept; empty where nothing is."""
        return str(place) if self._needs_whole else ""

    def earlier(self, number: int, entry: ClassEntry) -> ClassResult | None:
        """The result that it has already, whose reports are written here again."""
        if self._book is None or (found := self._book.earlier(number)) is None:
            return None
        try:
            absent = [
                spec
                for spec in entry.reports
                if not self._book.is_in(number, spec.destination.target)
            ]
            if absent or self._wants_rows:
                report = self._book.report(number)
                self._add_rows(number, entry, report)
                for spec in absent:
                    write_again(spec, report)
                    self._book.wrote(number, spec.destination.target)
            if self._page is not None:
                self._add_to_page(number, entry, self._book.outline(number), found)
        except GraderError as error:
            return replace(found, outcome=ClassOutcome.ERRORED, reason=str(error))
        return found

    def shown(self, number: int, hints: int) -> str:
        """What the grading of one that is not graded again has shown, or why nobody knows."""
        assert self._book is not None
        text = io.StringIO()
        try:
            shown_again(self._book.report(number), Terminal(text, verbosity=-1, hints=hints))
        except GraderError as error:
            return str(error)
        return text.getvalue()

    def settled(
        self, number: int, entry: ClassEntry, place: Path, found: ClassResult,
        begun: Callable[[], RunStarted], said: str = "",
    ) -> ClassResult:  # fmt: skip
        """Keep what became of a grading, then bring its reports to where they belong; errored where
        they cannot be there. begun: how it began, for one that has left no report. said: the end of
        its standard error."""
        left = None
        if self._needs_whole:
            left = _left_in(place, found, begun)
            if left.outline.outcome is Outcome.ERRORED and found.outcome is not _ERRORED:
                found = result_of(left.outline, found.took_s)  # it was lost
            self._keep(number, entry, found, left, _traceback(place) or said)
            outline = self._policy.applied(left.outline)
            if self._by_us:
                found = result_of(outline, found.took_s)
            self._add_rows(number, entry, outline)
            self._add_to_page(number, entry, outline, found)
        try:
            self._deliver(number, entry, place, found, begun, left)
        except GraderError as error:
            found = replace(found, outcome=ClassOutcome.ERRORED, reason=str(error))
        return self._book.compared(number, found) if self._book else found

    def _keep(
        self, number: int, entry: ClassEntry, found: ClassResult, left: _Left, said: str
    ) -> None:
        if self._book is None:
            return
        content = self._book.plans[number].basis.content
        again = content_of(entry.given, entry.neighbours)
        self._book.keep(
            number, entry, found, outline_of(left.outline), left.text,
            said if found.outcome is _ERRORED else "", unchanged=again == content,
        )  # fmt: skip

    def _deliver(
        self, number: int, entry: ClassEntry, place: Path, found: ClassResult,
        begun: Callable[[], RunStarted], left: _Left | None,
    ) -> None:  # fmt: skip
        """Bring its reports to where they belong. Raises `GraderError`."""
        specs = written(entry, place)
        whole = None
        if left is not None and self._by_us and specs:
            whole = self._policy.applied(left.whole())
        for spec, file in specs:
            if whole is not None:
                write_again(spec, whole)
            else:
                deliver(spec, file, begun(), found)
            if self._book is not None:
                self._book.wrote(number, spec.destination.target)

    @property
    def _by_us(self) -> bool:
        """Whether reports are written here, because they say something else than the grading."""
        return self._policy != NO_POLICY

    @property
    def _needs_whole(self) -> bool:
        asked = self._wants_rows or self._page is not None
        return self._book is not None or asked or self._by_us

    def _add_rows(self, number: int, entry: ClassEntry, report: Report) -> None:
        if self._wants_rows:
            self._rows[number] = check_cells(entry.name, entry.path, report)

    def _add_to_page(
        self, number: int, entry: ClassEntry, report: Report, found: ClassResult
    ) -> None:
        if self._page is not None:
            self._any = self._any or replace(report, stages=())
            row = self._page.row(entry.name, entry.path, report, found.took_s)
            self._page_rows[number] = row


def written(entry: ClassEntry, place: Path) -> Sequence[tuple[ReportSpec, Path]]:
    """Each of its reports, and the file in which its grading leaves it for us."""
    return [(spec, place / f"report-{number}") for number, spec in enumerate(entry.reports)]


_ERRORED: Final = ClassOutcome.ERRORED


class _Left(Value, frozen=True):
    """What a grading has left. text: its whole report, as JSON."""

    outline: Report
    text: bytes

    def whole(self) -> Report:
        """The whole report, which takes its time. Raises `GraderError`."""
        try:
            return from_json(self.text)
        except BrokenJson as error:
            raise GraderError(f"the report of its grading cannot be read: {error}") from error


def _left_in(place: Path, found: ClassResult, begun: Callable[[], RunStarted]) -> _Left:
    """What a grading that ended so has left. What is errored says so, however far it came."""
    text, outline = _read(place / _WHOLE), _outline(_read(place / OUTLINE))
    if outline is None:
        outline = _outline(text)  # it ended before there was an event
    if outline is None or not text:
        reason = found.reason or "its grading left no report"
        absent = found.outcome is ClassOutcome.NOT_GRADED
        error = NotGraded(reason) if absent else GraderError(reason)
        report = Partial().after(begun()).broken_off(error, found.took_s)
        assert report is not None
        return _Left(report, to_json(report).encode())
    if found.outcome is _ERRORED and outline.reason != found.reason:
        whole = _errored(_outline(text) or outline, found)
        return _Left(_errored(outline, found), to_json(whole).encode())
    return _Left(outline, text)


def _errored(report: Report, found: ClassResult) -> Report:
    return replace(report, verdict=Verdict.ERRORED, outcome=Outcome.ERRORED, reason=found.reason)


def _outline(text: bytes) -> Report | None:
    try:
        return from_json(text)
    except BrokenJson:
        return None


def _read(file: Path, most: int = LONGEST_REPORT) -> bytes:
    try:
        return read_small(file, most=most)
    except OSError:
        return b""


def _traceback(place: Path) -> str:
    return _read(place / TRACEBACK, _LONGEST_TRACEBACK).decode(errors="backslashreplace")
