"""Whether a process tree can ever do anything again without input: every thread in a wait that has
no timeout.

A server that rests with our whole request in its hands will never answer, and that can be said at
once. The question is answered "yes" only when it is certain; whatever could wake a sleeper by
itself (a timeout, a timer, an alarm, a ring, a device) makes the answer "no", and the budget
decides.

Nor will a stopped thread go on: only who sends SIGCONT continues it (signal(7)), or who traces it,
and then that one has to be awake.

A server with an idle timer sleeps with a time limit. Of its only thread it can still be said how
long it will: what has read our last byte went to sleep after we had sent that.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from grader.system.process_stat import state
from grader.system.syscall_names import NAMES

_MOST_DESCRIPTORS: Final = 20_000  # of all threads together that one question looks at

CallArguments = Sequence[int]
_Rule = Callable[[int, CallArguments], bool]


def blocked_for_good(pids: Iterable[int]) -> bool:
    """True when no thread of these processes can go on by itself. False when one can, or when we
    may not look, or when there is too much to look at."""
    tree = frozenset(pids)
    try:
        living = [task for task in _living(tree) if not _is_stopped(task, tree)]
        return all(_waits(task, _ENDLESS) for task in living) and not _has_timers(living)
    except (OSError, ValueError):
        return False


def sleeps(pids: Iterable[int], seconds: float) -> bool:
    """True when these processes have one thread in all, in a wait that lasts at least so long from
    when it began."""
    rules = {
        number: _longer(_MILLISECONDS[name], seconds)
        for number, name in NAMES.items()
        if name in _MILLISECONDS
    }
    try:
        living = _living(pids)
        return len(living) == 1 and _waits(living[0], rules) and not _has_timers(living)
    except (OSError, ValueError):
        return False


def _living(pids: Iterable[int]) -> Sequence[str]:
    """Where /proc tells of the threads of these processes, without those that have ended."""
    tasks = [f"/proc/{pid}/task/{task}" for pid in pids for task in _tasks(pid)]
    return [task for task in tasks if state(task) not in "ZX"]


def _tasks(pid: int) -> Sequence[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")
    except FileNotFoundError:
        return ()  # it is gone: it will do nothing more


def _is_stopped(task: str, tree: Collection[int]) -> bool:
    """Whether the thread is stopped, and nobody outside of the tree could let it go on."""
    if (letter := state(task)) != "t":
        return letter == "T"
    return (
        int(Path(f"{task}/status").read_text().partition("TracerPid:")[2].split(None, 1)[0]) in tree
    )


def _waits(task: str, rules: Mapping[int, _Rule]) -> bool:
    """Whether a thread is in a system call for which there is a rule, and by that it does not end
    by itself."""
    where = Path(f"{task}/syscall").read_text().split()
    if len(where) < 7:  # "running", or blocked outside a system call
        return False
    rule = rules.get(int(where[0]))
    return rule is not None and rule(
        int(os.path.basename(task)), [int(word, 16) for word in where[1:7]]
    )


def _has_timers(tasks: Sequence[str]) -> bool:
    """Armed timers and anything else that could wake one of these threads without a byte from us.
    True, too, when they have more descriptors than we look at: each thread may have a table of its
    own."""
    if any(_catches_alarms(task) for task in tasks):
        return True
    if any(map(_has_posix_timers, {task.partition("/task/")[0] for task in tasks})):
        return True
    descriptors = ((task, descriptor) for task in tasks for descriptor in os.listdir(f"{task}/fd"))
    return any(
        count > _MOST_DESCRIPTORS or _wakes_by_itself(task, descriptor)
        for count, (task, descriptor) in enumerate(descriptors, start=1)
    )


def _has_posix_timers(process: str) -> bool:
    with open(f"{process}/timers", "rb") as file:
        return bool(file.read(1))


def _catches_alarms(task: str) -> bool:
    caught = int(Path(f"{task}/status").read_text().partition("SigCgt:")[2].split(None, 1)[0], 16)
    return bool(caught >> (signal.SIGALRM - 1) & 1)


def _wakes_by_itself(task: str, descriptor: str) -> bool:
    link = os.readlink(f"{task}/fd/{descriptor}")
    if link == "anon_inode:[timerfd]":
        return "it_value: (0, 0)" not in Path(f"{task}/fdinfo/{descriptor}").read_text()
    return link in ("anon_inode:[io_uring]", "anon_inode:[aio]", "anon_inode:[signalfd]")


def _always(_task: int, _arguments: CallArguments) -> bool:
    return True


def _null(index: int) -> _Rule:
    """The timeout is a pointer, and it is NULL."""
    return lambda _task, arguments: arguments[index] == 0


def _minus_one(index: int) -> _Rule:
    """The timeout is a number of milliseconds, and it is -1."""
    return lambda _task, arguments: arguments[index] & 0xFFFFFFFF == 0xFFFFFFFF


def _longer(index: int, seconds: float) -> _Rule:
    """The timeout is a number of milliseconds, and is not below so many seconds (as an int, -1 is
    without end)."""

    def rule(_task: int, arguments: CallArguments) -> bool:
        milliseconds = arguments[index] & 0xFFFFFFFF
        return milliseconds >= 1 << 31 or milliseconds >= seconds * 1000

    return rule


def _futex(_task: int, arguments: CallArguments) -> bool:
    waits = {0, 6, 9, 11}  # FUTEX_WAIT, LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI (linux/futex.h)
    return arguments[1] & 0x7F in waits and arguments[3] == 0


def _peer(option: int) -> _Rule:
    """Blocked on a descriptor that only a peer can make ready: a pipe, or a socket without the
    option that limits it.

    A terminal may have a time limit of its own (VTIME), so one is not believed.
    """

    def rule(task: int, arguments: CallArguments) -> bool:
        link = os.readlink(f"/proc/{task}/fd/{arguments[0]}")
        if link.startswith("socket:["):
            return not _is_limited(task, arguments[0], option)
        return link.startswith("pipe:[")

    return rule


def _is_limited(task: int, descriptor: int, option: int) -> bool:
    """Whether the socket has SO_RCVTIMEO or SO_SNDTIMEO, read through a copy of the descriptor:
    pidfd_getfd(2), Linux 5.6."""
    libc = ctypes.CDLL(None, use_errno=True)
    process = os.pidfd_open(
        int(Path(f"/proc/{task}/status").read_text().partition("Tgid:")[2].split(None, 1)[0])
    )
    try:
        copy = libc.syscall(438, process, descriptor, 0)
    finally:
        os.close(process)
    if copy < 0:
        raise OSError(ctypes.get_errno(), "pidfd_getfd")
    with socket.socket(fileno=copy) as peer:
        timeval = peer.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("@ll"))
    return any(timeval)


_MILLISECONDS: Final = {"poll": 2, "epoll_wait": 3, "epoll_pwait": 3}
"""Which argument is the timeout, of the calls that are given it as a number."""

_READS, _WRITES = _peer(socket.SO_RCVTIMEO), _peer(socket.SO_SNDTIMEO)
_RULES: Final[dict[str, _Rule]] = {
    "read": _READS, "readv": _READS, "recvfrom": _READS, "recvmsg": _READS, "accept": _READS,
    "accept4": _READS, "write": _WRITES, "writev": _WRITES, "sendto": _WRITES, "sendmsg": _WRITES,
    "poll": _minus_one(2), "ppoll": _null(2), "select": _null(4), "pselect6": _null(4),
    "epoll_wait": _minus_one(3), "epoll_pwait": _minus_one(3), "epoll_pwait2": _null(3),
    "futex": _futex, "wait4": _always, "waitid": _always, "pause": _always,
    "rt_sigsuspend": _always,
}  # fmt: skip

_ENDLESS: Final = MappingProxyType(
    {number: _RULES[name] for number, name in NAMES.items() if name in _RULES}
)
"""On an architecture whose calls have no names nothing ever rests, so its budget decides."""
