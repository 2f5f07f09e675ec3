"""How much longer a thread sleeps at least, by the time limit of the system call that it is in.

A limit is given to the call when its wait begins. When that was is not seen, but it was after the
thread had begun: a wait of at least the thread's age and five seconds lasts five seconds from now.
A point in time says how long without that. A limit that lies in the thread's memory is read there:
the kernel has its own copy, and nothing has run since that could have written another.
"""

from __future__ import annotations

import ctypes
import math
import os
import socket
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from grader.system.process_stat import began_s, terminal
from grader.system.syscall_names import NAMES
from grader.value import Value

CallArguments = Sequence[int]
UNKNOWN: Final = -math.inf
"""Of a wait that may end at any time."""

_TWO_NUMBERS: Final = struct.Struct("@ll")  # a timespec or a timeval


class Sleeper(Value, frozen=True):
    """A thread in a system call. place: where /proc tells of it. since_s: it went to sleep within
    so many seconds, where more is known of that than that it was after it had begun. whole: what is
    asked is how long its sleep is in all, and not what is left."""

    place: str
    since_s: float = math.inf
    whole: bool = False

    @property
    def number(self) -> int:
        return int(os.path.basename(self.place))

    def left_s(self, limit_s: float) -> float:
        """Of a limit that counts from when its wait began, what is left at least."""
        if self.whole or limit_s == math.inf:
            return limit_s
        age_s = time.clock_gettime(time.CLOCK_BOOTTIME) - began_s(self.place)
        return limit_s - min(age_s, self.since_s)

    def two_numbers(self, address: int) -> tuple[int, int]:
        """Those at an address of its memory."""
        memory = os.open(f"{self.place}/mem", os.O_RDONLY | os.O_CLOEXEC)
        try:
            first, second = _TWO_NUMBERS.unpack(os.pread(memory, _TWO_NUMBERS.size, address))
        except (struct.error, OverflowError) as error:
            raise ValueError("no such address") from error
        finally:
            os.close(memory)
        return int(first), int(second)


Rule = Callable[[Sleeper, CallArguments], float]
"""Seconds from now that the call sleeps at least when nobody wakes it."""


def _always(_sleeper: Sleeper, _arguments: CallArguments) -> float:
    return math.inf


def _milliseconds(index: int) -> Rule:
    """The limit is a number (as an int), and below 0 there is none."""

    def rule(sleeper: Sleeper, arguments: CallArguments) -> float:
        limit = arguments[index] & 0xFFFFFFFF
        return sleeper.left_s(math.inf if limit >= 1 << 31 else limit / 1000)

    return rule


def _pointer(index: int, parts: float = 1e9) -> Rule:
    """The limit is where the pointer says, in seconds and `parts` of one, and NULL is none."""

    def rule(sleeper: Sleeper, arguments: CallArguments) -> float:
        if not arguments[index]:
            return math.inf
        seconds, more = sleeper.two_numbers(arguments[index])
        return sleeper.left_s(seconds + more / parts)

    return rule


def _until(sleeper: Sleeper, address: int) -> float:
    """The limit is a point in time of the clock that only ever runs on."""
    if sleeper.whole:
        return UNKNOWN
    seconds, more = sleeper.two_numbers(address)
    return seconds + more / 1e9 - time.clock_gettime(time.CLOCK_MONOTONIC)


_FUTEX_WAIT: Final = 0
_FUTEX_WAITS: Final = {_FUTEX_WAIT, 6, 9, 11}  # LOCK_PI, WAIT_BITSET, WAIT_REQUEUE_PI (futex.h)
_FUTEX_WAIT_BITSET: Final = 9
_FUTEX_PRIVATE: Final = 128


def _futex(sleeper: Sleeper, arguments: CallArguments) -> float:
    if arguments[1] & 0x7F not in _FUTEX_WAITS:
        return UNKNOWN
    if not arguments[3]:
        return math.inf
    operation = arguments[1] & ~_FUTEX_PRIVATE & 0xFFFFFFFF
    if operation == _FUTEX_WAIT:
        return _pointer(3)(sleeper, arguments)
    # a point in time of any other clock: somebody may set it
    return _until(sleeper, arguments[3]) if operation == _FUTEX_WAIT_BITSET else UNKNOWN


def _clock_nanosleep(sleeper: Sleeper, arguments: CallArguments) -> float:
    clock, flags, address = arguments[:3]
    if clock & 0xFFFFFFFF not in (time.CLOCK_REALTIME, time.CLOCK_MONOTONIC):
        return UNKNOWN
    if not flags & 1:  # TIMER_ABSTIME
        return _pointer(2)(sleeper, arguments)
    return _until(sleeper, address) if clock == time.CLOCK_MONOTONIC else UNKNOWN


def _peer(option: int) -> Rule:
    """Blocked on a descriptor that only a peer can make ready: a pipe, a socket, which may have a
    limit in an option of its own, or the terminal that we started the program in, to read from it:
    nobody types there."""

    def rule(sleeper: Sleeper, arguments: CallArguments) -> float:
        link = os.readlink(f"/proc/{sleeper.number}/fd/{arguments[0]}")
        if link.startswith("socket:["):
            return sleeper.left_s(_limit_of(sleeper.number, arguments[0], option))
        if link.startswith("/dev/pts/") and option == socket.SO_RCVTIMEO:
            return math.inf if _is_our_terminal(sleeper.number, arguments[0]) else UNKNOWN
        return math.inf if link.startswith("pipe:[") else UNKNOWN

    return rule


def _is_our_terminal(task: int, descriptor: int) -> bool:
    """Whether it is the terminal of the program's session, and no read of it ends after a while
    (VTIME, which counts where no whole lines are read)."""
    copy = _copied(task, descriptor)
    try:
        number = os.fstat(copy).st_rdev
        *_, local, _, _, special = termios.tcgetattr(copy)
    except termios.error:
        return False
    finally:
        os.close(copy)
    is_timed = not local & termios.ICANON and special[termios.VTIME] != 0
    return number == terminal(f"/proc/{task}") and not is_timed


def _limit_of(task: int, descriptor: int, option: int) -> float:
    """The seconds of SO_RCVTIMEO or SO_SNDTIMEO. Without a limit they do not end."""
    with socket.socket(fileno=_copied(task, descriptor)) as peer:
        timeval = peer.getsockopt(socket.SOL_SOCKET, option, _TWO_NUMBERS.size)
    seconds, more = _TWO_NUMBERS.unpack(timeval)
    return seconds + more / 1e6 if any(timeval) else math.inf


def _copied(task: int, descriptor: int) -> int:
    """A copy of a descriptor of a thread, which is the caller's to close: pidfd_getfd(2), Linux
    5.6."""
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
    return int(copy)


_READS, _WRITES = _peer(socket.SO_RCVTIMEO), _peer(socket.SO_SNDTIMEO)
_RULES: Final[dict[str, Rule]] = {
    "read": _READS, "readv": _READS, "recvfrom": _READS, "recvmsg": _READS, "accept": _READS,
    "accept4": _READS, "write": _WRITES, "writev": _WRITES, "sendto": _WRITES, "sendmsg": _WRITES,
    "poll": _milliseconds(2), "ppoll": _pointer(2), "select": _pointer(4, 1e6),
    "pselect6": _pointer(4), "epoll_wait": _milliseconds(3), "epoll_pwait": _milliseconds(3),
    "epoll_pwait2": _pointer(3), "nanosleep": _pointer(0), "clock_nanosleep": _clock_nanosleep,
    "futex": _futex, "wait4": _always, "waitid": _always, "pause": _always,
    "rt_sigsuspend": _always,
}  # fmt: skip

RULES: Final[Mapping[int, Rule]] = MappingProxyType(
    {number: _RULES[name] for number, name in NAMES.items() if name in _RULES}
)
"""By the number of the call. On an architecture whose calls have no names nothing ever rests, so
its budget decides."""
