"""Grades a class from start to end: who is graded when, and what became of each; loses nothing."""

from __future__ import annotations

from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from grader.book.policy import NO_POLICY
from grader.engine.run import header_of, limits_of, started
from grader.errors import GraderError
from grader.isolation import NOT_BESIDE_OTHERS, IsolationLevel
from grader.isolation.removal import remove
from grader.jobs.job import Job, single_checks
from grader.jobs.packing import packed
from grader.jobs.records import ClassRecords
from grader.jobs.results import (
    NOT_BEGUN,
    ClassOutcome,
    ClassResult,
    ProcessEnd,
    broke_the_grader,
    result,
)
from grader.jobs.room import Bounds, Room
from grader.program.submission import Submission
from grader.system import signals
from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.jobs.assignment import Assignment, ClassEntry
    from grader.jobs.class_screen import ClassScreen
    from grader.jobs.pool import GradingPool, Places
    from grader.report.model import RunStarted


class ClassRun:
    """The gradings of a class. `place` is an empty directory of its own. todo: what is graded, by
    its number, and whether with the policy of the class known from the start; by default all."""

    def __init__(
        self,
        assignment: Assignment,
        entries: Sequence[ClassEntry],
        level: IsolationLevel,
        pool: GradingPool[Any],
        screen: ClassScreen,
        place: Path,
        records: ClassRecords | None = None,
        todo: Mapping[int, bool] | None = None,
    ) -> None:
        self._assignment = assignment
        self._entries = entries
        self._level = level
        self._crew = pool
        self._screen = screen
        self._place = place
        self._records = records or ClassRecords()
        self._todo = dict.fromkeys(range(len(entries)), False) if todo is None else todo
        self._waiting = deque(self._todo)
        self._results: dict[int, ClassResult] = {}
        self._not_beside_others: list[int] = []
        self._tried_again: set[int] = set()

    @property
    def results(self) -> list[ClassResult]:
        """What became of each so far, in the order given."""
        return [self._results.get(number, NOT_BEGUN) for number in range(len(self._entries))]

    def take_earlier(self) -> None:
        """The results that are there already, of all that are not graded."""
        for number, entry in enumerate(self._entries):
            if number not in self._todo and (found := self._records.earlier(number, entry)):
                self._results[number] = found
                if self._screen.tells_all(found):
                    self._screen.told(
                        number, found, self._records.shown(number, self._assignment.hints)
                    )

    def grade(self, at_once: Bounds, places: Places | None = None) -> bool:
        """Grade them all, so many at a time; whether it was interrupted. Then nothing is under way
        any more, and the signals that interrupt are ignored. places: who knows better how many."""
        try:
            room = places or Room(at_once)
            while self._waiting or self._crew.working:
                while self._waiting and room.has_one(len(self._crew.working)):
                    self._begin(self._waiting.popleft())
                look_s = room.next_look_s(len(self._crew.working)) if self._waiting else None
                self._settle_ended(self._screen.next_look_s(look_s))
                self._screen.show(self._crew.working, len(self._waiting))
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
            self._crew.start(number, self._job(number, place, alone=alone), place)
        except (OSError, GraderError) as error:
            with held():
                found = self._settled(number, place, ClassResult(ClassOutcome.ERRORED, str(error)))
            self._screen.ended(number, found, None)

    def _job(self, number: int, place: Path, *, alone: bool) -> Job:
        """One grading, of what is packed now. It finds its own level; but one that fell back to a
        level without a network of its own, and shared it with others, could judge somebody else's
        server."""
        how, entry = self._assignment, self._entries[number]
        found = packed(entry.given, entry.neighbours, place)
        if found.says:
            self._screen.tell([f"{entry.name} is started with {found.says}"])
        policy = how.policy if self._todo[number] else NO_POLICY
        settings = replace(
            how.settings,
            beside_others=self._level.private_network and not alone,
            again=replace(how.again, path=entry.path).words() if entry.is_there else (),
            not_required=policy.advice,
            left_out=policy.without,
        )
        return Job(
            course=str(how.course.root),
            stages=tuple(stage.slug for stage in how.stages),
            submission=entry.path or entry.name,
            settings=settings,
            python=how.python,
            checks=single_checks(how.stages, settings),
            neighbours=replace(entry.neighbours, refused=found.refused),
            reports=self._records.asked_of(entry, place),
            hints=how.hints,
            leaves=self._records.left_in(place),
            pack=found.pack,
            known_as=found.known_as,
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
                if self._is_tried_again(worker.number, ending, found):
                    remove(worker.place)
                    continue
                found = self._settled(worker.number, worker.place, found, ending.said)
            self._screen.ended(worker.number, found, worker.screen)
            remove(worker.place)

    def _is_tried_again(self, number: int, ending: ProcessEnd, found: ClassResult) -> bool:
        """Once, for one that has broken the grader itself: the next worker is a fresh one."""
        if number in self._tried_again or not broke_the_grader(ending, found):
            return False
        self._tried_again.add(number)
        waits = self._not_beside_others if number in self._not_beside_others else self._waiting
        waits.append(number)
        return True

    def _settled(self, number: int, place: Path, found: ClassResult, said: str = "") -> ClassResult:
        """Keep what became of it, and bring its reports to where they belong."""
        entry = self._entries[number]
        found = self._records.settled(
            number, entry, place, found, lambda: self.started(entry.path), said
        )
        self._results[number] = found
        return found

    def started(self, path: str) -> RunStarted:
        """How the grading of this submission begins, as far as it is known here."""
        assignment = self._assignment
        submission = Submission(path, Path(), ())
        limits = limits_of(assignment.course, assignment.stages, assignment.settings)
        header = header_of(assignment.course, submission, assignment.settings, self._level, limits)
        return started(header, assignment.stages)
