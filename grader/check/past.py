"""What a run has seen before a failure: the checks that passed, and how each was launched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.check.transcript import Entry

Arguments = tuple[str, ...]
"""Of a launch, as the course says them: ("--directory", "{directory}")."""


@dataclass(frozen=True, slots=True)
class PassedCheck:
    """Its transcript, and the arguments that the program was launched with."""

    arguments: Arguments
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """arguments: of the launch at hand. passed: the checks that this run has passed, in order."""

    arguments: Arguments = ()
    passed: tuple[PassedCheck, ...] = ()
