"""The processes that grade a class: each grading in one of its own, started, bounded in time,
stopped and reaped."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import tempfile
import time
from math import inf
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from grader import codec
from grader.isolation.limits import adopt_orphans
from grader.jobs.results import LONGEST_BRIEF, ProcessEnd, Stop
from grader.system import processes
from grader.system.signals import held
from grader.value import Value
from grader.warm.asking import WarmProcess
from grader.warm.child import ForkedChild
from grader.warm.work import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.jobs.job import Job
    from grader.warm.asking import Started

GRACE_S = 30.0  # for a grading that was told to stop; it needs a fraction of it
_LONGEST_SAID = 4096
_UNSEEN_S = 0.02  # between two looks, on a system without pidfd_open(2)
_ROUNDS = 1000


class GradingProcess(Value):
    """A grading under way. number: which submission. place: a directory of its own, for whatever it
    writes. deadline: when it will be told to stop, or killed if it has been told."""

    number: int
    place: Path
    process: Started
    began: float
    deadline: float
    stopped: Stop | None = None
    pidfd: int | None = None

    @property
    def seen(self) -> int | None:
        """A descriptor that is readable once it has ended, if there is one."""
        return self.process.fileno() if isinstance(self.process, ForkedChild) else self.pidfd

    @property
    def screen(self) -> Path:
        """The file with what it wrote to its standard output."""
        return self.place / "stdout"

    def ending(self, now: float, limit_s: float) -> ProcessEnd:
        """How it ended, once it has."""
        brief = _beginning(self.place / "brief", LONGEST_BRIEF)
        said = _end(self.place / "stderr", _LONGEST_SAID) or ""
        code = self.process.returncode
        assert code is not None
        return ProcessEnd(code, said, brief, now - self.began, limit_s, self.stopped)


class ProcessPool:
    """All gradings that are under way. Leaving the context ends them: told to stop, waited for,
    killed at last.

    limit_s: how long one may take. orphans: whether what a dead grading leaves running has to be
    hunted down. ahead: what `grader.jobs.worker` may load before there is a job.
    """

    def __init__(
        self,
        *,
        limit_s: float,
        orphans: bool = False,
        ahead: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._warm = WarmProcess("grader.jobs.worker", ahead)
        self.limit_s = limit_s
        self._clock = clock
        self._orphans = False
        self.working: list[GradingProcess] = []
        if orphans:
            self.kill_strays()

    def kill_strays(self) -> None:
        """From now on what a dead grading leaves running is hunted down: none may be under way
        beside another."""
        self._orphans = True
        adopt_orphans()

    def start(self, number: int, job: Job, place: Path, directory: Path | None = None) -> None:
        """Do it in a new process. `place` is an empty directory; the brief report goes there.
        directory: where it is done; ours by default. Raises OSError and MachineError."""
        job = replace(job, reports=(f"brief:{place / 'brief'}", *job.reports))
        named = [job.submission] if job.submission else []  # for who looks at processes
        order = WorkOrder(tuple(named), str(directory) if directory else None)
        with (
            held(),
            tempfile.TemporaryFile(dir=place) as told,  # without a name: nobody else changes it
            open(place / "stdout", "wb") as out,
            open(place / "stderr", "wb") as err,
        ):
            told.write(codec.to_json(job).encode())
            told.seek(0)
            process = self._warm.begin(order, told, out, err)
            now = self._clock()
            worker = GradingProcess(number, place, process, now, now + self.limit_s)
            self.working.append(worker)
            if not isinstance(process, ForkedChild):
                with contextlib.suppress(OSError, AttributeError):  # else we look now and then
                    worker.pidfd = os.pidfd_open(process.pid)

    def ended(self, within_s: float | None = None) -> list[GradingProcess]:
        """Wait until one has ended (or none is left), and return those that have; none where that
        takes longer. Who is over time is stopped."""
        until = inf if within_s is None else self._clock() + within_s
        while self.working:
            self._wait(until)
            if done := [worker for worker in self.working if worker.process.poll() is not None]:
                return done
            now = self._clock()
            for worker in self.working:
                if now >= worker.deadline:
                    self._stop(worker, Stop.OVERTIME)
            if now >= until:
                break
        return []

    def dismiss(self, worker: GradingProcess) -> ProcessEnd:
        """How an ended one ended. It is no longer under way then, and nothing of it runs."""
        self.working.remove(worker)
        if worker.pidfd is not None:
            os.close(worker.pidfd)
        if self._orphans:
            _hunt(spared=self._warm.pid)
        return worker.ending(self._clock(), self.limit_s)

    def stop(self) -> None:
        """Tell all of them to stop: they end in order, and report what they have found so far."""
        for worker in self.working:
            if not worker.stopped and worker.process.poll() is None:
                self._stop(worker, Stop.INTERRUPTED)

    def kill(self) -> None:
        """End all of them at once; their submissions end with them."""
        for worker in self.working:
            if worker.process.poll() is None:
                worker.stopped = worker.stopped or Stop.INTERRUPTED
                worker.process.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.stop()
            while done := self.ended():
                for worker in done:
                    self.dismiss(worker)
        finally:
            self.kill()
            for worker in [*self.working]:
                worker.process.wait()
                self.dismiss(worker)
            self._warm.close()

    def _wait(self, until: float) -> None:
        first = min(until, *(worker.deadline for worker in self.working))
        seconds = max(0.0, first - self._clock())
        if any(worker.process.returncode is not None for worker in self.working):
            return
        seen = [worker.seen for worker in self.working if worker.seen is not None]
        select.select(
            seen, [], [], seconds if len(seen) == len(self.working) else min(seconds, _UNSEEN_S)
        )

    def _stop(self, worker: GradingProcess, why: Stop) -> None:
        """The first time politely. Who has not ended after that gets no third time."""
        if worker.stopped:
            worker.process.kill()
        else:
            worker.stopped = why
            worker.process.send_signal(signal.SIGINT)
        worker.deadline = self._clock() + GRACE_S


def _hunt(spared: int | None) -> None:
    """Kill what a dead grading left running where nothing contained it: orphans became ours."""
    for _ in range(_ROUNDS):
        strays = [pid for pid in processes.descendants(os.getpid()) if pid != spared]
        if not strays:
            return
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in strays:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, number)
        for pid in strays:
            with contextlib.suppress(ChildProcessError):  # not ours, or not yet
                os.waitpid(pid, 0)


def _beginning(path: Path, limit: int) -> str | None:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(limit)
    except OSError:
        return None


def _end(path: Path, limit: int) -> str | None:
    try:
        with open(path, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - limit))
            return file.read(limit).decode(errors="replace")
    except OSError:
        return None
