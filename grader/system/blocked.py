"""Whether a process tree can do anything again without input, now or for so many seconds: every
thread in a wait that has no time limit, or a longer one.

A server that rests with our whole request in its hands will never answer, and that can be said at
once. The question is answered "yes" only when it is certain; whatever could wake a sleeper by
itself sooner (a timeout, a timer, an alarm, a ring, a device) makes the answer "no", and the budget
decides. How long a wait lasts is what `time_limits` says.

Nor will a stopped thread go on: only who sends SIGCONT continues it (signal(7)), or who traces it,
and then that one has to be awake.
"""

from __future__ import annotations

import math
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.system.process_stat import state
from grader.system.time_limits import RULES, UNKNOWN, Sleeper

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_MOST_DESCRIPTORS: Final = 20_000  # of all threads together that one question looks at
_FIRST_REAL_TIME: Final = 34  # in a mask of signals: those below are libc's, too
_OF_JOB_CONTROL: Final = (signal.SIGCONT, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU)


def blocked_for_good(pids: Iterable[int]) -> bool:
    """True when no thread of these processes can go on by itself. False when one can, or when we
    may not look, or when there is too much to look at."""
    return blocked_for(pids, math.inf)


def blocked_for(
    pids: Iterable[int],
    seconds: float,
    *,
    alone_since_s: float = math.inf,
    beside: Collection[int] = (),
    nap_s: float = 0.0,
) -> bool:
    """True when no thread of these processes can go on by itself for so many seconds from now, and
    nothing has run since they were last seen to sleep. False as above.

    alone_since_s: if it has but one thread, that one has gone to sleep within so many seconds.
    beside: threads of which it is not asked how long they sleep. nap_s: nor is it of those whose
    whole sleep is that short.
    """
    tree = frozenset(pids)
    try:
        living = _living(tree)
        since_s = alone_since_s if len(living) == 1 else math.inf
        awake = [task for task in living if not _is_stopped(task, tree)]
        asked = [task for task in awake if int(os.path.basename(task)) not in beside]
        return all(
            _sleeps_s(task, since_s) >= seconds or _naps(task, nap_s) for task in asked
        ) and not _has_timers(awake)
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


def _sleeps_s(task: str, since_s: float = math.inf, *, whole: bool = False) -> float:
    """How many seconds from now it sleeps at least, by the system call that it is in. whole: as of
    a `Sleeper`."""
    where = Path(f"{task}/syscall").read_text().split()
    if len(where) < 7:  # "running", or blocked outside a system call
        return UNKNOWN
    rule = RULES.get(int(where[0]))
    if rule is None:
        return UNKNOWN
    return rule(Sleeper(task, since_s, whole), [int(word, 16) for word in where[1:7]])


def _naps(task: str, most_s: float) -> bool:
    """Whether it sleeps no longer than this in all, as far as that is known."""
    return 0 < _sleeps_s(task, whole=True) <= most_s


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
    """Whether it has a handler for SIGALRM, and not only since it is Go's runtime, which has one
    for whatever there is, but leaves those of job control alone. A program that catches every
    signal by itself catches them, too."""
    caught = int(Path(f"{task}/status").read_text().partition("SigCgt:")[2].split(None, 1)[0], 16)
    every_one = (1 << 64) - (1 << _FIRST_REAL_TIME)
    by_itself = caught & every_one != every_one or caught & _mask(_OF_JOB_CONTROL)
    return bool(caught & _mask([signal.SIGALRM])) and bool(by_itself)


def _mask(signals: Iterable[int]) -> int:
    return sum(1 << (number - 1) for number in signals)


def _wakes_by_itself(task: str, descriptor: str) -> bool:
    link = os.readlink(f"{task}/fd/{descriptor}")
    if link == "anon_inode:[timerfd]":
        return "it_value: (0, 0)" not in Path(f"{task}/fdinfo/{descriptor}").read_text()
    return link in ("anon_inode:[io_uring]", "anon_inode:[aio]", "anon_inode:[signalfd]")
