"""System calls that fail for a submission and all it starts: filters of seccomp(2), loaded before
exec.

docs/make_seccomp_filters.py makes them, and says which calls fail with which error.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation.syscalls import SET_NO_NEW_PRIVS, checked, libc, prctl
from grader.isolation.try_in_child import reason

if TYPE_CHECKING:
    from collections.abc import Iterable

INTERFACES, USER_NAMESPACES, OTHER_PROCESSES = PARTS = (
    "interfaces",
    "user_namespaces",
    "other_processes",
)
_FILTERS: Final = Path(__file__).with_name("filters")
_SECCOMP: Final = {"x86_64": 317, "aarch64": 277}
_SET_FILTER: Final = 1
# else the program would be slower than without a filter, on kernels before 5.16
_SPECULATE: Final = 1 << 2
_INSTRUCTION_BYTES: Final = 8


class Filter(ctypes.Structure):
    """What the kernel takes: seccomp(2)'s struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def filters(parts: Iterable[str]) -> tuple[Filter, ...]:
    """The filters of these names for this machine; none where none can be loaded."""
    return () if missing() else tuple(map(_filter, parts))


def load(chosen: Iterable[Filter]) -> None:
    """For good, in this thread and whatever it starts; no new privileges must be set. Filters add
    up."""
    for one in chosen:
        number = _SECCOMP[platform.machine()]
        checked(libc().syscall(number, _SET_FILTER, _SPECULATE, ctypes.byref(one)), "seccomp")


def weaknesses() -> tuple[str, ...]:
    """A weakness of every level where no filter can be loaded."""
    return (f"system calls are not filtered: {why}",) if (why := missing()) else ()


@cache
def missing() -> str:
    """Why no filter can be loaded here; empty when all can. Tried in a child."""
    machine = platform.machine()
    if sys.platform != "linux":
        return f"{sys.platform} has no seccomp"
    if machine not in _SECCOMP or sys.maxsize < 1 << 32:
        return (
            f"there is no filter for this processor ({machine}, {sys.maxsize.bit_length() + 1}"
            " bits)"
        )
    return reason(_try)


def _try() -> None:
    prctl(SET_NO_NEW_PRIVS)
    load(map(_filter, PARTS))
    with open("/dev/null", "rb"):  # an emulated machine may call what it runs on by other numbers
        pass


@cache
def _filter(part: str) -> Filter:
    program = (_FILTERS / f"{part}.{platform.machine()}.bpf").read_bytes()
    return Filter(len(program) // _INSTRUCTION_BYTES, program)
