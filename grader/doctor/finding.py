"""What an examination finds, as frozen values: a state, why, and what would change it. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(StrEnum):
    OK = "ok"
    LESS = "less"  # grading works without it, or with less of it
    MISSING = "missing"


class Remedy(Value, frozen=True):
    """A command that would change something. why: what is seen to be in the way; empty where the
    finding says it."""

    why: str
    command: str


class Finding(Value, frozen=True):
    """One thing that was looked at. says: one sentence. needed: whether nothing can be graded
    without it. details: what else there is to say, each a sentence."""

    name: str
    state: State
    says: str
    needed: bool = False
    details: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    @property
    def fails(self) -> bool:
        return self.needed and self.state is State.MISSING


class Sandbox(Value, frozen=True):
    """The level that would be used. levels: every level's name, and why it does not work here, or
    None. bounded: whether the kernel bounds memory. at_once: how many submissions of a class are
    always graded side by side."""

    level: str
    contains: bool
    private_network: bool
    bounded: bool
    at_once: int
    weaknesses: tuple[str, ...]
    levels: tuple[tuple[str, str | None], ...]


class Examination(Value, frozen=True):
    """Everything that was found. sandbox: None where it could not be tried."""

    grader_version: str
    python: str
    platform: str
    sandbox: Sandbox | None
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing that is needed is missing."""
        return not any(finding.fails for finding in self.findings)


def ok(name: str, says: str, details: Iterable[str] = ()) -> Finding:
    return Finding(name, State.OK, says, details=tuple(details))


def missing(name: str, says: str, *remedies: Remedy) -> Finding:
    """Something without which nothing can be graded."""
    return Finding(name, State.MISSING, says, needed=True, remedies=remedies)
