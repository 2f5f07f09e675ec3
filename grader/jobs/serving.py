"""The process that does one job after the other for another program, such as pytest, which may have
threads: whoever grades must have none, may be interrupted at any time, and may kill what a dead
grading left running.

It reads a `Job` a line from standard input, and writes a `JobTold` a line to standard output. When
its input ends, so does it; a SIGTERM ends the grading that is under way, too.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from grader import codec
from grader.course import load_course
from grader.engine.run import chosen
from grader.errors import GraderError
from grader.isolation import NOT_BESIDE_OTHERS, bounded
from grader.isolation.limits import die_with
from grader.isolation.removal import remove
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs.job import Job
from grader.jobs.options import LIMIT_S
from grader.jobs.processes import ProcessPool
from grader.jobs.results import ProcessEnd, result
from grader.jobs.worker import ahead_of
from grader.system import signals
from grader.system.ending import exit_with
from grader.system.untrusted_files import open_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course


class JobTold(Struct, frozen=True):
    """What became of a job. report: the file with its JSON report, which is there until the next
    job begins; None where there is none. reason: why, in a sentence; empty where it was graded."""

    report: str | None
    reason: str


class JobServer:
    """Does jobs on stages of a course, one after the other. place: an empty directory."""

    def __init__(self, course: Course, slugs: Sequence[str], place: Path, stack: ExitStack) -> None:
        self._course = course
        self._slugs = slugs
        self._place = place
        self._stack = stack
        self._pool: ProcessPool | None = None
        self._private = False
        self._count = 0

    def done(self, job: Job) -> JobTold:
        """Do it. Raises `GraderError` where nothing can be graded on this machine."""
        pool = self._pool or self._started(job)
        own, ending = self._graded(pool, job)
        if ending.says(NOT_BESIDE_OTHERS):  # this one has no network of its own
            self._private = False
            pool.kill_strays()
            own, ending = self._graded(pool, job)
        written = own / "report"
        return JobTold(str(written) if written.is_file() else None, result(ending).reason or "")

    def _started(self, job: Job) -> ProcessPool:
        """The processes, by what this machine is found to allow."""
        stages = [self._course.stage(slug) for slug in self._slugs]
        with chosen(self._course, stages, None, (), job.settings) as (tried, _, _limits):
            self._private = bounded(tried).private_network
        self._stack.callback(sweep)  # after one that was killed
        self._pool = self._stack.enter_context(
            ProcessPool(
                limit_s=LIMIT_S * max(1.0, job.settings.timeout_scale),
                orphans=not self._private,
                ahead=ahead_of(self._course, self._slugs),
            )
        )
        return self._pool

    def _graded(self, pool: ProcessPool, job: Job) -> tuple[Path, ProcessEnd]:
        """Where it left its report, and how it ended. What the one before left is removed."""
        remove(self._place / str(self._count))
        self._count += 1
        (own := self._place / str(self._count)).mkdir()
        settings = replace(job.settings, beside_others=self._private)
        with self._turn():
            reports = (f"json:{own / 'report'}",)
            pool.start(self._count, replace(job, settings=settings, reports=reports), own)
            (process,) = pool.ended()
            return own, pool.dismiss(process)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Gradings that share the machine's network need the same port: one at a time, also of
        several such processes. The course's directory has the lock."""
        if self._private:
            yield
            return
        descriptor = open_directory(self._course.root.resolve())
        try:
            with suppress(OSError):  # a file system without locks
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _serve() -> int:
    parent, root, *slugs = sys.argv[1:]
    die_with(int(parent), signal.SIGTERM)
    course = load_course(Path(root), only=())
    with ExitStack() as stack:
        place = stack.enter_context(scratch_directory())
        server = JobServer(course, slugs, place, stack)
        for line in sys.stdin.buffer:
            try:
                told = server.done(codec.from_json(line, Job))
            except GraderError as error:
                told = JobTold(None, str(error))
            sys.stdout.buffer.write(codec.to_json(told).encode() + b"\n")
            sys.stdout.buffer.flush()
        signals.ignore()  # whoever asked may be gone, and what is left to do is not long
    return 0


if __name__ == "__main__":
    exit_with(_serve)
