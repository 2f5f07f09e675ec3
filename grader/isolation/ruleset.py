"""Landlock's three system calls: what this process and all it starts may still reach (landlock(7)).

The `landlock` of PyPI is a pre-release that knows files alone, not connections and signals, so
ctypes does it here.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from typing import TYPE_CHECKING, Final

from grader.isolation.syscalls import SET_NO_NEW_PRIVS, checked, libc, prctl

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_BENEATH, _VERSION = 1, 1
_READ: Final = 0b1101  # execute, read a file, list a directory
_LIST: Final = 0b1000
_OF_FILES: Final = 0b111 | 1 << 14 | 1 << 15  # execute, write, read, truncate, ioctl on a device
_CONNECT_TCP, _ABSTRACT_SOCKETS, _SIGNALS = 2, 1, 2
FILES, CONNECTIONS, SIGNALS = 1, 4, 6
"""The versions from which Landlock keeps a program from files, from TCP servers, and from
signalling others."""


def version() -> int:
    """Which version of Landlock the kernel has; 0 for none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(libc().syscall(_CREATE, None, 0, _VERSION)))


def restrict(readable: Iterable[Path], listable: Iterable[Path], writable: Iterable[Path]) -> None:
    """For good: read and execute beneath `readable`, see names beneath `listable`, everything
    beneath `writable`.

    No TCP connection, no abstract Unix socket of others, no signal to others, as far as the kernel
    can refuse them.
    """
    have = version()
    rights = (1 << 13) - 1 | (have >= 2) << 13 | (have >= 3) << 14 | (have >= 5) << 15
    rules = _create(have, rights, _CONNECT_TCP, _ABSTRACT_SOCKETS | _SIGNALS)
    for paths, wanted in ((readable, _READ), (listable, _LIST), (writable, rights)):
        for path in paths:
            with contextlib.suppress(PermissionError):  # where we do not get to, no rule is needed
                _allow(rules, path, wanted & rights)
    _enforce(rules)


def restrict_signals() -> None:
    """For good: signals go to what this process starts, and to nobody else; nothing where Landlock
    is too old."""
    if (have := version()) >= SIGNALS:
        _enforce(_create(have, 0, 0, _SIGNALS))


_SIZES = ((SIGNALS, 24), (CONNECTIONS, 16), (0, 8))
"""Since which version the kernel's structure has how many bytes."""


def _create(have: int, files: int, net: int, scope: int) -> int:
    size = next(size for since, size in _SIZES if have >= since)
    attributes = struct.pack("=QQQ", files, net, scope)[:size]
    return checked(libc().syscall(_CREATE, attributes, size, 0), "landlock_create_ruleset")


def _allow(rules: int, path: Path, rights: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        wanted = rights if os.path.isdir(path) else rights & _OF_FILES
        rule = struct.pack("=Qi", wanted, place)
        checked(libc().syscall(_ADD, rules, _BENEATH, rule, 0), f"landlock_add_rule {path}")
    finally:
        os.close(place)


def _enforce(rules: int) -> None:
    prctl(SET_NO_NEW_PRIVS)
    checked(libc().syscall(_RESTRICT, rules, 0), "landlock_restrict_self")
    os.close(rules)
