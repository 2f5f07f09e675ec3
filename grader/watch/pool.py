"""The workers of a watch: one prepared, one that grades; each started, told, stopped and reaped."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import time
from typing import TYPE_CHECKING, Final, Self

from grader.course.version import last_change
from grader.isolation.scratch import sweep
from grader.warm.asking import WarmProcess
from grader.warm.work import WorkOrder
from grader.watch.orders import Order, RunTold, Setup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course import Course

_GRACE_S: Final = 10.0  # for a run that was told to stop; it needs a fraction of it
_MOST_UNREAD: Final = 1 << 22


class PreparedWorker:
    """One worker process. It shares our terminal, to show what it finds as it finds it."""

    def __init__(self, setup: Setup, warm: WarmProcess) -> None:
        (results, theirs), (orders, told) = os.pipe(), os.pipe()
        try:
            self._process = warm.begin(WorkOrder((), own_group=False), orders, 1, 2, (theirs,))
        except BaseException:
            os.close(results)
            os.close(told)
            raise
        finally:
            os.close(theirs)
            os.close(orders)
        os.set_blocking(results, False)
        self._results = results
        self._orders = open(told, "wb", buffering=0)  # noqa: SIM115  (it stays open as long as the process)
        self._unread = b""
        self.ended = False
        self._say(setup.line())

    def fileno(self) -> int:
        """Of where it tells what it finds, for select."""
        return self._results

    def order(self, order: Order) -> None:
        self._say(order.line())

    def _say(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has ended, and that will be seen
            self._orders.write(line)

    def told(self) -> Iterator[RunTold]:
        """What it has told since; afterwards `ended` says whether that was all."""
        with contextlib.suppress(BlockingIOError):
            while len(self._unread) < _MOST_UNREAD:
                if not (piece := os.read(self._results, 1 << 16)):
                    self.ended = True
                    break
                self._unread += piece
        *lines, self._unread = self._unread.split(b"\n")
        for line in lines:
            yield RunTold.read(line)

    def stop(self) -> None:
        """Tell it to end in order, which an idle one does, too."""
        self._process.terminate()

    def is_gone(self) -> bool:
        """Whether its process has ended."""
        return self._process.poll() is not None

    def reap(self) -> int:
        """Wait until it is gone, kill it if that takes too long; its exit code."""
        self._orders.close()
        deadline = time.monotonic() + _GRACE_S
        try:
            while not self.ended and (left := deadline - time.monotonic()) > 0:
                select.select([self._results], [], [], left)
                for _ in self.told():
                    pass
            code = self._process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        os.close(self._results)
        return code


class WorkerPool:
    """The workers. Leaving the context ends them all."""

    def __init__(self, setup: Setup, course: Course) -> None:
        self._setup = setup
        self._course = course
        self._loaded = 0
        self._start_warm()
        self._spare: PreparedWorker | None = None
        self.busy: PreparedWorker | None = None

    def _start_warm(self) -> None:
        """A process that has loaded the course as it is now."""
        self._loaded = last_change(self._course.root, self._course.reference)
        slugs = (stage.slug for stage in self._course.stages)
        self._warm = WarmProcess("grader.watch.worker", (str(self._course.root), *slugs))

    def prepare(self) -> None:
        """Have one ready for the next order, also where one has died: Ctrl-C in a pager is for all
        that share the terminal. An author who changes a check is judged by that."""
        if last_change(self._course.root, self._course.reference) != self._loaded:
            self._warm.close()
            self._start_warm()
            if self._spare is not None:
                self._spare.stop()
                self._spare.reap()
                self._spare = None
        if self._spare is not None and self._spare.is_gone():
            self._spare.reap()
            self._spare = None
        if self._spare is None:
            self._spare = PreparedWorker(self._setup, self._warm)

    def begin(self, order: Order) -> None:
        """Start a run; nothing else is under way."""
        assert self.busy is None
        self.prepare()
        self.busy, self._spare = self._spare, None
        assert self.busy is not None
        self.busy.order(order)

    def cancel(self) -> None:
        """End the run that is under way, if one is, and wait until nothing of it is left."""
        if self.busy is not None:
            self.prepare()
            self.busy.stop()
            self.dismiss()

    def dismiss(self) -> int:
        """Reap the run that has ended, or was told to; its exit code."""
        assert self.busy is not None
        busy, self.busy = self.busy, None
        return busy.reap()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        workers = [worker for worker in (self.busy, self._spare) if worker is not None]
        self.busy = self._spare = None
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.reap()
        self._warm.close()
        sweep()  # after one that had to be killed
