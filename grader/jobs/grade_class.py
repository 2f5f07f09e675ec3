"""The command that grades a class: what it needs is there before anything starts, and what became
of each is written whatever happens."""

from __future__ import annotations

import os
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, TextIO

from msgspec.structs import replace

from grader.engine.run import chosen
from grader.errors import GraderError, UsageError
from grader.isolation import bounded
from grader.isolation.remedies import ways_to_unlock
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs import neighbours
from grader.jobs.assignment import ClassEntry
from grader.jobs.class_opening import book_place, files_of, opened_class, prove_own
from grader.jobs.class_run import ClassRun
from grader.jobs.class_screen import ClassScreen, Concurrency
from grader.jobs.gradebook import CHECK_COLUMNS, gradebook
from grader.jobs.moved_aside import EARLIER, move_aside
from grader.jobs.names import names
from grader.jobs.places import prove_writable, report_places
from grader.jobs.processes import ProcessPool
from grader.jobs.reason_groups import shared_reasons
from grader.jobs.records import ClassRecords
from grader.jobs.results import NOT_BEGUN, ClassResult, exit_code
from grader.jobs.worker import ahead_of
from grader.program.interpreter import interpreter
from grader.text.csv_table import csv_table
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from grader.intake.gather import Intake
    from grader.intake.given import Given
    from grader.jobs.assignment import Assignment
    from grader.jobs.class_book import ClassBook
    from grader.jobs.cluster.connecting import Cluster
    from grader.jobs.pool import GradingPool, Places
    from grader.reporters.destination import Destination
    from grader.text.style import Style


def grade_class(
    assignment: Assignment, intake: Intake, stream: TextIO, style: Style, *, live: bool
) -> int:
    """Grade all submissions and write to `stream` what became of them; the exit code. live: show
    how far it has come, in a line that is replaced. Raises UsageError before anything starts, and
    KeyboardInterrupt when all is written after an interruption."""
    with ExitStack() as stack:
        cluster = _cluster(assignment, stack)
        given = _given(assignment, intake.given, stack)
        entries = given.entries
        screen = ClassScreen(stream, style, [entry.name for entry in entries], live=live)
        stack.callback(sweep)  # after one that was killed
        place = stack.enter_context(scratch_directory())
        crowding, pool, places = _graders(given, cluster, screen, place, stack)
        room = ClassRun(
            given.assignment, entries, crowding.level, pool, screen, place, given.records,
            given.todo,
        )  # fmt: skip
        moved = move_aside(given.old_reports)
        notes = [
            *(cluster.notes if cluster else ()),
            *given.notes,
            *(f"earlier reports were moved to {_near(folder)}" for folder in moved),
        ]
        screen.open(room.started(""), crowding, notes, len(entries) - len(given.todo), intake.notes)
        room.take_earlier()
        try:
            interrupted = room.grade(crowding.at_once, places)
        finally:
            faults = [*_write_summaries(given, room.results), *given.faults(room.results)]
        shared = shared_reasons(given.rows(room.results))
        seed = given.assignment.settings.seed
        screen.close(room.results, seed, interrupted=interrupted, notes=shared)
    if interrupted:
        raise KeyboardInterrupt
    for fault in faults:
        raise fault
    return exit_code(room.results)


class _Given(Value, frozen=True):
    """What is graded: a class, with or without a book."""

    assignment: Assignment
    entries: Sequence[ClassEntry]
    records: ClassRecords
    todo: Mapping[int, bool]
    notes: Sequence[str] = ()
    book: ClassBook | None = None

    @property
    def old_reports(self) -> list[Path]:
        """The files that reports of what is graded are to have."""
        specs = (spec for number in self.todo for spec in self.entries[number].reports)
        return [target for spec in specs if (target := spec.destination.target)]

    def rows(self, results: Sequence[ClassResult]) -> list[tuple[str, str, ClassResult]]:
        """Names, paths and what became of them."""
        called = [(entry.name, entry.path) for entry in self.entries]
        return [(*whose, found) for whose, found in zip(called, results, strict=True)]

    def faults(self, results: Sequence[ClassResult]) -> list[GraderError]:
        """What could not be kept; the run is ended in the book where it is whole."""
        if self.book is None:
            return []
        if NOT_BEGUN not in results:
            self.book.end()
        faults = self.book.faults
        if len(faults) < 2:
            return faults
        more = f"; {len(faults)} results are not kept, and are graded again by the next run"
        return [type(faults[0])(f"{faults[0]}{more}")]


def _given(assignment: Assignment, handed: Sequence[Given], stack: ExitStack) -> _Given:
    """The class, once it is known that everything about it can be written. Its book is closed with
    the stack."""
    whole = assignment.whole
    called = names([it.name or it.path for it in handed])
    places = report_places(assignment.reports, called)
    if whole.page is not None:
        whole.page.make()
    prove_writable(places, whole.written)
    specs = [spec for of_one in places for spec in of_one]
    file = book_place(whole, places)
    written = [*(spec.destination for spec in specs), *whole.written]
    targets = [it.target for it in written if it.target is not None]
    hidden = [target.parent / EARLIER / "of-a-day" for target in targets]
    if file is not None:
        prove_own(file, written)
        hidden += files_of(file)
    told = neighbours.told_of(handed, [*targets, *hidden])
    entries = [
        ClassEntry(name, it.path, specs, found, it)
        for name, specs, found, it in zip(called, places, told, handed, strict=True)
    ]
    rows = whole.check_rows is not None
    if file is None:
        todo = dict.fromkeys(range(len(entries)), False)
        return _Given(assignment, entries, ClassRecords(wants_rows=rows, page=whole.page), todo)
    from grader.book.store import open_book  # most Pythons have SQLite; who has not, grades without

    opened = opened_class(stack.enter_context(open_book(file, writes=True)), assignment, entries)
    records = ClassRecords(opened.book, wants_rows=rows, page=whole.page, policy=opened.book.policy)
    return _Given(
        opened.assignment, opened.entries, records, opened.todo, opened.notes, opened.book
    )


def _near(path: Path) -> str:
    """The path as it is named from here."""
    return os.path.relpath(path) if path.is_relative_to(os.getcwd()) else str(path)


def _cluster(assignment: Assignment, stack: ExitStack) -> Cluster | None:
    """Other machines, where they are asked for. What this one lacks is found out before anything
    starts."""
    if assignment.whole.scheduler is None:
        if assignment.python is not None:
            interpreter(assignment.python)
        return None
    from grader.jobs.cluster.connecting import connected  # few classes have one

    return stack.enter_context(connected(assignment))


def _graders(
    given: _Given, cluster: Cluster | None, screen: ClassScreen, place: Path, stack: ExitStack
) -> tuple[Concurrency, GradingPool[Any], Places | None]:
    """How many are graded at a time, by whom, and who knows whether one more can begin."""
    if cluster is None:
        crowding = _crowding(given)
        return crowding, stack.enter_context(_pool(given, crowding)), None
    cluster.machines.tell = lambda sentence: screen.tell([sentence])
    pool = stack.enter_context(cluster.pool(given.assignment))
    crowding = cluster.concurrency(given.assignment, place)
    return replace(crowding, alone=_alone(given)), pool, pool


def _pool(given: _Given, crowding: Concurrency) -> ProcessPool:
    assignment = given.assignment
    return ProcessPool(
        limit_s=assignment.whole.limit_s(assignment.settings.timeout_scale),
        orphans=not crowding.level.private_network,
        ahead=ahead_of(assignment.course, [stage.slug for stage in assignment.stages]),
    )


def _crowding(given: _Given) -> Concurrency:
    """How many at a time, by what this machine is found to allow a submission in Python."""
    assignment = given.assignment
    settings = assignment.settings
    with chosen(
        assignment.course, assignment.stages, None, _command(assignment.python), settings
    ) as (tried, _, limits):
        level = bounded(tried)
    port = settings.port or assignment.stages[0].launch.port
    ways = () if level.private_network else ways_to_unlock()
    return Concurrency(
        assignment.whole.at_once(limits).at_most(len(given.entries)),
        level,
        settings.sandbox,
        port,
        ways,
        _alone(given),
    )


def _alone(given: _Given) -> int:
    return sum(bool(entry.neighbours.alone) for entry in given.entries)


def _command(python: str | None) -> tuple[str, ...]:
    """How most submissions are started."""
    try:
        return (interpreter(python or "python3"),)
    except UsageError:  # perhaps nobody needs one
        return ()


def _write_summaries(given: _Given, results: Sequence[ClassResult]) -> list[GraderError]:
    """Write what was asked for of the whole class; what is wrong with that is said when everything
    else has been."""
    how = given.assignment
    handed_in = [entry.given for entry in given.entries]
    rows = partial(gradebook, given.rows(results), how.settings.seed, how.policy.says, handed_in)
    of_checks = partial(csv_table, CHECK_COLUMNS, given.records.check_rows)
    page = partial(given.records.write_page, given.entries, results)
    writes = [
        partial(_write, how.whole.gradebook, rows),
        partial(_write, how.whole.check_rows, of_checks),
    ]
    faults = []
    for write in (*writes, page):
        try:
            write()
        except GraderError as error:
            faults.append(error)
    return faults


def _write(summary: Destination | None, text: Callable[[], str]) -> None:
    if summary is not None:
        summary.write(text())
