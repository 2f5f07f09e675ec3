"""A Dask cluster on loopback: a real scheduler and workers, each a process of its own."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import psutil

from tests.bad_input.bench import PATIENCE_S, ROOT, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_STEP_S = 0.05


@dataclass(slots=True)
class DaskCluster:
    """address: of the scheduler. workers: the processes, the first one first."""

    address: str
    port: int
    place: Path
    environment: Mapping[str, str]
    scheduler: subprocess.Popen[bytes]
    options: Sequence[str] = ()
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self) -> None:
        """One more, which grades one submission at a time."""
        own = self.place / f"worker-{len(self.workers)}"
        command = ("worker", self.address, "--nthreads=1", "--no-nanny", "--no-dashboard",
                   "--host=127.0.0.1", f"--local-directory={own}", *self.options)  # fmt: skip
        self.workers.append(_started(command, own.with_suffix(".log"), self.environment))

    def kill_worker(self, number: int) -> None:
        """At once, as a machine loses its power; what grades for it has to notice."""
        process = self.workers[number]
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.wait()
        _, alive = psutil.wait_procs(children, PATIENCE_S)
        assert not alive, f"they outlive their worker: {alive}"

    def ports(self) -> list[int]:
        """All that the scheduler and the workers listen on."""
        alive = [self.scheduler, *self.workers]
        found = (psutil.Process(it.pid).net_connections("tcp") for it in alive)
        return [it.laddr.port for of_one in found for it in of_one if it.status == "LISTEN"]

    def grades(self, number: int) -> bool:
        """Whether a program of a submission runs below this worker."""
        below = psutil.Process(self.workers[number].pid).children(recursive=True)
        return any("server.py" in word for process in below for word in _words(process))


@contextmanager
def dask_cluster(
    place: Path,
    *,
    workers: int = 2,
    scheme: str = "tcp",
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[DaskCluster]:
    """A cluster that is gone afterwards."""
    port = free_port()
    known = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    command = ("scheduler", "--host=127.0.0.1", f"--protocol={scheme}", f"--port={port}",
               "--no-dashboard", "--no-show", *options)  # fmt: skip
    with ExitStack() as stack:
        scheduler = _started(command, place / "scheduler.log", known)
        found = DaskCluster(f"{scheme}://127.0.0.1:{port}", port, place, known, scheduler, options)
        stack.callback(_ended, found)
        _until_listening(found)
        for _ in range(workers):
            found.add_worker()
        yield found


def _started(
    command: Sequence[str], log: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    with open(log, "wb") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            env=environment, cwd=log.parent, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            process_group=0,
        )  # fmt: skip


def _until_listening(cluster: DaskCluster) -> None:
    for _ in range(int(PATIENCE_S / _STEP_S)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", cluster.port)) == 0:
                return
        assert cluster.scheduler.poll() is None, (cluster.place / "scheduler.log").read_text()
        select.select([], [], [], _STEP_S)
    raise AssertionError("the scheduler never listens")


def _ended(cluster: DaskCluster) -> None:
    for process in (*cluster.workers, cluster.scheduler):
        process.send_signal(signal.SIGTERM)
    for process in (*cluster.workers, cluster.scheduler):
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
