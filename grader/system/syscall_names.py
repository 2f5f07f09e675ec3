"""The names of the system calls that a thread may sleep in, by their numbers on this machine."""

from __future__ import annotations

import platform
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# asm/unistd.h of each architecture; on one that is missing here no call has a name.
_NUMBERS: Final[dict[str, dict[str, int]]] = {
    "x86_64": {
        "read": 0, "write": 1, "poll": 7, "readv": 19, "writev": 20, "select": 23, "pause": 34,
        "nanosleep": 35, "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45, "sendmsg": 46,
        "recvmsg": 47, "wait4": 61, "rt_sigsuspend": 130, "futex": 202, "clock_nanosleep": 230,
        "epoll_wait": 232, "waitid": 247, "pselect6": 270, "ppoll": 271, "epoll_pwait": 281,
        "accept4": 288, "epoll_pwait2": 441,
    },
    "aarch64": {
        "epoll_pwait": 22, "read": 63, "write": 64, "readv": 65, "writev": 66, "pselect6": 72,
        "ppoll": 73, "waitid": 95, "futex": 98, "nanosleep": 101, "clock_nanosleep": 115,
        "rt_sigsuspend": 133, "accept": 202, "connect": 203, "sendto": 206, "recvfrom": 207,
        "sendmsg": 211, "recvmsg": 212, "accept4": 242, "wait4": 260, "epoll_pwait2": 441,
    },
}  # fmt: skip

NAMES: Final[Mapping[int, str]] = MappingProxyType(
    {number: name for name, number in _NUMBERS.get(platform.machine(), {}).items()}
)
