"""The gradings of a class on other machines, through a `concurrent.futures.Executor`.

How it works. Each grading is one `grade_one(job)`. Its result is written to the place that the
grading has here, so that the class takes it as it takes one of its own processes. Who is done is
found by waiting for futures, and now and then it is looked which machines there are: a job whose
machines are all gone is begun again, and its first future is forgotten. So there is one result for
each grading, whatever arrives twice.
"""

from __future__ import annotations

import time
import zlib
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from math import inf
from typing import TYPE_CHECKING, Final, Protocol, Self

from grader.codec import BrokenJson
from grader.errors import MachineError
from grader.isolation import NOT_BESIDE_OTHERS
from grader.jobs.cluster.grade_one import grade_one
from grader.jobs.cluster.sealed_job import SCREEN, SealedDone, distributed, sealed
from grader.jobs.results import ProcessEnd, Stop
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from pathlib import Path

    from grader.jobs.cluster.sealed_job import SealedJob, Wanted
    from grader.jobs.job import Job

_LOOK_S: Final = 1.0
_ERRORED: Final = 3


class Machines(Protocol):
    """Who grades: an executor, and what is known of the machines behind it."""

    def begin(self, job: SealedJob) -> Future[SealedDone]:
        """Have `grade_one` do it. Raises `MachineError` where no machine may grade."""

    def look(self) -> None:
        """Find out who has come and who has gone."""

    def is_lost(self, future: Future[SealedDone]) -> bool:
        """Whether nobody is left who could do it."""

    @property
    def at_once(self) -> int:
        """How many jobs can be done at a time."""


class ExecutorMachines(Value, frozen=True):
    """What is behind any executor, of which nothing else is known."""

    executor: Executor
    at_once: int

    def begin(self, job: SealedJob) -> Future[SealedDone]:
        """Have `grade_one` do it."""
        return self.executor.submit(grade_one, job)

    def look(self) -> None:
        """Nobody comes, and nobody goes."""

    def is_lost(self, _future: Future[SealedDone]) -> bool:
        """The executor itself says so."""
        return False


class FarGrading(Value):
    """A grading under way somewhere else. job: as it is here; `sent`: as it left."""

    number: int
    place: Path
    job: Job
    sent: SealedJob
    future: Future[SealedDone]
    began: float
    stopped: Stop | None = None

    @property
    def screen(self) -> Path:
        """The file with what it showed."""
        return self.place / SCREEN


class ExecutorPool:
    """All gradings that are under way. limit_s: how long one may take. most: so many at a time, and
    no more. Leaving the context forgets those that are under way."""

    def __init__(
        self,
        machines: Machines,
        wanted: Wanted,
        *,
        limit_s: float,
        most: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.working: list[FarGrading] = []
        self._machines = machines
        self._wanted = wanted
        self._limit_s = limit_s
        self._most = most
        self._clock = clock
        self._looked = clock()

    def kill_strays(self) -> None:
        """There are none here."""

    def has_one(self, under_way: int) -> bool:
        """Whether a machine has nothing to do, with so many under way. Where there is no machine,
        the one that begins finds out."""
        places = max(1, self._machines.at_once)
        return under_way < (places if self._most is None else min(places, self._most))

    def next_look_s(self, _under_way: int) -> float | None:
        """Machines come and go."""
        return _LOOK_S

    def start(self, number: int, job: Job, place: Path) -> None:
        """Have it done somewhere. Raises `MachineError` and OSError."""
        sent = sealed(job, self._wanted, self._limit_s)
        future = self._machines.begin(sent)
        self.working.append(FarGrading(number, place, job, sent, future, self._clock()))

    def ended(self, within_s: float | None = None) -> list[FarGrading]:
        """Wait until one has ended (or none is left), and return those that have; none where that
        takes longer."""
        until = inf if within_s is None else self._clock() + within_s
        while self.working:
            now = self._clock()
            wait(
                [grading.future for grading in self.working],
                max(0.0, min(until - now, self._looked + _LOOK_S - now)),
                FIRST_COMPLETED,
            )
            if done := [grading for grading in self.working if grading.future.done()]:
                return done
            self._look()
            if self._clock() >= until:
                break
        return []

    def dismiss(self, worker: FarGrading) -> ProcessEnd:
        """How an ended one ended; what it has written is here then."""
        self.working.remove(worker)
        ending = self._ending(worker)
        if ending.says(NOT_BESIDE_OTHERS):
            return self._errored(f"on the cluster {NOT_BESIDE_OTHERS}")
        return ending

    def stop(self) -> None:
        """Nobody waits for them any longer. What a machine has begun, it ends for nobody."""
        for grading in self.working:
            if not grading.future.done():
                grading.stopped = Stop.INTERRUPTED
                grading.future.cancel()
                grading.future = _cancelled()

    def kill(self) -> None:
        """The same."""
        self.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _look(self) -> None:
        if self._clock() < self._looked + _LOOK_S:
            return
        self._machines.look()
        self._looked = self._clock()
        for grading in self.working:
            if not grading.future.done() and self._machines.is_lost(grading.future):
                grading.future.cancel()
                grading.future = self._begun_again(grading.sent)

    def _begun_again(self, sent: SealedJob) -> Future[SealedDone]:
        try:
            return self._machines.begin(sent)
        except MachineError as error:
            (future := Future[SealedDone]()).set_exception(error)
            return future

    def _ending(self, worker: FarGrading) -> ProcessEnd:
        try:
            done = worker.future.result()
            if done.refused:
                return self._errored(f"the worker {done.machine} refuses it: {done.refused}")
            distributed(done.files, worker.job, worker.place)
            return done.how
        except CancelledError:
            return self._errored("the cluster has lost it", worker.stopped)
        except MachineError as error:
            return self._errored(str(error))
        except (BrokenJson, OSError, zlib.error) as error:
            return self._errored(f"its result cannot be used: {error}")
        except Exception as error:  # whatever the executor raises, and what arrives of a worker
            why = f"{type(error).__name__}: {error}".partition(". ")[0]
            return self._errored(f"the cluster could not grade it: {why}")

    def _errored(self, why: str, stopped: Stop | None = None) -> ProcessEnd:
        return ProcessEnd(_ERRORED, f"grade: {why}", None, 0.0, self._limit_s, stopped)


def _cancelled() -> Future[SealedDone]:
    future = Future[SealedDone]()
    future.cancel()
    future.set_running_or_notify_cancel()
    return future
