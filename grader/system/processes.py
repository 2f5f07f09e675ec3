"""A tree of processes seen from outside: who is in it, what each thread does, what it has used."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Iterable, Mapping

from grader.errors import MachineError
from grader.system.process_stat import signal_that_ended, state
from grader.value import Value

LINUX = sys.platform == "linux"
_LONGEST_COMMAND = 4096
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)  # or out of sight


def require_processes() -> None:
    """Raises `MachineError` on a Linux without /proc: nothing could be said of a program there, nor
    its limits held."""
    if LINUX and not os.path.exists(f"/proc/{os.getpid()}/stat"):
        raise MachineError(
            "this machine has no /proc: the grader needs it to see what a program does"
        )


class Thread(Value, frozen=True):
    """One thread at one moment. state: the letter of proc(5) ("R" runnable, "S" asleep, "D" on
    disk, "T" stopped by a signal, "t" stopped by who traces it, "Z" dead). ran_ns, queued_ns:
    processor time used, and time spent runnable without a processor. turns: times scheduled."""

    state: str
    ran_ns: int
    queued_ns: int
    turns: int


Look = Mapping[tuple[int, int], Thread]
"""(process id, thread id) -> Thread."""


def descendants(pid: int) -> tuple[int, ...]:
    """The living descendants of `pid`, parents before children; empty when it is gone, too."""
    if not LINUX:
        from grader.system import portable

        return portable.descendants(pid)
    found = [pid]
    for parent in found:
        found += children(parent)
    return tuple(found[1:])


def children(pid: int) -> tuple[int, ...]:
    """The children of `pid`, those it has adopted among them; empty when it is gone, too."""
    found: list[int] = []
    with contextlib.suppress(*_GONE):
        for task in os.listdir(f"/proc/{pid}/task"):
            with (
                contextlib.suppress(*_GONE),
                open(f"/proc/{pid}/task/{task}/children", "rb") as file,
            ):
                found += map(int, file.read().split())
    return tuple(found)


def signal_that_ended_one(pids: Iterable[int]) -> int:
    """The signal that has ended the youngest of these that one has ended, as long as its parent has
    not waited for it; 0 when there is none."""
    for pid in sorted(pids, reverse=True):
        with contextlib.suppress(*_GONE):
            if number := signal_that_ended(f"/proc/{pid}"):
                return number
    return 0


def executable(pid: int) -> str:
    """The path of the file that it runs; empty when that is not known."""
    with contextlib.suppress(OSError):
        return os.readlink(f"/proc/{pid}/exe")
    return ""


def session_of(pid: int) -> int | None:
    """The session that it belongs to (setsid(2)); `None` when it is gone."""
    with contextlib.suppress(ProcessLookupError):
        return os.getsid(pid)
    return None


def look(pids: Iterable[int]) -> Look | None:
    """Every thread of these processes; `None` where the kernel does not say."""
    threads: dict[tuple[int, int], Thread] = {}
    for pid in pids:
        try:
            tasks = os.listdir(f"/proc/{pid}/task")
        except (FileNotFoundError, ProcessLookupError):
            # the latter when it ends in this very moment
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
    return Thread(state(task), ran, queued, turns)


def queued_s(look: Look, *, since: Look) -> float:
    """Seconds that the threads of `look` were runnable without a processor since an earlier one."""
    return (
        sum(t.queued_ns - (since[key].queued_ns if key in since else 0) for key, t in look.items())
        / 1e9
    )


def longest_queued_s(look: Look, *, since: Look) -> float:
    """As `queued_s`, of the one thread that waited longest."""
    return max((queued_s({key: it}, since=since) for key, it in look.items()), default=0.0)


def ran_since_s(look: Look, *, since: Look) -> float:
    """Seconds of processor time that the threads of `look` have used since an earlier look."""
    return (
        sum(t.ran_ns - (since[key].ran_ns if key in since else 0) for key, t in look.items()) / 1e9
    )


def processors() -> int:
    """How many processors we may run on, and so whatever we start."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def stood_still(before: Look, after: Look) -> bool:
    """Whether nothing ran between the two looks and nothing wants to: every thread asleep both
    times.

    Where there is no thread (yet) there is no answer, so False.
    """
    return before == after and asleep(after)


def starved(before: Look, after: Look) -> bool:
    """Whether some thread was runnable in both looks and got no processor in between."""
    return any(t.state == "R" and before.get(key) == t for key, t in after.items())


def wanted_s(look: Look, *, since: Look) -> float:
    """Seconds that the threads of `look` have run or wanted to run since an earlier one."""
    return ran_since_s(look, since=since) + queued_s(look, since=since)


def ran_s(look: Look) -> float:
    """Seconds of processor time that these threads have used, summed up since each began."""
    return sum(thread.ran_ns for thread in look.values()) / 1e9


def asleep(look: Look) -> bool:
    """Whether somebody is there, and no thread runs or wants to run: it sleeps, or is stopped. What
    has only zombies is on its way out."""
    living = [thread for thread in look.values() if thread.state not in "ZX"]
    return bool(living) and all(thread.state in "STt" for thread in living)


def is_stopped(look: Look) -> bool:
    """Whether some thread is stopped, by a signal or by who traces it."""
    return any(thread.state in "Tt" for thread in look.values())


def place_of(pid: int) -> str:
    """Where /proc tells of the files and the memory of a process: at its number, unless its first
    thread has ended.

    Then nothing is seen there any more, however much the other threads hold: it is told at the
    number of one of these.
    """
    with contextlib.suppress(OSError):
        if state(f"/proc/{pid}") in "ZX":
            for task in os.listdir(f"/proc/{pid}/task"):
                with contextlib.suppress(OSError):
                    if state(place := f"/proc/{pid}/task/{task}") not in "ZX":
                        return place
    return f"/proc/{pid}"


def descriptor_count(pids: Iterable[int]) -> int | None:
    """How many file descriptors these processes hold; `None` where that cannot be seen."""
    try:
        return sum(len(os.listdir(f"{place_of(pid)}/fd")) for pid in pids)
    except OSError:
        return None


def command_of(pid: int) -> str:
    """How the process was started, for a sentence; empty when the system will not say."""
    with contextlib.suppress(OSError), open(f"{place_of(pid)}/cmdline", "rb") as file:
        return (
            file.read(_LONGEST_COMMAND).rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
        )
    return ""


def all_pids() -> tuple[int, ...]:
    """Every process that this system shows us; empty where it shows none."""
    with contextlib.suppress(OSError):
        return tuple(int(name) for name in os.listdir("/proc") if name.isdecimal())
    return ()


def send(pid: int, number: int) -> None:
    """Send a signal to a process that may be gone, or not ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def kill_and_wait(pid: int, longest_s: float) -> None:
    """SIGKILL a process, and block until it has ended; without pidfd_open(2), no longer than that
    takes. Process 1 of a process namespace ends after all others in it: pid_namespaces(7)."""
    with contextlib.suppress(OSError, AttributeError):  # it is gone, or no descriptor is left
        process = os.pidfd_open(pid)
        try:
            signal.pidfd_send_signal(process, signal.SIGKILL)
            select.select([process], [], [], longest_s)
        finally:
            os.close(process)
        return
    send(pid, signal.SIGKILL)
