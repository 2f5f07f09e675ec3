"""What a run needs whatever it grades, begun before that is known: for one that is still waited
for."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from grader.course import Course, course_version
from grader.errors import MachineError
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.isolation import IsolationLevel
    from grader.program.reference import Reference


class Ahead(Value, frozen=True):
    """version: of the course. reference: where it has begun; elsewhere it begins with the run."""

    version: str
    reference: Reference | None


@contextmanager
def begun_ahead(level: IsolationLevel, scratch: Path, course: Course) -> Iterator[Ahead]:
    """In a level that was entered, with its scratch directory. The reference begins where no
    program can see it."""
    from grader.program.reference import Reference
    from grader.system.sockets import SocketTable

    version = course_version(course.root)
    if level.waiters == 0:
        yield Ahead(version, None)
        return
    with SocketTable() as sockets, Reference(course, scratch, sockets, on_demand=True) as reference:
        with suppress(MachineError):  # the run says so if it needs it
            reference.begin()
        yield Ahead(version, reference if reference.runs else None)
