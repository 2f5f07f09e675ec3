"""Makes grader/isolation/filters, which system calls a submission is refused and how, by
libseccomp.

    python docs/make_seccomp_filters.py

Needs libseccomp.so.2, which most Linux systems have; grading does not. What a call is refused with
is what run-times take for "not on this machine", so that they fall back. docs/security.md says why
each call is refused.
"""

from __future__ import annotations

import ctypes
import errno
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FILTERS: Final = Path(__file__).resolve().parents[1] / "grader" / "isolation" / "filters"
# AUDIT_ARCH_* of linux/audit.h
ARCHITECTURES: Final = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
MADE_BY: Final = (2, 5, 4)
"""The release of libseccomp that made them; another one may order the same decisions otherwise."""

_ALLOW, _REFUSE = 0x7FFF_0000, 0x0005_0000
# SCMP_FLTATR_ACT_BADARCH: i386 and x32 on x86-64, 32-bit ARM on aarch64
_ON_OTHER_ARCHITECTURES: Final = 2
_NE, _GT, _MASKED_EQ = 1, 6, 7
_INT: Final = 0xFFFF_FFFF  # of an int the kernel reads the low half of the register

_NEWUSER, _FASTOPEN = 0x1000_0000, 0x2000_0000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_FAMILIES: Final = {1, 2, 10, 16}  # AF_UNIX, AF_INET, AF_INET6, AF_NETLINK
_DCCP, _SCTP, _LAST_OF_IP = 33, 132, 255  # beyond the last: SMC, QUIC, MPTCP
_USERS_PROCESSES: Final = {"setpriority": 2, "ioprio_set": 3}
_AS_IF_DONE: Final = 0


class Argument(ctypes.Structure):
    """A comparison of one argument: seccomp_rule_add(3)'s struct scmp_arg_cmp."""

    _fields_ = (
        ("number", ctypes.c_uint),
        ("comparison", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A call that fails with this error if all of its arguments compare so: (number, comparison,
    operands)."""

    call: str
    error: int
    arguments: tuple[tuple[int, int, int, int], ...] = ()


def _is(number: int, value: int, mask: int = _INT) -> tuple[int, int, int, int]:
    return number, _MASKED_EQ, mask, value


def _is_not_0(number: int) -> tuple[int, int, int, int]:
    return number, _NE, 0, 0


def _beyond(number: int, value: int) -> tuple[int, int, int, int]:
    return number, _GT, value, 0


def interfaces() -> Iterator[Rule]:
    """What a server has no use for, or passes by the walls of the levels."""
    for call in (
        "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "perf_event_open",
        "bpf", "add_key", "request_key", "keyctl",
    ):  # fmt: skip
        yield Rule(call, errno.ENOSYS)
    for call in ("socket", "socketpair"):
        for family in {*range(1, max(_FAMILIES))} - _FAMILIES:
            yield Rule(call, errno.EAFNOSUPPORT, (_is(0, family),))
        yield Rule(call, errno.EAFNOSUPPORT, (_beyond(0, max(_FAMILIES)),))
    for protocol in (_is(2, _DCCP), _is(2, _SCTP), _beyond(2, _LAST_OF_IP)):
        yield Rule("socket", errno.EPROTONOSUPPORT, (protocol,))
    for call, flags in {"sendto": 3, "sendmsg": 2, "sendmmsg": 3}.items():
        yield Rule(call, errno.EOPNOTSUPP, (_is(flags, _FASTOPEN, _FASTOPEN),))
    for request in (_TIOCSTI, _TIOCLINUX):
        yield Rule("ioctl", errno.EPERM, (_is(1, request),))


def user_namespaces() -> Iterator[Rule]:
    """Namespaces, in which everybody has every capability. Of clone3 no filter sees the flags, and
    libc falls back."""
    for call in ("unshare", "clone"):
        yield Rule(call, errno.EPERM, (_is(0, _NEWUSER, _NEWUSER),))
    yield Rule("clone3", errno.ENOSYS)
    yield Rule("setns", errno.EPERM)


def other_processes() -> Iterator[Rule]:
    """Limits, priorities and processors of others. No filter knows which threads are the program's
    own, and libc names them by number: so what is only advice to the kernel comes to nothing,
    without an error."""
    yield Rule("prlimit64", errno.EPERM, (_is_not_0(0), _is_not_0(2)))
    for call in ("sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler"):
        yield Rule(call, _AS_IF_DONE, (_is_not_0(0),))
    for call, users in _USERS_PROCESSES.items():
        yield Rule(call, _AS_IF_DONE, (_is_not_0(1),))
        yield Rule(call, _AS_IF_DONE, (_is(0, users),))


PARTS: Final = {part.__name__: part for part in (interfaces, user_namespaces, other_processes)}


def library() -> ctypes.CDLL:
    """libseccomp. Raises OSError where there is none."""
    found = ctypes.CDLL("libseccomp.so.2")
    found.seccomp_init.restype = found.seccomp_version.restype = ctypes.c_void_p
    return found


def release(seccomp: ctypes.CDLL) -> tuple[int, ...]:
    """Of this libseccomp: major, minor, micro."""
    return tuple((ctypes.c_uint * 3).from_address(seccomp.seccomp_version()))


def made(seccomp: ctypes.CDLL, part: str, architecture: str) -> bytes:
    """The program of a filter: what seccomp(2) takes on this architecture."""
    context = ctypes.c_void_p(seccomp.seccomp_init(_ALLOW))
    try:
        token = ARCHITECTURES[architecture]
        if (native := seccomp.seccomp_arch_native()) != ctypes.c_int(token).value:
            _checked(seccomp.seccomp_arch_add(context, token))
            _checked(seccomp.seccomp_arch_remove(context, native))
        _checked(seccomp.seccomp_attr_set(context, _ON_OTHER_ARCHITECTURES, _REFUSE | errno.ENOSYS))
        for rule in PARTS[part]():
            number = seccomp.seccomp_syscall_resolve_name(rule.call.encode())
            arguments = (Argument * len(rule.arguments))(
                *(Argument(*one) for one in rule.arguments)
            )
            added = seccomp.seccomp_rule_add_array(
                context, _REFUSE | rule.error, number, len(arguments), arguments
            )
            _checked(added, rule.call)
        with tempfile.TemporaryFile() as file:
            _checked(seccomp.seccomp_export_bpf(context, file.fileno()))
            file.seek(0)
            return file.read()
    finally:
        seccomp.seccomp_release(context)


def _checked(result: int, what: str = "libseccomp") -> None:
    if result < 0:
        raise OSError(-result, f"{what}: {os.strerror(-result)}")


if __name__ == "__main__":
    for name in PARTS:
        for machine in ARCHITECTURES:
            (FILTERS / f"{name}.{machine}.bpf").write_bytes(made(library(), name, machine))
