"""What each thread of a process tree sleeps in just now: the system call, and its socket."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.system import process_stat
from grader.system.process_stat import fields_behind_name
from grader.system.syscall_names import NAMES
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_THREADS: Final = 500
WAITS_FOR_CHILDREN: Final = ("wait4", "waitid")
_STOPPING: Final[dict[int, str]] = {
    number: number.name
    for number in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)
}
_ON_A_DESCRIPTOR: Final = frozenset(
    [
        "read",
        "readv",
        "recvfrom",
        "recvmsg",
        "write",
        "writev",
        "sendto",
        "sendmsg",
        "accept",
        "accept4",
        "connect",
    ]
)  # the first argument

_TERMINALS: Final = ("/dev/pts/", "/dev/tty", "/dev/console")
_MOST_DESCRIPTORS: Final = 1000
_EVENT_POLL: Final = "anon_inode:[eventpoll]"
_WATCHED: Final = re.compile(r"^tfd:\s+(\d+) events:\s+([0-9a-f]+)", re.MULTILINE)
_READABLE: Final = 1  # EPOLLIN


class Wait(Value, frozen=True):
    """One thread at one moment.

    number: the thread's id as the program itself sees it, in its innermost process namespace.
    state: as in `processes.Thread`. call: the name of the system call that it is in; empty when it
    is in none or is stopped, or when that cannot be seen. inode: of the socket that the call is
    about, else 0. turns: how many times it has been scheduled. stopped: what it was stopped by, as
    "SIGSTOP" or "a debugger"; empty when it is not stopped. terminal: whether the call is about a
    terminal.
    """

    pid: int
    tid: int
    number: int
    state: str
    call: str
    inode: int
    turns: int
    stopped: str = ""
    terminal: bool = False

    @property
    def main(self) -> bool:
        """Whether it is the first thread of its process."""
        return self.pid == self.tid


def waits(pids: Iterable[int]) -> tuple[Wait, ...]:
    """Every living thread of these processes, as far as the system says; at most 500."""
    found: list[Wait] = []
    for pid, task in itertools.islice(threads_of(pids), MOST_THREADS):
        with contextlib.suppress(OSError, ValueError, IndexError):
            found.append(_wait(pid, task))
    return tuple(wait for wait in found if wait.state not in "ZX")


def awaits_terminal(pids: Iterable[int]) -> bool:
    """Whether an event loop of these processes (epoll) waits for something to be typed."""
    return any(_awaits_terminal(Path(f"/proc/{pid}")) for pid in pids)


def _awaits_terminal(process: Path) -> bool:
    with contextlib.suppress(OSError):
        for descriptor in itertools.islice((process / "fd").iterdir(), _MOST_DESCRIPTORS):
            with contextlib.suppress(OSError):
                if os.readlink(descriptor) == _EVENT_POLL and _has_terminal(process, descriptor):
                    return True
    return False


def _has_terminal(process: Path, poll: Path) -> bool:
    """Whether a terminal is among what this epoll waits to read from, as proc(5)'s fdinfo says."""
    watched = _WATCHED.findall((process / "fdinfo" / poll.name).read_text())
    return any(
        int(events, 16) & _READABLE
        and os.readlink(process / "fd" / descriptor).startswith(_TERMINALS)
        for descriptor, events in watched[:_MOST_DESCRIPTORS]
    )


def threads_of(pids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The processes and their threads, in order, by their ids."""
    for pid in pids:
        with contextlib.suppress(OSError):
            yield from ((pid, task) for task in sorted(map(int, os.listdir(f"/proc/{pid}/task"))))


def _wait(pid: int, tid: int) -> Wait:
    task = Path(f"/proc/{pid}/task/{tid}")
    state = process_stat.state(str(task))
    numbers = (
        (task / "status")
        .read_text(errors="replace")
        .partition("NSpid:")[2]
        .partition("\n")[0]
        .split()
    )
    turns = int((task / "schedstat").read_text().split()[2])
    stopped = _stopped(pid, state)
    call, inode, terminal = ("", 0, False) if stopped else _call(task)
    number = int(numbers[-1]) if numbers else tid
    return Wait(pid, tid, number, state, call, inode, turns, stopped, terminal)


def _stopped(pid: int, state: str) -> str:
    """What stopped a thread in this state. The exit code of a stopped process is the signal's
    number, as wait(2) tells it; older kernels say 0, as to those who may not look."""
    if state == "t":
        return "a debugger"
    if state != "T":
        return ""
    return _STOPPING.get(int(fields_behind_name(f"/proc/{pid}")[-1]), "a signal")


def _call(task: Path) -> tuple[str, int, bool]:
    """The system call, its socket, and whether it is about a terminal, from proc(5)'s syscall;
    nothing when it runs or may not be looked at."""
    try:
        words = (task / "syscall").read_text().split()
        name = NAMES.get(int(words[0]), "") if len(words) > 1 else ""
    except (OSError, ValueError, IndexError):
        return "", 0, False
    if name not in _ON_A_DESCRIPTOR:
        return name, 0, False
    with contextlib.suppress(OSError):
        link = os.readlink(task / "fd" / str(int(words[1], 16)))
        if link.startswith("socket:["):
            return name, int(link[8:-1]), False
        return name, 0, link.startswith(_TERMINALS)
    return name, 0, False
