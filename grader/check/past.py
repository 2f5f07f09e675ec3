"""What a run has seen before a failure: the checks that passed, and how each was launched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from grader.check.transcript import Entry

Arguments = tuple[str, ...]
"""Of a launch, as the course says them: ("--directory", "{directory}")."""


class PassedCheck(Value, frozen=True):
    """Its transcript, and the arguments that the program was launched with."""

    arguments: Arguments
    entries: tuple[Entry, ...]


class Past(Value, frozen=True):
    """arguments: of the launch at hand. passed: the checks that this run has passed, in order."""

    arguments: Arguments = ()
    passed: tuple[PassedCheck, ...] = ()
