"""What is wrong on our side of the table: the course, the machine, the command line. Never costs a point."""

from __future__ import annotations

from grader.memory import EXHAUSTED


class GraderError(Exception):
    """One sentence for the person who runs the grader; exit code 3 unless a subclass says otherwise."""

    exit_code = 3


class UsageError(GraderError):
    """The command line asks for something that is not there (exit code 2)."""

    exit_code = 2


class CourseError(GraderError):
    """The course itself is broken (exit code 2): says which file and line, and the nearest right word.

    file: the path as it should be printed; line: counted from 1, or None where no line is to blame.
    """

    exit_code = 2

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        super().__init__(place + message)
        self.file = file
        self.line = line


class MachineError(GraderError):
    """The machine does not give what grading needs: a port is taken, a process cannot be started (exit code 3)."""


def own_fault(error: Exception) -> str:
    """What is said of an error that nobody thought of: it is one of the grader's, whoever set it off."""
    return (
        EXHAUSTED
        if isinstance(error, MemoryError)
        else f"an error in the grader itself: {type(error).__name__}: {error}"
    )
