"""Watches what a running program uses of the machine, many times a second, and stops it at the
limit.

For a limit that the kernel does not hold for a whole tree of processes: memory, processor time,
their number, and time by the clock. cgroups do that better where one may be made; most machines
give an ordinary user none.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from typing import TYPE_CHECKING, Final

from grader.system.process_stat import fields_behind_name
from grader.system.processes import place_of
from grader.system.signals import held
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.limits import Limits

_STEP_S: Final = 0.05
_MOST_BLIND: Final = 20
_GIVEN_BACK: Final = 4
_MIB: Final = 1 << 20
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Usage(Value, frozen=True):
    """What a tree of processes uses. memory: resident, in bytes. threads: alive. cpu_s: since each
    began, with what its children used that have ended."""

    memory: int = 0
    threads: int = 0
    cpu_s: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.memory + other.memory, self.threads + other.threads, self.cpu_s + other.cpu_s
        )


def usage(pids: Iterable[int]) -> Usage:
    """What these processes use together; nothing where nobody says. Shared pages count in each."""
    return sum(map(_usage_of, pids), Usage())


def _usage_of(pid: int) -> Usage:
    try:
        fields = fields_behind_name(f"/proc/{pid}")
    except (FileNotFoundError, ProcessLookupError):
        return Usage()
    ticks = sum(map(int, fields[11:15]))
    pages = _resident_pages(pid) if fields[0] == b"Z" else int(fields[21])
    return Usage(pages * _PAGE, int(fields[17]), ticks / _TICKS)


def _resident_pages(pid: int) -> int:
    """Of a process whose first thread has ended; none when all of it has."""
    with contextlib.suppress(OSError), open(f"{place_of(pid)}/statm", "rb") as file:
        return int(file.read().split()[1])
    return 0


def shared_out(pids: Iterable[int]) -> int | None:
    """Resident bytes in which shared pages count once; `None` when we may not look."""
    total = 0
    for pid in pids:
        try:
            with open(f"{place_of(pid)}/smaps_rollup", "rb") as file:
                total += sum(int(line.split()[1]) for line in file if line.startswith(b"Pss:"))
        except (FileNotFoundError, ProcessLookupError):
            continue
        except PermissionError:
            return None
    return total * 1024


class Watchdog:
    """A thread that looks at one program until `close`. `hit` says which limit it was stopped at,
    once it was.

    When it has not been able to look for a second, it stops the program, and `fault` is why: what
    nobody watches has no limits.

    tree: the processes now, first the `waiters` that are not the program's. stop: ends them.
    ends_at: when the run is over, on the monotonic clock. reaped_s: the processor time of those
    that are in no tree any more.
    """

    def __init__(
        self,
        tree: Callable[[], tuple[int, ...]],
        waiters: int,
        stop: Callable[[], None],
        limits: Limits,
        ends_at: float,
        reaped_s: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._tree = tree
        self._reaped_s = reaped_s
        self._keepers = waiters
        self._stop = stop
        self._limits = limits
        self._ends_at = ends_at
        self._closed = threading.Event()
        self.hit = ""
        self.fault: Exception | None = None
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        with held():
            self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._closed.set()
        self._thread.join()

    def _watch(self) -> None:
        blind = 0
        while not self._closed.wait(_STEP_S):
            try:
                self.hit = self.hit or self._exceeded()
                blind = 0
            except Exception as error:
                blind += 1
                self.fault = self.fault or (error if blind >= _MOST_BLIND else None)
            if self.hit or self.fault:
                with contextlib.suppress(OSError):
                    self._stop()

    def _exceeded(self) -> str:
        limits, tree = self._limits, self._tree()
        pids = tree[self._keepers :]
        used = usage(pids)
        # who has reaped what others left
        cpu_s = used.cpu_s + usage(tree[: self._keepers]).cpu_s + self._reaped_s()
        if used.memory > limits.memory * _MIB and self._really(pids):
            return f"used more than {limits.memory} MiB of memory and was stopped"
        if used.threads > limits.processes:
            return f"had more than {limits.processes} processes and threads at once and was stopped"
        if cpu_s > limits.cpu:
            return f"used more than {limits.cpu} s of processor time and was stopped"
        if time.monotonic() > self._ends_at:
            return f"was stopped: the run may last at most {limits.run} s"
        return ""

    def _really(self, pids: Iterable[int]) -> bool:
        """The sum of all resident memory counts shared pages too often; looking closer takes
        longer."""
        memory = shared_out(pids)
        return memory is None or memory > self._limits.memory * _MIB


def at_its_limit(pids: Iterable[int], limits: Limits) -> str:
    """The limit that one of these processes stands at just now without being stopped for it;
    usually none.

    One that ran out of descriptors has given some back meanwhile, the client's among them.
    """
    for pid in pids:
        with contextlib.suppress(OSError):
            if (count := len(os.listdir(f"{place_of(pid)}/fd"))) >= limits.files - _GIVEN_BACK:
                return f"has {count} files open; the limit is {limits.files}"
    return ""
