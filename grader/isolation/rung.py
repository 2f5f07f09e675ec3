"""What a rung of the isolation ladder offers the rest of the grader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class Containment:
    """One launch's private place.

    directory: where the program runs; its own directory's real path where the rung can do that.
    confine: runs in the child between fork and exec.
    keep: what the program changed in its directory, to be the starting point of later launches (a build's result).
    """

    directory: Path
    confine: Callable[[], None]
    keep: Path


class Rung(Protocol):
    """A way to run a program nobody trusts.

    name, loses: for the report. home: a directory of the program's own, for HOME and TMPDIR.
    private_network: whether every port of loopback is ours alone.
    keepers: how many waiting processes of the rung's own stand above the program. Where there are any, killing the
    last of them kills the program and all of its descendants.
    """

    name: str
    loses: tuple[str, ...]
    home: Path
    private_network: bool
    keepers: int

    def missing(self) -> str:
        """Why this rung does not work here; empty when it does. Tried in a child, so nothing changes for us."""

    def enter(self) -> None:
        """Move the grader itself to where it can meet the programs it launches. Once, single-threaded."""

    def because(self, reasons: tuple[str, ...]) -> Self:
        """This rung, knowing why the better ones are not there."""

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        """A fresh copy-on-write view of `directory`, upon what an earlier launch `built`.

        shared: a directory that program and grader both see and write, under the same path.
        """

    def leave(self) -> None:
        """Undo what `enter` left on the machine."""
