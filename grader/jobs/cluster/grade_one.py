"""What a worker of a cluster does: `grade_one`, which any `concurrent.futures.Executor` can do.

How it works. Each thread of a worker that grades has a process of ours, in which no thread is
(`grader.jobs.cluster.hosting`). It is started for the first job, and kept for the next ones. A
worker that ends closes the pipe, and so ends that process and the grading in it.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from functools import cache
from queue import Empty, SimpleQueue
from typing import IO, TYPE_CHECKING, Final

from grader import codec
from grader.codec import BrokenJson
from grader.jobs.cluster.hosting import HostOrder, HostTold
from grader.jobs.cluster.sealed_job import SealedDone
from grader.system import self_command

if TYPE_CHECKING:
    from grader.jobs.cluster.sealed_job import SealedJob

_LONGEST_SAID: Final = 4096


def grade_one(job: SealedJob) -> SealedDone:
    """Grade it on this machine, if this is one that may."""
    order = HostOrder(job.job, job.wanted, job.limit_s, len(job.pack), _own_files())
    told, files = _told(order, job.pack)
    return SealedDone(told.ending, files, told.refused, _machine())


def look_around(job: SealedJob) -> tuple[str, str, tuple[str, ...]]:
    """Whether this machine may grade for the class of this job: why not, or empty; its level of
    isolation, and the weaknesses of that."""
    told, _ = _told(HostOrder(job.job, job.wanted, job.limit_s), b"")
    return told.refused, told.level, told.weaknesses


class _HostProcess:
    """`grader.jobs.cluster.hosting` in a process of its own."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it stays open as long as the process)
        self._process = subprocess.Popen(
            self_command.command("grader.jobs.cluster.hosting"),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._said,
            env=self_command.environment(), process_group=0,
        )  # fmt: skip

    def told(self, order: HostOrder, pack: bytes) -> tuple[HostTold, dict[str, bytes]]:
        """What it says, and the files that go with that. Raises OSError and `BrokenJson` where it
        has ended."""
        orders, replies = self._pipes()
        orders.write(codec.to_json(order).encode() + b"\n")
        orders.write(pack)
        orders.flush()
        told = codec.from_json(replies.readline(), HostTold)
        return told, {name: replies.read(length) for name, length in told.files.items()}

    def last_words(self) -> str:
        """The last line that it has printed, when it has ended."""
        self._process.kill()
        self._process.wait()
        self._said.seek(max(0, self._said.seek(0, os.SEEK_END) - _LONGEST_SAID))
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it was killed")

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        assert self._process.stdin
        assert self._process.stdout
        return self._process.stdin, self._process.stdout


@cache
def _idle() -> SimpleQueue[_HostProcess]:
    """Those that have nothing to do, in this worker."""
    return SimpleQueue()


def _told(order: HostOrder, pack: bytes) -> tuple[HostTold, dict[str, bytes]]:
    """The reply of an idle one, or of a new one."""
    try:
        host = _idle().get_nowait()
    except Empty:
        host = _HostProcess()
    try:
        told = host.told(order, pack)
    except (OSError, BrokenJson):
        return HostTold(f"the grader's process has ended there: {host.last_words()}"), {}
    _idle().put(host)
    return told


def _own_files() -> tuple[str, ...]:
    """What the worker itself has on this machine, and programs must not see: its key, and where it
    keeps what it was sent. Empty where it is no worker of Dask."""
    if "distributed" not in sys.modules:
        return ()
    from distributed import get_worker

    try:
        worker = get_worker()
    except ValueError:
        return ()
    named = (
        worker.local_directory,
        *(getattr(worker.security, f"tls_{role}_key", None) for role in ("worker", "client")),
    )
    paths = (path for path in named if isinstance(path, str))
    return tuple(os.path.realpath(path) for path in paths if os.path.exists(path))


def _machine() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"
