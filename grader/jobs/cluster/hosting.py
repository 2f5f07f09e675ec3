"""The process that grades for a worker of a cluster: such a worker has threads, and who grades must
have none.

It reads a `HostOrder` a line from standard input, and after it the bytes of the pack. It writes a
`HostTold` a line to standard output, and after it the bytes of the files. When its input ends, so
does it, and the grading that is under way.
"""

from __future__ import annotations

import select
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from msgspec import Struct

from grader import codec
from grader.course import course_root, course_version, load_course
from grader.engine.run import chosen
from grader.errors import GraderError, UsageError
from grader.isolation import LEVELS, bounded
from grader.isolation.removal import remove
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs.cluster.sealed_job import Wanted, collected, opened
from grader.jobs.job import Job
from grader.jobs.processes import ProcessPool
from grader.jobs.results import ProcessEnd
from grader.jobs.versions import grader_version
from grader.jobs.worker import ahead_of
from grader.program.interpreter import interpreter
from grader.system import signals
from grader.system.ending import exit_with

_LOOK_S: Final = 0.5
"""So often it is looked whether the worker is still there."""


class HostOrder(Struct, frozen=True):
    """job, wanted: as in a `SealedJob`. pack: how many bytes follow; None to grade nothing, and say
    only whether this machine could. hidden: what programs must not see here."""

    job: str
    wanted: str
    limit_s: float
    pack: int | None = None
    hidden: tuple[str, ...] = ()


class HostTold(Struct, frozen=True):
    """refused: why this machine does not grade for the class; empty where it does. level,
    weaknesses: how it isolates. ending: as in a `SealedDone`. files: the lengths of what follows,
    by name."""

    refused: str = ""
    level: str = ""
    weaknesses: tuple[str, ...] = ()
    ending: str = ""
    files: dict[str, int] = {}


class _WorkerGone(Exception):
    """Nobody waits for the result."""


class _Host:
    """Grades for one class: what does not change from job to job is found out once. place: an empty
    directory."""

    def __init__(self, order: HostOrder, job: Job, place: Path, stack: ExitStack) -> None:
        self._place = place
        self._count = 0
        wanted = codec.from_json(order.wanted, Wanted)
        self.course = _course(Path(job.course), wanted.course)
        if (found := grader_version(self.course)) != wanted.grader:
            raise UsageError(f"it has grader {found}, and the class is graded by {wanted.grader}")
        self.level, self.weaknesses = _level(self.course, job, wanted.least)
        course = load_course(self.course, only=())
        stack.callback(sweep)  # after one that was killed
        self._pool = stack.enter_context(
            ProcessPool(limit_s=order.limit_s, ahead=ahead_of(course, job.stages))
        )

    def graded(
        self, job: Job, pack: bytes, hidden: tuple[str, ...]
    ) -> tuple[ProcessEnd, dict[str, bytes]]:
        """Do it: how it ended, and what it has written. Raises `GraderError` and OSError."""
        self._count += 1
        (own := self._place / str(self._count)).mkdir()
        try:
            here = opened(job, self.course, pack, own, hidden)
            self._pool.start(self._count, here, own)
            return self._ended(), collected(job, own)
        finally:
            remove(own)

    def _ended(self) -> ProcessEnd:
        while not (done := self._pool.ended(_LOOK_S)):
            # there is no next order before the reply: so what can be read is the end
            if select.select([sys.stdin], [], [], 0)[0]:
                raise _WorkerGone
        return self._pool.dismiss(done[0])


def _course(named: Path, version: str) -> Path:
    """Where the course of this version lies: at the same place as for the teacher, or in the
    grader that is installed here."""
    found = []
    for root in (named, course_root()):
        try:
            found.append(course_version(root))
        except OSError:
            continue
        if found[-1] == version:
            return root
    has = found[-1] if found else "none"
    raise UsageError(f"it has course {has}, and the class is graded with {version}")


def _level(root: Path, job: Job, least: str) -> tuple[str, tuple[str, ...]]:
    """The level that works on this machine. Raises `GraderError` where that is not enough."""
    course = load_course(root, only=())
    stages = [course.stage(slug) for slug in job.stages]
    command = (interpreter(job.python),) if job.python else _usual()
    with chosen(course, stages, None, command, job.settings) as (tried, _, _limits):
        level = bounded(tried)
    names = [*LEVELS]
    if names.index(level.name) > names.index(least):
        raise UsageError(f"it isolates by the level {level.name}; the class needs {least}")
    return level.name, level.weaknesses


def _usual() -> tuple[str, ...]:
    try:
        return (interpreter("python3"),)
    except UsageError:  # perhaps nobody needs one
        return ()


class _Hosting:
    """One host at a time: that of the class that was asked for last."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._key: tuple[object, ...] = ()
        self._host: _Host | None = None
        self._stack = ExitStack()

    def told(self, order: HostOrder, pack: bytes) -> tuple[HostTold, dict[str, bytes]]:
        """What becomes of an order, and the files that go with it."""
        job = codec.from_json(order.job, Job)
        try:
            host = self._for(order, job)
        except (GraderError, OSError) as error:
            return HostTold(str(error)), {}
        if order.pack is None:
            return HostTold(level=host.level, weaknesses=host.weaknesses), {}
        try:
            ending, files = host.graded(job, pack, order.hidden)
        except (GraderError, OSError) as error:
            ending, files = ProcessEnd(3, f"grade: {error}", None, 0.0, order.limit_s), {}
        return HostTold(
            ending=codec.to_json(ending), files={it: len(files[it]) for it in files}
        ), files

    def close(self) -> None:
        """End what is under way."""
        self._key, self._host = (), None
        self._stack.close()

    def _for(self, order: HostOrder, job: Job) -> _Host:
        how = job.settings
        key = (
            order.wanted,
            order.limit_s,
            job.course,
            job.stages,
            job.python,
            how.sandbox,
            how.limits,
        )
        if self._host is None or key != self._key:
            self.close()
            self._host = _Host(order, job, self._place, self._stack)
            self._key = key
        return self._host


def _serve() -> int:
    orders, replies = sys.stdin.buffer, sys.stdout.buffer
    with scratch_directory() as place:
        hosting = _Hosting(place)
        try:
            while line := orders.readline():
                order = codec.from_json(line, HostOrder)
                told, files = hosting.told(order, orders.read(order.pack or 0))
                replies.write(codec.to_json(told).encode() + b"\n")
                replies.writelines(files.values())
                replies.flush()
        except (_WorkerGone, BrokenPipeError):
            signals.ignore()
            return 1
        finally:
            hosting.close()
    return 0


if __name__ == "__main__":
    exit_with(_serve)
