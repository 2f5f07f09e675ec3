"""The lowest rung, for every POSIX system: a working copy, a bounded process, no walls."""

from __future__ import annotations

import ctypes
import itertools
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

from grader.isolation.copying import copy_tree
from grader.isolation.rung import Containment

_LIMITS = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 1 << 30, resource.RLIMIT_NOFILE: 4096}

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38


def prctl(option: int, argument: int = 1) -> None:
    """prctl(2); raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(option, ctypes.c_ulong(argument), 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), f"prctl {option}: {os.strerror(ctypes.get_errno())}")


def die_with(parent: int) -> None:
    """Be killed when the thread that started us ends; Linux only, elsewhere the grader's own cleanup must do."""
    if sys.platform == "linux":
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we could say so
            os._exit(125)


def restrain() -> None:
    """Bounds that hold on every system; in the child, before exec."""
    if sys.platform == "linux":
        prctl(_PR_SET_NO_NEW_PRIVS)
    for what, wanted in _LIMITS.items():
        hard = resource.getrlimit(what)[1]
        bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(what, (bound, bound))


class Plain:
    """Runs the program in a copy of its directory. What it loses is said in the report."""

    name = "plain"
    private_network = False
    keepers = 0
    loses: tuple[str, ...] = (
        "not contained: it can read what you can read and reach the network",
        "it runs in a copy of its directory, at another path",
        "one submission at a time on this machine",
    )

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._numbers = itertools.count()
        self.home = scratch / "home"

    def missing(self) -> str:
        return ""

    def enter(self) -> None:
        if sys.platform == "linux":
            prctl(_PR_SET_CHILD_SUBREAPER)  # orphaned daemons become our children, so that they can be found

    def because(self, reasons: tuple[str, ...]) -> Self:
        self.loses = (*type(self).loses, *reasons)
        return self

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        self.home.mkdir(exist_ok=True)
        source = directory if built is None else built
        copy = self._scratch / f"copy-{next(self._numbers)}"
        copy_tree(source, copy, skip=self._scratch)
        return Containment(copy, _confinement(os.getpid(), copy), copy)

    def leave(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)


def _confinement(grader: int, directory: Path) -> Callable[[], None]:
    def confine() -> None:
        die_with(grader)
        restrain()
        os.chdir(directory)

    return confine
