"""Which system calls fail: what the filters decide on each kind of call, and what is left of them
in a program."""

from __future__ import annotations

import errno
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from docs.make_seccomp_filters import ARCHITECTURES, FILTERS, MADE_BY, PARTS, library, made, release
from grader.isolation import LEVELS, Needs, seccomp
from grader.isolation.plain import Plain
from grader.isolation.try_in_child import reason
from tests.unit.isolation.bpf import decision
from tests.unit.isolation.inside import LEVEL_NAMES, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

X86_64, AARCH64 = ARCHITECTURES["x86_64"], ARCHITECTURES["aarch64"]
I386, ARM, X32 = 0x4000_0003, 0x4000_0028, 1 << 30
BEYOND = 1 << 32
ALLOWED = 0x7FFF_0000
NUMBERS = {
    "add_key": (248, 217), "bpf": (321, 280), "clone": (56, 220), "clone3": (435, 435),
    "execve": (59, 221), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425), "ioctl": (16, 29), "ioprio_set": (251, 30), "keyctl": (250, 219),
    "perf_event_open": (298, 241), "prlimit64": (302, 261), "request_key": (249, 218),
    "sched_setaffinity": (203, 122), "sched_setattr": (314, 274), "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119), "sendmmsg": (307, 269), "sendmsg": (46, 211),
    "sendto": (44, 206), "setns": (308, 268), "setpriority": (141, 140), "socket": (41, 198),
    "socketpair": (53, 199), "unshare": (272, 97), "userfaultfd": (323, 282),
}  # fmt: skip
UNIX, INET, INET6, NETLINK = 1, 2, 10, 16
STREAM, TCP, UDP, MPTCP, SMC, QUIC, SCTP, DCCP = 1, 6, 17, 262, 256, 261, 132, 33
FASTOPEN, NOSIGNAL = 0x2000_0000, 0x4000
NEWUSER, NEWNET, SIGCHLD = 0x1000_0000, 0x4000_0000, 17
TIOCSTI, TIOCLINUX, TIOCGWINSZ = 0x5412, 0x541C, 0x5413
LIMIT, SOMEBODY, BY_PROCESS, BY_GROUP, BY_USER = 0x7FFF_1234_5678, 4711, 0, 1, 2
ASKED = {
    "interfaces": (
        *((call, (), errno.ENOSYS) for call in NUMBERS if call.startswith("io_uring")),
        *((call, (), errno.ENOSYS) for call in ("userfaultfd", "perf_event_open", "bpf")),
        *((call, (11,), errno.ENOSYS) for call in ("keyctl", "add_key", "request_key")),
        *(("socket", (family, STREAM, 0), None) for family in (UNIX, INET, INET6, NETLINK)),
        *(("socket", (INET, STREAM, protocol), None) for protocol in (TCP, UDP)),
        *(("socket", (family | beyond, STREAM, 0), errno.EAFNOSUPPORT)
          for family in {*range(1, 99)} - {UNIX, INET, INET6, NETLINK} for beyond in (0, BEYOND)),
        *(("socketpair", (family, STREAM, 0), errno.EAFNOSUPPORT) for family in (17, 30, 40)),
        ("socketpair", (UNIX, STREAM, 0), None),
        *(("socket", (family, STREAM, protocol | beyond), errno.EPROTONOSUPPORT)
          for family in (INET, INET6)
          for protocol in (MPTCP, SMC, QUIC, SCTP, DCCP) for beyond in (0, BEYOND)),
        *((call, arguments, error)
          for error, flags in ((None, NOSIGNAL), (errno.EOPNOTSUPP, NOSIGNAL | FASTOPEN))
          for call, arguments in {
              "sendto": (3, LIMIT, 9, flags, LIMIT, 16), "sendmsg": (3, LIMIT, flags),
              "sendmmsg": (3, LIMIT, 1, flags),
          }.items()),
        *(("ioctl", (0, request | beyond), errno.EPERM)
          for request in (TIOCSTI, TIOCLINUX) for beyond in (0, BEYOND)),
        ("ioctl", (0, TIOCGWINSZ), None),
        ("execve", (LIMIT, LIMIT, LIMIT), None),
    ),
    "user_namespaces": (
        *(("unshare", (flags,), errno.EPERM)
          for flags in (NEWUSER, NEWUSER | NEWNET, BEYOND | NEWUSER)),
        ("unshare", (NEWNET,), None),
        *(("clone", (flags | SIGCHLD,), errno.EPERM)
          for flags in (NEWUSER, NEWUSER | NEWNET, BEYOND | NEWUSER)),
        ("clone", (SIGCHLD,), None),
        ("clone3", (LIMIT, 88), errno.ENOSYS),
        ("setns", (3, NEWNET), errno.EPERM),
    ),
    "other_processes": (
        ("prlimit64", (0, 7, LIMIT, LIMIT), None),
        ("prlimit64", (SOMEBODY, 7, 0, LIMIT), None),
        ("prlimit64", (SOMEBODY, 7, LIMIT, 0), errno.EPERM),
        *((call, (0, 8, LIMIT), None) for call in NUMBERS if call.startswith("sched_set")),
        *((call, (SOMEBODY, 8, LIMIT), 0) for call in NUMBERS if call.startswith("sched_set")),
        *(("setpriority", (which, 0, 5), None) for which in (BY_PROCESS, BY_GROUP)),
        *(("setpriority", (which, SOMEBODY, 5), 0) for which in (BY_PROCESS, BY_GROUP, BY_USER)),
        *(("setpriority", (BY_USER | beyond, 0, 5), 0) for beyond in (0, BEYOND)),
        *(("ioprio_set", (1 + which, 0, 5), None) for which in (BY_PROCESS, BY_GROUP)),
        *(("ioprio_set", (1 + which, SOMEBODY, 5), 0) for which in (BY_PROCESS, BY_GROUP, BY_USER)),
        *(("ioprio_set", (1 + BY_USER | beyond, 0, 5), 0) for beyond in (0, BEYOND)),
    ),
}  # fmt: skip
"""Of each filter: a call, its arguments, and the error with which it fails; None when it is let
through."""


def shipped(part: str, machine: str) -> bytes:
    return (FILTERS / f"{part}.{machine}.bpf").read_bytes()


def refused(error: int | None) -> int:
    return ALLOWED if error is None else 0x0005_0000 | error


def check(program: bytes, part: str, machine: str) -> None:
    column = [*ARCHITECTURES].index(machine)
    for call, arguments, error in ASKED[part]:
        came = decision(program, ARCHITECTURES[machine], NUMBERS[call][column], arguments)
        assert came == refused(error), (call, arguments)


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize("part", PARTS)
def test_what_is_made_is_what_is_shipped(part: str, machine: str) -> None:
    """Byte by byte by the same libseccomp; another one may come to the same decisions in another
    way."""
    try:
        found = library()
    except OSError as error:
        pytest.skip(str(error))
    program = made(found, part, machine)
    check(program, part, machine)
    assert program == shipped(part, machine) or release(found) != MADE_BY


def test_there_is_a_filter_for_each_part_and_machine() -> None:
    there = {path.name for path in FILTERS.iterdir()}
    assert there == {f"{part}.{machine}.bpf" for part in seccomp.PARTS for machine in ARCHITECTURES}


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize("part", PARTS)
def test_what_a_filter_decides(part: str, machine: str) -> None:
    check(shipped(part, machine), part, machine)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("number", [0, 39, 60, X32 - 1])
def test_other_doors_of_the_kernel_are_closed(part: str, number: int) -> None:
    assert decision(shipped(part, "x86_64"), X86_64, number) == ALLOWED
    assert decision(shipped(part, "aarch64"), AARCH64, number) == ALLOWED
    assert decision(shipped(part, "x86_64"), I386, number) == refused(errno.ENOSYS)
    assert decision(shipped(part, "x86_64"), X86_64, X32 | number) == refused(errno.ENOSYS)
    assert decision(shipped(part, "aarch64"), ARM, number) == refused(errno.ENOSYS)


@pytest.mark.skipif(
    sys.platform != "linux" or bool(seccomp.missing()), reason="no filter can be loaded here"
)
class TestLoaded:
    @pytest.mark.parametrize("level", LEVEL_NAMES)
    def test_a_program_starts_with_its_filters(self, level: str, tmp_path: Path) -> None:
        found = inside(
            level, tmp_path,
            """say(run('''
import json
lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps([int(lines["Seccomp"]), int(lines["Seccomp_filters"])]))
'''))""",
        )  # fmt: skip
        own = int(Path("/proc/self/status").read_text().partition("Seccomp_filters:")[2].split()[0])
        assert found == [2, own + len(LEVELS[level](tmp_path, Needs()).refused)]

    @pytest.mark.parametrize("level", LEVEL_NAMES)
    def test_what_a_program_sets_for_itself_and_its_threads_is_no_error(
        self, level: str, tmp_path: Path
    ) -> None:
        found = inside(
            level, tmp_path,
            """say(run('''
import ctypes, json, os, resource, threading
processors = sorted(os.sched_getaffinity(0))[:1]
os.sched_setaffinity(0, processors)
before = os.getpriority(os.PRIO_PROCESS, 0)
os.setpriority(os.PRIO_PROCESS, 0, before + 3)
os.nice(1)
os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))
set_for_real = [
    sorted(os.sched_getaffinity(0)) == processors, os.getpriority(os.PRIO_PROCESS, 0) == before + 4,
    os.sched_getscheduler(0) == os.SCHED_BATCH, resource.getrlimit(resource.RLIMIT_NOFILE)[0],
]
libc, mask = ctypes.CDLL(None), (ctypes.c_ulong * 16)(1 << processors[0])
attributes, thread = ctypes.create_string_buffer(64), ctypes.c_ulong()
function = ctypes.cast(libc.getpid, ctypes.c_void_p)
libc.pthread_attr_init(attributes)
libc.pthread_attr_setaffinity_np(attributes, 128, mask)
errors = [
    libc.pthread_create(ctypes.byref(thread), attributes, function, None),
    libc.pthread_join(thread, None),
    libc.pthread_setaffinity_np(ctypes.c_ulong(threading.get_ident()), 128, mask),
    libc.pthread_setschedparam(ctypes.c_ulong(threading.get_ident()), os.SCHED_OTHER, bytes(4)),
    libc.setpriority(os.PRIO_PROCESS, threading.get_native_id(), before + 5),
]
os.sched_setaffinity(os.getpid(), processors)
print(json.dumps([set_for_real, errors]))
'''))""",
        )  # fmt: skip
        assert found == [[True, True, True, 99], [0, 0, 0, 0, 0]]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """On a processor for which there is no filter."""
    seccomp.missing.cache_clear()
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    yield
    seccomp.missing.cache_clear()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has seccomp")
def test_where_there_is_no_filter_it_is_said(elsewhere: None, tmp_path: Path) -> None:
    assert seccomp.filters(seccomp.PARTS) == ()
    for level in LEVELS.values():
        why = "there is no filter for this processor (riscv64, 64 bits)"
        assert f"system calls are not filtered: {why}" in level(tmp_path, Needs()).weaknesses


def test_where_there_is_one_nothing_is_said(tmp_path: Path) -> None:
    said = [loss for loss in Plain(tmp_path).weaknesses if "system calls are not filtered" in loss]
    assert bool(said) == bool(seccomp.missing())


def test_a_trial_that_ends_its_process_has_not_worked() -> None:
    assert reason(lambda: os._exit(3)) == "the process that tried it ended with status 3"
    assert (
        reason(lambda: os.kill(os.getpid(), signal.SIGKILL))
        == "the process that tried it was ended by signal 9"
    )
    assert reason(lambda: None) == ""
