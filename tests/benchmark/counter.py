"""What a command takes of the machine: wall time, and processor time of all that it starts.

wait4(2) does not see a server that dies with its process namespace, so processor time is read from
a control group of the command's own; where none can be made, from the machine's counter, which
counts what else runs there, too.

Processes of the grader write down what each of them took when it ends: they load `exits` as their
`sitecustomize`, which no program of a submission sees.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
_EXITS = Path(__file__).parent / "exits"
_PLACES = (Path("/sys/fs/cgroup/cpuacct"), Path("/sys/fs/cgroup"))
_LEFT_MS = 20_000


@dataclass(frozen=True, slots=True)
class Spent:
    """Of one command: seconds by the clock, until its first byte of output, and of processors; of
    the latter, those of the grader's own processes. peak: the most memory that one of these had at
    a time, in MiB; main: that of the command itself, which ends last. code: its exit code. out:
    what it printed."""

    wall: float
    first_line: float
    cpu: float
    own: float
    peak: float
    code: int
    out: str
    main: float = 0.0


def spend(command: Sequence[str], cwd: Path, checkout: Path = ROOT) -> Spent:
    """Run it to its end. checkout: whose grader it finds."""
    with _counter() as (cpu, enter), tempfile.TemporaryDirectory() as place:
        (ended := Path(place) / "ended").touch()
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (_EXITS, checkout))),
            "BENCHMARK_EXITS": str(ended),
        }
        before, began = cpu(), time.perf_counter()
        with subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, preexec_fn=enter,
        ) as process:  # fmt: skip
            first, out = _read(process.stdout, began)
            code = process.wait()
        wall = time.perf_counter() - began
        own = [json.loads(line) for line in ended.read_text().splitlines()]
        took = sum(seconds for seconds, _ in own)
        peak = max((kib for _, kib in own), default=0) / 1024
        main = own[-1][1] / 1024 if own else 0.0
        return Spent(wall, first, cpu() - before, took, peak, code, out, main)


def grade(*arguments: str) -> list[str]:
    """The command of a grading."""
    return [sys.executable, "-P", "-m", "grader", "--seed", "1", *arguments]


def _read(stream: IO[bytes] | None, began: float) -> tuple[float, str]:
    """Seconds until something comes, and all of it."""
    assert stream is not None
    select.select([stream], [], [])
    first = time.perf_counter() - began
    return first, stream.read().decode(errors="replace")


def counted_by() -> str:
    """What counts processor time here."""
    with _counter() as (_, enter):
        return "the machine's counter" if enter is None else "a control group of its own"


@contextmanager
def _counter() -> Iterator[tuple[Callable[[], float], Callable[[], None] | None]]:
    """What says the seconds of processors so far, and what a new process calls to be counted."""
    for place in _PLACES:
        group = place / f"grader-benchmark-{os.getpid()}"
        try:
            group.mkdir()
        except OSError:
            continue
        try:
            if (reads := _reads(group)) is not None:
                yield reads, partial(_enter, group)
                return
        finally:
            _remove(group)
    yield _of_the_machine, None


def _reads(group: Path) -> Callable[[], float] | None:
    if (group / "cpuacct.usage").exists():
        return lambda: int((group / "cpuacct.usage").read_text()) / 1e9
    if (group / "cpu.stat").exists():
        return lambda: int((group / "cpu.stat").read_text().split()[1]) / 1e6
    return None


def _enter(group: Path) -> None:
    (group / "cgroup.procs").write_text("0")


def _remove(group: Path) -> None:
    """Once the last process has left, which the kernel does a little after its end."""
    deadline = time.monotonic() + _LEFT_MS / 1000
    while time.monotonic() < deadline:
        try:
            group.rmdir()
        except OSError:
            select.select([], [], [], 0.001)
        else:
            return


def _of_the_machine() -> float:
    """Of user, nice, system, irq and softirq."""
    ticks = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    return sum(int(ticks[index]) for index in (0, 1, 2, 5, 6)) / os.sysconf("SC_CLK_TCK")
