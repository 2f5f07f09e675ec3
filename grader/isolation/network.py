"""A private network and file view without a process namespace, for where /proc is masked, as in
some containers.

Daemons become the grader's children when they are orphans, and are hunted down one by one.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from grader.isolation import mounts, seccomp
from grader.isolation.limits import die_with, restrain, threads_of
from grader.isolation.namespaces import Namespaces, give_up_privileges
from grader.isolation.ruleset import SIGNALS, restrict_signals, version
from grader.isolation.syscalls import (
    NEWIPC,
    NEWNS,
    NEWUTS,
    SET_CHILD_SUBREAPER,
    SET_PDEATHSIG,
    empty_bounding_set,
    prctl,
)
from grader.isolation.user import new_user_namespace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.isolation.level import Needs
    from grader.isolation.mounts import View


class Network(Namespaces):
    """As `Namespaces`, with the machine's processes in sight."""

    name = "network"
    waiters = 0
    refused = seccomp.PARTS
    weaknesses: tuple[str, ...] = (
        "the program sees which processes run, and their command lines",
        "if the grader is killed, the program can keep running",
        *Namespaces.weaknesses,
    )

    def __init__(self, scratch: Path, needs: Needs | None = None) -> None:
        super().__init__(scratch, needs)
        if version() < SIGNALS and self.user is None:
            self.weaknesses = (
                "the program can signal your other processes (the kernel is older than 6.12)",
                *self.weaknesses,
            )

    def enter(self) -> None:
        super().enter()
        prctl(SET_CHILD_SUBREAPER)

    def _confinement(self, seen: View) -> tuple[tuple[str, ...], Callable[[], None]]:
        grader, limits, user = os.getpid(), self._needs.limits, self.user
        others = threads_of(os.getuid() if user is None else user.uid)
        filters = seccomp.filters(self.refused)

        def confine() -> None:
            die_with(grader)
            new_user_namespace(NEWNS | NEWIPC | NEWUTS, user)
            mounts.enter(seen)
            empty_bounding_set()
            give_up_privileges(user)
            prctl(SET_PDEATHSIG, signal.SIGKILL)
            restrain(limits, others=others)
            restrict_signals()
            seccomp.load(filters)

        return (), confine
