"""Opens the book of a class, and decides with it what is graded: before anything starts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import asdict, replace

from grader import codec
from grader.book.model import Basis
from grader.book.policy import NO_POLICY, Policy
from grader.course import course_version, load_checks
from grader.errors import UsageError
from grader.jobs.class_book import ClassBook, Planning, policy_of, set_policy
from grader.jobs.handed_in import keep_handed_in
from grader.jobs.policy_options import asked_policy
from grader.jobs.versions import grader_version
from grader.reporters.destination import Destination
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.book.store import Book
    from grader.course import Stage
    from grader.jobs.assignment import Assignment, ClassEntry
    from grader.jobs.options import ClassOptions
    from grader.reporters import ReportSpec

_NAME: Final = "class.sqlite"
_SUFFIX: Final = ".sqlite"
_BESIDE_IT: Final = ("", "-wal", "-shm", "-journal")
_NOT_JUDGING: Final = frozenset(
    {"seed", "beside_others", "again", "hidden", "without_advice", "repeat"}
)
"""The settings that differ from run to run, and change no verdict."""


def book_place(whole: ClassOptions, places: Sequence[tuple[ReportSpec, ...]]) -> Path | None:
    """Where the book lies: where it was asked for, else under the name of the summary, else under
    that of the directory of the page, else with the reports; None where nothing of the class is
    written to files. Raises `UsageError`."""
    if whole.no_book:
        asked = (whole.book, whole.resume, whole.regrade, *map(bool, (whole.only, whole.policy)))
        if any(asked):
            raise UsageError("--no-book keeps nothing: leave it out, or the options of the book")
        return None
    if whole.book is not None:
        if not whole.book:
            raise UsageError("--book needs a path")
        return Path(whole.book)
    for path in (it.path for it in whole.tables):
        if path is not None and (path.is_file() or not os.path.lexists(path)):
            return path.with_suffix(_SUFFIX)
    paths = [spec.destination.path for specs in places for spec in specs]
    beside = [path.parent / _NAME for path in paths if path is not None]
    if whole.page is not None or beside:
        return whole.page.book if whole.page else beside[0]
    if whole.resume or whole.regrade or whole.only or whole.policy:
        raise UsageError("these options need the book of the class: add --book PATH")
    return None


def files_of(book: Path) -> list[Path]:
    """All that may lie there as long as it is open."""
    return [book.with_name(book.name + suffix) for suffix in _BESIDE_IT]


def prove_own(book: Path, written: Sequence[Destination]) -> None:
    """Raises `UsageError` where something else is to be written to the file of the book."""
    if Destination(book).target in {it.target for it in written}:
        raise UsageError(f"the book needs a file for itself, but {book} is written, too")


class OpenedClass(Value, frozen=True):
    """A class whose book is open. entries: those that have a result or are graded."""

    assignment: Assignment
    entries: list[ClassEntry]
    book: ClassBook
    left_out: int

    @property
    def todo(self) -> dict[int, bool]:
        """What is graded, by number; whether with the policy known from the start."""
        return {
            number: plan.by_policy
            for number, plan in enumerate(self.book.plans)
            if plan.kept is None
        }

    @property
    def notes(self) -> list[str]:
        """What is said before anything starts."""
        total, todo = len(self.entries), len(self.todo)
        kept = total - todo
        book = f"book: {self.book.book.path}"
        if self.assignment.whole.only:
            notes = [f"{book}; {todo} of {total} are graded again, {kept} keep their last result"]
            if self.left_out:
                notes.append(f"{self.left_out} more have no result yet, and are left out (--only)")
        elif kept:
            notes = [f"{book}; {kept} of {total} were graded before and have not changed"]
        else:
            notes = [book]
        policy = self.book.policy.says
        return [*notes, *([f"class policy: {policy}"] if policy else [])]


def opened_class(book: Book, assignment: Assignment, entries: Sequence[ClassEntry]) -> OpenedClass:
    """Decide with the book what is graded, and begin a run in it. Raises `GraderError`."""
    policy = _policy(book, assignment)
    if assignment.drawn and (seed := book.seed) is not None:
        assignment = replace(assignment, settings=replace(assignment.settings, seed=seed))
    assignment = replace(assignment, policy=policy)
    settings = assignment.settings
    grader = grader_version(assignment.course.root)
    version = course_version(assignment.course.root)
    basis = Basis("", version, options_of(assignment, NO_POLICY), settings.seed, grader)
    planning = Planning(book, policy, assignment.whole, basis, options_of(assignment, policy))
    plans = list(zip(entries, planning.plans(entries), strict=True))
    taken = [(entry, plan) for entry, plan in plans if plan is not None]
    opened = OpenedClass(
        assignment,
        [entry for entry, _ in taken],
        ClassBook(book, policy, [plan for _, plan in taken]),
        len(plans) - len(taken),
    )
    book.keep_seed(settings.seed)
    set_policy(book, policy)
    keep_handed_in(book, opened.entries)
    opened.book.begin(opened.entries, basis, assignment.command)
    return opened


def options_of(assignment: Assignment, policy: Policy) -> str:
    """What changes a verdict, besides the course and the seed, as JSON."""
    settings = replace(assignment.settings, not_required=policy.advice, left_out=policy.without)
    said = {key: value for key, value in asdict(settings).items() if key not in _NOT_JUDGING}
    said["stages"] = [stage.slug for stage in assignment.stages]
    said["python"] = assignment.python
    return codec.to_json(dict(sorted(said.items())))


def _policy(book: Book, assignment: Assignment) -> Policy:
    """What the book has, and what is asked for now."""
    whole, course = assignment.whole, assignment.course

    def known() -> list[str]:
        return check_ids(course.stages)

    asked = asked_policy(whole.advice, whole.without, whole.points, known)
    policy = policy_of(book).joined(asked or NO_POLICY)
    if all(stage.slug in policy.without for stage in assignment.stages):
        raise UsageError("--without leaves nothing to grade")
    return policy


def check_ids(stages: Sequence[Stage]) -> list[str]:
    """The ids of all their checks."""
    return [f"{stage.slug}/{check.name}" for stage in map(load_checks, stages)
            for check in stage.checks]  # fmt: skip
