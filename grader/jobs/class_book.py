"""A class and its book: which results still hold, which submissions are graded, and what is kept.

A result holds as long as what was handed in, the course, the options, the seed and the grader are
the same, and it is no error. What is graded again has its earlier result beside it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader import codec
from grader.book.model import Basis, BookRun, KeptResult, Seat
from grader.book.outline import counted
from grader.book.policy import Policy
from grader.codec import BrokenJson
from grader.errors import GraderError, MachineError, UsageError
from grader.jobs.packing import content_of
from grader.jobs.results import ClassOutcome, ClassResult, changed, result_of
from grader.outcomes import Outcome
from grader.report.codec import from_json
from grader.text.nearest import did_you_mean
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.book.store import Book
    from grader.jobs.assignment import ClassEntry
    from grader.jobs.options import ClassOptions
    from grader.report.model import Report

_POLICY: Final = "policy"
STATES: Final = frozenset(str(outcome) for outcome in ClassOutcome)


class EntryPlan(Value, frozen=True):
    """What is done with one submission. basis: of its result. kept: the result that it has already;
    None where it is graded. before: its last result, whatever that was. by_policy: whether it is
    graded with the policy known from the start."""

    basis: Basis
    kept: KeptResult | None = None
    before: KeptResult | None = None
    by_policy: bool = False


def policy_of(book: Book) -> Policy:
    """What the class of this book counts otherwise than its course."""
    if (said := book.setting(_POLICY)) is None:
        return Policy()
    try:
        return codec.from_json(said, Policy)
    except BrokenJson as error:
        raise MachineError(f"the book {book.path}: its policy is damaged") from error


def set_policy(book: Book, policy: Policy) -> None:
    """Keep it instead of the one before."""
    book.set(_POLICY, codec.to_json(policy))


def outlined(book: Book, kept: KeptResult, policy: Policy) -> Report:
    """The outline of a result, as this policy counts it. Raises `MachineError`."""
    try:
        return counted(kept, policy)
    except BrokenJson as error:
        raise MachineError(
            f"the book {book.path}: the result of {kept.name} is damaged; grade it again"
        ) from error


def whole_report(book: Book, kept: KeptResult, policy: Policy) -> Report:
    """The whole report of a result, as this policy counts it. Raises `MachineError`."""
    try:
        return policy.applied(from_json(book.report(kept.number)))
    except BrokenJson as error:
        raise MachineError(
            f"the book {book.path}: the report of {kept.name} is damaged; grade it again"
        ) from error


class Planning:
    """Decides what is graded. basis: of each submission, but for its content. options_by_policy:
    those of a basis, where the policy is known from the start."""

    def __init__(
        self, book: Book, policy: Policy, whole: ClassOptions, basis: Basis, options_by_policy: str
    ) -> None:
        self._book = book
        self._policy = policy
        self._whole = whole
        self._basis = basis
        self._options_by_policy = options_by_policy

    def plans(self, entries: Sequence[ClassEntry]) -> list[EntryPlan | None]:
        """For each submission what is done; None where nobody has asked for it and it has no
        result. Raises `UsageError`."""
        known = {entry.name for entry in entries}
        for word in self._whole.only:
            if word not in STATES and word not in known:
                close = did_you_mean(word, {*STATES, *known})
                raise UsageError(f"--only: no submission is called {word!r}{close}")
        return [self._plan(entry) for entry in entries]

    def _plan(self, entry: ClassEntry) -> EntryPlan | None:
        content = content_of(entry.given, entry.neighbours)
        plan = EntryPlan(replace(self._basis, content=content), None, self._book.newest(entry.name))
        if self._whole.only:
            if not self._asked_for(entry, plan.before):
                return replace(plan, kept=plan.before) if plan.before else None
            return self._graded(entry, plan)
        if self._whole.regrade:
            return self._graded(entry, plan)
        kept = self._book.holding(plan.basis, entry.path)
        if kept is None:
            return self._graded(entry, plan)
        if not self._hides(kept):
            return replace(plan, kept=kept)
        plan = self._graded(entry, plan)
        return replace(plan, kept=self._book.holding(plan.basis, entry.path))

    def _graded(self, entry: ClassEntry, plan: EntryPlan) -> EntryPlan:
        """With the policy known from the start, where without it something would not be judged."""
        kept = self._book.holding(plan.basis, entry.path)
        if kept is None or not self._hides(kept):
            return plan
        basis = replace(plan.basis, options=self._options_by_policy)
        return replace(plan, basis=basis, by_policy=True)

    def _hides(self, kept: KeptResult) -> bool:
        judged = kept.outcome in (ClassOutcome.PASSED, ClassOutcome.FAILED)
        found = outlined(self._book, kept, self._policy)
        return judged and found.outcome is Outcome.ERRORED

    def _asked_for(self, entry: ClassEntry, before: KeptResult | None) -> bool:
        if entry.name in self._whole.only:
            return True
        if before is None:
            return False
        found = result_of(outlined(self._book, before, self._policy))
        return str(found.outcome) in self._whole.only


class ClassBook:
    """The book of a class that is being graded. `begin` comes first."""

    def __init__(self, book: Book, policy: Policy, plans: Sequence[EntryPlan]) -> None:
        self.book = book
        self.policy = policy
        self.plans = plans
        self.faults: list[GraderError] = []
        self._run = 0
        self._numbers = {
            number: plan.kept.number for number, plan in enumerate(plans) if plan.kept is not None
        }

    def begin(self, entries: Sequence[ClassEntry], basis: Basis, command: Sequence[str]) -> None:
        """A new run with these submissions."""
        seats = [
            Seat(entry.name, entry.path, plan.kept.number if plan.kept else None)
            for entry, plan in zip(entries, self.plans, strict=True)
        ]
        run = BookRun(_now(), basis.seed, basis.course, basis.options, basis.grader, tuple(command))
        self._run = self.book.begin(run, seats)

    def earlier(self, number: int) -> ClassResult | None:
        """The result of this submission that is not graded again."""
        kept = self.plans[number].kept
        if kept is None:
            return None
        return result_of(outlined(self.book, kept, self.policy), kept.took_s)

    def outline(self, number: int) -> Report:
        """The outline of one that is not graded again. Raises `MachineError`."""
        kept = self.plans[number].kept
        assert kept is not None
        return outlined(self.book, kept, self.policy)

    def report(self, number: int) -> Report:
        """The whole report of one that is not graded again. Raises `MachineError`."""
        kept = self.plans[number].kept
        assert kept is not None
        return whole_report(self.book, kept, self.policy)

    def keep(
        self, number: int, entry: ClassEntry, found: ClassResult, outline: bytes, report: bytes,
        traceback: str, *, unchanged: bool,
    ) -> None:  # fmt: skip
        """Keep what became of it, before any policy. report: the whole, as JSON. unchanged: whether
        what was handed in is still what it was. Where it cannot be kept, that is a fault, and the
        class goes on."""
        basis = self.plans[number].basis
        brief = found.scored
        first = brief.first_failed if brief else None
        kept = KeptResult(
            entry.name, entry.path, basis if unchanged else replace(basis, content=""),
            str(found.outcome), _now(), round(found.took_s, 3), found.reason or "",
            first.kind if first else "", first.problem if first else "", outline, traceback,
        )  # fmt: skip
        try:
            self._numbers[number] = self.book.keep(self._run, number, kept, report)
        except GraderError as error:
            self.faults.append(error)

    def wrote(self, number: int, file: Path | None) -> None:
        """In this file is now the report of this submission."""
        kept = self._numbers.get(number)
        if file is None or kept is None or not file.is_file():
            return
        try:
            self.book.wrote(file, kept, self.policy.says)
        except (GraderError, OSError):  # then it is written once more by the next run
            return

    def is_in(self, number: int, file: Path | None) -> bool:
        """Whether its report is in this file already."""
        kept = self._numbers.get(number)
        if file is None or kept is None:
            return False
        return self.book.is_in(file, kept, self.policy.says)

    def compared(self, number: int, found: ClassResult) -> ClassResult:
        """The result with what it was before, where that is something else."""
        before = self.plans[number].before
        if before is None:
            return found
        try:
            was = changed(result_of(outlined(self.book, before, self.policy)), found)
        except GraderError as error:  # what is known now is worth more than what was
            self.faults.append(error)
            return found
        return replace(found, was=was)

    def end(self) -> None:
        """The class has come to its end, and is whole."""
        try:
            self.book.end(self._run, _now())
        except GraderError as error:
            self.faults.append(error)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
