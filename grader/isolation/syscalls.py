"""The system calls that Python does not offer, by ctypes: mounts, namespaces, capabilities. All
raise OSError.

libmount and python-prctl have some of them and want a compiler and headers; none has
mount_setattr(2).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import struct
from functools import cache
from typing import Final

NEWNS = 0x0002_0000
NEWUTS = 0x0400_0000
NEWIPC = 0x0800_0000
NEWUSER = 0x1000_0000
NEWPID = 0x2000_0000
NEWNET = 0x4000_0000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x4_0000
RDONLY, NOSUID, NODEV, NOEXEC = 1, 2, 4, 8
"""Attributes of a mount, for `set_attributes` (mount_setattr(2))."""

SET_PDEATHSIG, SET_DUMPABLE, CAPBSET_DROP, SET_CHILD_SUBREAPER, SET_NO_NEW_PRIVS = 1, 4, 24, 36, 38
_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL = 47, 4
_MNT_DETACH: Final = 2
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE = 442, -100, 0x8000
_PIVOT_ROOT: Final = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}
_KEYCTL: Final = {"x86_64": 250, "aarch64": 219, "riscv64": 219, "ppc64le": 271, "s390x": 280}
_JOIN_SESSION_KEYRING: Final = 1
_LAST_CAPABILITY: Final = 63
_CAPABILITY_VERSION_3: Final = 0x2008_0522


def checked(result: int, what: str) -> int:
    """The result, unless it says that the call failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


@cache
def libc() -> ctypes.CDLL:
    """The C library of this process."""
    return ctypes.CDLL(None, use_errno=True)


def prctl(option: int, argument: int = 1) -> None:
    """prctl(2) with one argument."""
    checked(libc().prctl(option, ctypes.c_ulong(argument), 0, 0, 0), f"prctl {option}")


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    arguments = (
        os.fsencode(source),
        os.fsencode(target),
        kind.encode(),
        ctypes.c_ulong(flags),
        os.fsencode(options),
    )
    checked(libc().mount(*arguments), f"mount {kind or source} on {target}")


def unmount(target: str) -> None:
    """umount2(2); what is still in use goes when it is no longer."""
    checked(libc().umount2(os.fsencode(target), _MNT_DETACH), f"umount {target}")


def unshare(flags: int) -> None:
    """unshare(2), which Python has from 3.12 on."""
    checked(libc().unshare(flags), "unshare")


def pivot_into(place: str) -> None:
    """Make the mount at `place` the root directory, and let go of the old one (pivot_root(2))."""
    os.chdir(place)
    number = _PIVOT_ROOT.get(platform.machine())
    if number is None:
        raise OSError(0, f"pivot_root has no known number on {platform.machine()}")
    checked(libc().syscall(number, b".", b"."), "pivot_root")
    unmount(".")
    os.chdir("/")


def set_attributes(path: str, wanted: int, *, clear: int = 0, recursive: bool = False) -> None:
    """Attributes of the mount at `path`, and with `recursive` of all below it."""
    attributes = struct.pack("=QQQQ", wanted, clear, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    result = libc().syscall(
        _MOUNT_SETATTR, _AT_FDCWD, os.fsencode(path), flags, attributes, len(attributes)
    )
    checked(result, f"mount_setattr on {path}")


def leave_session_keyring() -> None:
    """Join a new and empty one (session-keyring(7)), as far as the kernel gives us one."""
    if number := _KEYCTL.get(platform.machine()):
        libc().syscall(number, _JOIN_SESSION_KEYRING, None)


def empty_bounding_set() -> None:
    """Without a bounding set, exec as user 0 gives no capability back (capabilities(7))."""
    for capability in range(_LAST_CAPABILITY + 1):
        # beyond the kernel's last one, or we may not: then there are none to drop
        with contextlib.suppress(OSError):
            prctl(CAPBSET_DROP, capability)


def drop_capabilities() -> None:
    """Those that this process has now: effective, permitted, inheritable and ambient."""
    with contextlib.suppress(OSError):
        checked(libc().prctl(_CAP_AMBIENT, _CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "prctl PR_CAP_AMBIENT")
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    checked(libc().capset(header, bytes(24)), "capset")
