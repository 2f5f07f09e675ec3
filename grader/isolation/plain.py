"""The lowest level, for every POSIX system: a working copy, a bounded process, no walls."""

from __future__ import annotations

import itertools
import os
import sys
from typing import TYPE_CHECKING, Self

from grader.errors import MachineError
from grader.isolation import seccomp
from grader.isolation.allow_list import led_to_by, real_home
from grader.isolation.copying import copy_tree
from grader.isolation.left_out import skipped
from grader.isolation.level import ALONE, UNBOUNDED, Containment, Needs
from grader.isolation.limits import adopt_orphans, die_with, restrain, threads_of
from grader.isolation.removal import remove
from grader.isolation.scratch import home_in
from grader.isolation.syscalls import drop_capabilities, empty_bounding_set
from grader.isolation.try_in_child import nothing, reason
from grader.isolation.user import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from grader.isolation.cgroup import Delegated


class Plain:
    """Runs the program in a copy of its directory. Its weaknesses are in the report."""

    name = "plain"
    contains = False
    private_network = False
    waiters = 0
    own_disk = False
    refused: tuple[str, ...] = (seccomp.INTERFACES, seccomp.USER_NAMESPACES)
    cgroups: Delegated | None = None
    weaknesses: tuple[str, ...] = (
        "not isolated: the program can read what you can read, and use the network",
        "the program runs in a copy of its directory, at another path",
        "the disk space that the program uses is not limited",
        UNBOUNDED,
        ALONE,
    )

    def __init__(self, scratch: Path, needs: Needs | None = None) -> None:
        self._scratch = scratch
        self._needs = needs or Needs()
        self._numbers = itertools.count()
        self.home = home_in(scratch)
        self.user: User | None = None
        self.weaknesses = (*self.weaknesses, *seccomp.weaknesses())

    def missing(self, _meanwhile: Callable[[], object] = nothing) -> str:
        """Nothing is; who the program will run as is found out."""
        if user := User.for_submissions():
            self._scratch.chmod(0o711)
            out_of_reach = _out_of_reach(user, (str(self._scratch), *self._needs.outside()))
            self.user = None if out_of_reach else user
            if out_of_reach:
                self.weaknesses = (
                    *self.weaknesses,
                    "the program runs as root, without capabilities: other users cannot use"
                    f" {out_of_reach}",
                )
            else:
                self._require(user)
        return ""

    def enter(self) -> None:
        adopt_orphans()

    def _require(self, user: User) -> None:
        """An interpreter that the submission itself leads to is no reason to run it as root: it
        would have a say in that. Raises `MachineError`."""
        if (directory := self._needs.known_as or self._needs.directory) is None:
            return
        folders = [
            str(path)
            for path in led_to_by(self._needs, directory, real_home())
            if path.name == "bin"
        ]
        if out_of_reach := _out_of_reach(user, folders):
            raise MachineError(
                f"user {user.uid} cannot use {out_of_reach}, and the submission's interpreter is"
                " there; grade as an ordinary user, or where a better isolation level works"
            )

    def because(self, reasons: tuple[str, ...]) -> Self:
        self.weaknesses = (*self.weaknesses, *reasons)
        return self

    def share(self, path: Path) -> None:
        if self.user is not None:
            self.user.owns(path)

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        self._reopen()
        self.home.mkdir(exist_ok=True)
        if self.user is not None:
            self.user.owns(self.home)
        copy = self._scratch / f"copy-{next(self._numbers)}"
        skip = skipped(self._needs, directory, real_home(), self._scratch)
        original = self._needs.known_as or directory
        copy_tree(built or directory, copy, skip, self.user, original=original)
        return Containment(copy, self._confinement(copy, shared), copy, release=self._reopen)

    def _reopen(self) -> None:
        """A program of our own user may have closed the scratch directory to us: neither wall
        refuses chmod(2)."""
        if self.user is None:
            self._scratch.chmod(0o700)

    def _confinement(self, copy: Path, _shared: Path | None) -> Callable[[], None]:
        grader, limits, user = os.getpid(), self._needs.limits, self.user
        others = threads_of(os.getuid() if user is None else user.uid)
        filters = seccomp.filters(self.refused)

        def confine() -> None:
            if sys.platform == "linux":
                empty_bounding_set()
            if user is not None:
                user.become()
            elif sys.platform == "linux":
                drop_capabilities()
            die_with(grader)
            os.chdir(copy)
            restrain(limits, others=others)
            seccomp.load(filters)

        return confine

    def leave(self) -> None:
        remove(self._scratch)


def _out_of_reach(user: User, places: Iterable[str]) -> str:
    """What this user may not run, or get to: the program, those on PATH, or the place to run."""

    def trial() -> None:
        user.become()
        for path in places:
            if not os.access(path, os.X_OK):
                raise OSError(0, path)

    return reason(trial)
