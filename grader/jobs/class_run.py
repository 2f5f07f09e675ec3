"""Grades a class from start to end: who is graded when, and what became of each; loses nothing."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.engine.run import header_of, limits_of, started
from grader.errors import GraderError, MachineError
from grader.isolation import NOT_BESIDE_OTHERS, IsolationLevel
from grader.isolation.removal import remove
from grader.jobs.job import Job, single_checks
from grader.jobs.places import deliver
from grader.jobs.results import NOT_BEGUN, ClassOutcome, ClassResult, result
from grader.jobs.room import Bounds, Room
from grader.program.find import Submission
from grader.system import signals
from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings
    from grader.jobs.class_screen import ClassScreen
    from grader.jobs.neighbours import Neighbours
    from grader.jobs.options import ClassOptions
    from grader.jobs.processes import ProcessPool
    from grader.report.model import RunStarted
    from grader.reporters import ReportSpec
    from grader.reproduce.server import Again


@dataclass(frozen=True, slots=True)
class Assignment:
    """How a class is graded. again: how another command line names a submission, but for its path.
    python: the interpreter that was asked for, or None. reports: the `--report` options. hints:
    how many steps of its hint each failure shows."""

    course: Course
    stages: Sequence[Stage]
    settings: RunSettings
    again: Again
    whole: ClassOptions
    python: str | None
    reports: Sequence[str]
    hints: int


@dataclass(frozen=True, slots=True)
class ClassEntry:
    """One submission of the class: what it is called, where it is, where its reports go, and what
    it is told of the others."""

    name: str
    path: str
    reports: tuple[ReportSpec, ...]
    neighbours: Neighbours


class ClassRun:
    """The gradings of a class. `place` is an empty directory of its own."""

    def __init__(
        self,
        assignment: Assignment,
        entries: Sequence[ClassEntry],
        level: IsolationLevel,
        pool: ProcessPool,
        screen: ClassScreen,
        place: Path,
    ) -> None:
        self._assignment = assignment
        self._entries = entries
        self._level = level
        self._crew = pool
        self._screen = screen
        self._place = place
        self._results: dict[int, ClassResult] = {}
        self._not_beside_others: list[int] = []

    @property
    def results(self) -> list[ClassResult]:
        """What became of each so far, in the order given."""
        return [self._results.get(number, NOT_BEGUN) for number in range(len(self._entries))]

    def grade(self, at_once: Bounds) -> bool:
        """Grade them all, so many at a time; whether it was interrupted. Then nothing is under way
        any more, and the signals that interrupt are ignored."""
        try:
            waiting, room = deque(range(len(self._entries))), Room(at_once)
            while waiting or self._crew.working:
                while waiting and room.has_one(len(self._crew.working)):
                    self._begin(waiting.popleft())
                look_s = room.next_look_s(len(self._crew.working)) if waiting else None
                self._settle_ended(look_s)
            for number in self._not_beside_others:
                self._crew.kill_strays()
                self._begin(number, alone=True)
                self._settle_all()
            signals.ignore()
        except KeyboardInterrupt:
            self._wind_up()
            return True
        return False

    def _wind_up(self) -> None:
        """All that is under way is told to stop and keeps what it has found; the next interruption
        kills it."""
        try:
            signals.install()
            self._crew.stop()
            self._settle_all()
            signals.ignore()
        except KeyboardInterrupt:
            self._crew.kill()
            self._settle_all()

    def _begin(self, number: int, *, alone: bool = False) -> None:
        """Start the grading of one. Where even that is not possible, it is errored and the others
        go on."""
        place = self._place / str(number)
        try:
            place.mkdir()
            self._crew.start(number, self._job(self._entries[number], place, alone=alone), place)
        except (OSError, MachineError) as error:
            with held():
                found = self._settled(number, place, ClassResult(ClassOutcome.ERRORED, str(error)))
            self._screen.ended(number, found, None)

    def _job(self, entry: ClassEntry, place: Path, *, alone: bool) -> Job:
        """One grading. It finds its own level; but one that fell back to a level without a network
        of its own, and shared it with others, could judge somebody else's server."""
        how = self._assignment
        settings = replace(
            how.settings,
            beside_others=self._level.private_network and not alone,
            again=replace(how.again, path=entry.path).words(),
        )
        return Job(
            course=str(how.course.root),
            stages=tuple(stage.slug for stage in how.stages),
            submission=entry.path,
            settings=settings,
            python=how.python,
            checks=single_checks(how.stages, settings),
            neighbours=entry.neighbours,
            reports=tuple(f"{spec.format}:{file}" for spec, file in _written(entry, place)),
            hints=how.hints,
        )

    def _settle_all(self) -> None:
        while self._crew.working:
            self._settle_ended()

    def _settle_ended(self, within_s: float | None = None) -> None:
        for worker in self._crew.ended(within_s):
            with held():  # an interruption comes before this or after it, so that no result is lost
                ending = self._crew.dismiss(worker)
                if ending.says(NOT_BESIDE_OTHERS):
                    self._not_beside_others.append(worker.number)
                    remove(worker.place)
                    continue
                found = result(ending)
                found = self._settled(worker.number, worker.place, found)
            self._screen.ended(worker.number, found, worker.screen)
            remove(worker.place)

    def _settled(self, number: int, place: Path, found: ClassResult) -> ClassResult:
        """Keep what became of it, and bring its reports to where they belong; errored where they
        cannot be there."""
        entry = self._entries[number]
        try:
            for spec, file in _written(entry, place):
                deliver(spec, file, self.started(entry.path), found)
        except GraderError as error:
            found = replace(found, outcome=ClassOutcome.ERRORED, reason=str(error))
        self._results[number] = found
        return found

    def started(self, path: str) -> RunStarted:
        """How the grading of this submission begins, as far as it is known here."""
        assignment = self._assignment
        submission = Submission(path, Path(), ())
        limits = limits_of(assignment.course, assignment.stages, assignment.settings)
        header = header_of(assignment.course, submission, assignment.settings, self._level, limits)
        return started(header, assignment.stages)


def _written(entry: ClassEntry, place: Path) -> Iterator[tuple[ReportSpec, Path]]:
    """Each of its reports, and the file in which its grading leaves it for us."""
    return ((spec, place / f"report-{number}") for number, spec in enumerate(entry.reports))
