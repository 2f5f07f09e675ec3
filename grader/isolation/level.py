"""What a level of the isolation levels is given, and what it offers the rest of the grader."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from msgspec import field

from grader.isolation.try_in_child import nothing
from grader.limits import Limits
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.isolation.cgroup import Delegated
    from grader.isolation.user import User

UNBOUNDED = "memory is checked 20 times a second, but the kernel does not limit it"
"""A weakness of every level where we may make no cgroups."""


ALONE = "submissions are graded one at a time on this machine"
"""A weakness of every level that gives no private network."""


class Needs(Value, frozen=True):
    """What the program needs of the machine, and what it must never get.

    directory: the submission's own. command: the words by which the user says how it is started,
    the program first; what they name has to be there. environment: the variables it will see: their
    values name toolchains. hidden: what must not be seen, by real path. host_network: others on
    this machine have to reach it, so it gets no network of its own. interpreters: those that the
    submission itself leads to. alone: the file that is all it gets to see of its directory, by
    name; empty: it sees the whole. known_as: where the learner's directory lies, if what is graded
    is a copy of it in `directory`: there the program sees it, and what lies beside it counts. It
    need not exist.
    """

    directory: Path | None = None
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    hidden: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    host_network: bool = False
    interpreters: tuple[str, ...] = ()
    alone: str = ""
    known_as: Path | None = None

    def outside(self) -> tuple[str, ...]:
        """The program and the directories of PATH, as far as they are there and not the
        submission's own."""
        places = [*self.command[:1], *self.environment.get("PATH", "").split(os.pathsep)]
        return tuple(
            place
            for place in dict.fromkeys(places)
            if os.path.isabs(place) and os.access(place, os.X_OK) and not self._is_own(Path(place))
        )

    def _is_own(self, path: Path) -> bool:
        return self.directory is not None and path.is_relative_to(self.directory)


def _nothing() -> None:
    """Nothing is left to undo."""


def _never(_status: int) -> bool:
    """What no program of the level's own starts has begun, or could not be started at all."""
    return False


class Containment(Value, frozen=True):
    """One launch's private place.

    directory: where the program runs; its own directory's real path where the level can do that.
    confine: runs in the child between fork and exec. keep: what the program changed in its
    directory, to be the starting point of later launches (a build's result). prefix: a command that
    starts the program's own, word by word. release: gives back what `keep` takes, once the program
    is dead. failed: whether an end with this exit status was the prefix's own, before the program
    began.
    """

    directory: Path
    confine: Callable[[], None]
    keep: Path
    prefix: tuple[str, ...] = ()
    release: Callable[[], None] = _nothing
    failed: Callable[[int], bool] = _never


class IsolationLevel(Protocol):
    """A way to run a program nobody trusts.

    name, weaknesses: for the report. home: a directory of the program's own, for HOME and TMPDIR.
    contains: whether the program is kept from the machine's files and the grader; False is no
    containment at all. private_network: whether every port of loopback is ours alone. waiters: how
    many waiting processes of the level's own stand above the program. Where there are any, killing
    the last of them kills the program and all of its descendants. own_disk: whether what the
    program writes lies on a disk of its own, as large as the limits say. user: who the program runs
    as; `None` for our own user. cgroups: where to make one for each launch; `None` where we may
    not.
    """

    name: str
    weaknesses: tuple[str, ...]
    home: Path
    contains: bool
    private_network: bool
    waiters: int
    own_disk: bool
    user: User | None
    cgroups: Delegated | None

    def missing(self, meanwhile: Callable[[], object] = nothing) -> str:
        """Why this level does not work here; empty when it does. Tried in a child, so nothing
        changes for us.

        meanwhile: what there is to do for us while a child tries it; left undone where none does.
        """

    def enter(self) -> None:
        """Move the grader itself to where it can meet the programs it launches. Once,
        single-threaded."""

    def because(self, reasons: tuple[str, ...]) -> Self:
        """This level, knowing why the better ones are not there."""

    def share(self, path: Path) -> None:
        """Prepare an empty directory for a program and us to write to: it is the program's own, and
        bounded."""

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        """A fresh copy-on-write view of `directory`, upon what an earlier launch `built`.

        shared: a directory that program and grader both see and write, under the same path.
        """

    def leave(self) -> None:
        """Undo what `enter` left on the machine."""
