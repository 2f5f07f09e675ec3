"""A tree of processes seen from outside: who is in it, what each thread does, what it has used."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

LINUX = sys.platform == "linux"


@dataclass(frozen=True, slots=True)
class Thread:
    """One thread at one moment. state: the letter of proc(5) ("R" runnable, "S" asleep, "D" on disk, "Z" dead).
    ran_ns, queued_ns: processor time used, and time spent runnable without a processor. turns: times scheduled."""

    state: str
    ran_ns: int
    queued_ns: int
    turns: int


Look = Mapping[tuple[int, int], Thread]
"""(process id, thread id) -> Thread."""


def descendants(pid: int) -> tuple[int, ...]:
    """The living descendants of `pid`, parents before children; empty when it has none or is gone."""
    if not LINUX:
        return _portable_descendants(pid)
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{parent}/task"):
                children = Path(f"/proc/{parent}/task/{task}/children").read_text().split()
                found += [int(child) for child in children]
    return tuple(found[1:])


def _portable_descendants(pid: int) -> tuple[int, ...]:
    with contextlib.suppress(psutil.Error):
        return tuple(child.pid for child in psutil.Process(pid).children(recursive=True))
    return ()


def look(pids: Iterable[int]) -> Look | None:
    """Every thread of these processes; `None` where the kernel does not say."""
    threads: dict[tuple[int, int], Thread] = {}
    for pid in pids:
        try:
            tasks = os.listdir(f"/proc/{pid}/task")
        except FileNotFoundError:
            if not LINUX:
                return None
            continue
        for task in tasks:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                threads[pid, int(task)] = _thread(f"/proc/{pid}/task/{task}")
    return threads


def _thread(task: str) -> Thread:
    with open(f"{task}/schedstat", "rb") as file:
        ran, queued, turns = map(int, file.read().split())
    with open(f"{task}/stat", "rb") as file:
        state = chr(file.read().rpartition(b") ")[2][0])
    return Thread(state, ran, queued, turns)


def queued_s(look: Look) -> float:
    """Seconds that these threads have been runnable without a processor, summed up since each began."""
    return sum(thread.queued_ns for thread in look.values()) / 1e9


def stood_still(before: Look, after: Look) -> bool:
    """Whether nothing ran between the two looks and nothing wants to: every thread asleep both times."""
    return before == after and all(thread.state in "SZX" for thread in after.values())


def starved(before: Look, after: Look) -> bool:
    """Whether some thread was runnable in both looks and got no processor in between."""
    return any(t.state == "R" and before.get(key) == t for key, t in after.items())


def descriptor_count(pids: Iterable[int]) -> int | None:
    """How many file descriptors these processes hold; `None` where that cannot be seen."""
    try:
        return sum(psutil.Process(pid).num_fds() for pid in pids)
    except psutil.Error:
        return None


def processor_seconds(pids: Iterable[int]) -> float:
    """User and system time used by these processes so far; one that is gone counts as nothing."""
    total = 0.0
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            times = psutil.Process(pid).cpu_times()
            total += times.user + times.system
    return total


def command_of(pid: int) -> str:
    """How the process was started, for a sentence; its number alone when it will not say."""
    with contextlib.suppress(psutil.Error):
        return " ".join(psutil.Process(pid).cmdline()) or psutil.Process(pid).name()
    return f"process {pid}"


def all_pids() -> list[int]:
    return psutil.pids()
