"""How a class is graded, and who is in it, as values."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from grader.book.policy import NO_POLICY, Policy
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings
    from grader.intake.given import Given
    from grader.jobs.neighbours import Neighbours
    from grader.jobs.options import ClassOptions
    from grader.reporters import ReportSpec
    from grader.reproduce.server import Again


class Assignment(Value, frozen=True):
    """How a class is graded. again: how another command line names a submission, but for its path.
    python: the interpreter that was asked for, or None. reports: the `--report` options. hints:
    how many steps of its hint each failure shows. drawn: whether nobody has asked for this seed.
    command: the words of the command, for people. policy: what the class counts otherwise."""

    course: Course
    stages: Sequence[Stage]
    settings: RunSettings
    again: Again
    whole: ClassOptions
    python: str | None
    reports: Sequence[str]
    hints: int
    drawn: bool = False
    command: tuple[str, ...] = ()
    policy: Policy = NO_POLICY


class ClassEntry(Value, frozen=True):
    """One submission of the class: what it is called, where it is, where its reports go, what it is
    told of the others, and how it was handed in."""

    name: str
    path: str
    reports: tuple[ReportSpec, ...]
    neighbours: Neighbours
    given: Given

    @property
    def is_there(self) -> bool:
        """Whether its path alone starts it, as for `grade launch`."""
        return len(self.given.parts) < 2 and os.path.exists(self.path)
