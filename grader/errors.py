"""Why a submission cannot be judged: the course, the machine, the command line, or that there is
nothing to judge yet.

Never costs a point. What follows from each class stands in `grader.outcomes`.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from grader.outcomes import Ending, Outcome
from grader.own_memory import EXHAUSTED

if TYPE_CHECKING:
    from collections.abc import Iterator


class GraderError(Exception):
    """One sentence for the person who runs the grader."""

    ending = Ending.ERRORED

    @property
    def exit_code(self) -> int:
        return self.ending.exit_code

    @property
    def outcome(self) -> Outcome:
        return self.ending.outcome


class UsageError(GraderError):
    """The command line asks for something that is not there."""

    ending = Ending.MISUSED


class CourseError(GraderError):
    """The course itself is broken: says which file and line, and the nearest right word.

    file: the path as it should be printed; line: counted from 1, or None where no line is to blame.
    """

    ending = Ending.MISUSED

    def __init__(self, message: str, *, file: str | None = None, line: int | None = None) -> None:
        place = ":".join(str(part) for part in (file, line) if part) if file else ""
        super().__init__(f"{place}: {message}" if place else message)
        self.file = file
        self.line = line


class NotGraded(UsageError):
    """What is handed in is nothing to grade, and the learner can change that: no program is found,
    it cannot be started, its build fails, it leads out of its directory. said: the end of what the
    build printed."""

    ending = Ending.NOT_GRADED

    def __init__(self, message: str, said: bytes = b"") -> None:
        super().__init__(message)
        self.said = said


class MachineError(GraderError):
    """The machine does not give what grading needs: a port is taken, a process cannot be started, a
    tool is missing."""


class Shortage(MachineError):
    """The machine lacks just now what it has at other times: processes, memory, open files."""


_LACKS: Final = {
    errno.EMFILE: "the grader cannot open more files (ulimit -n)",
    errno.ENFILE: "this machine cannot open more files",
    errno.ENOMEM: "this machine has no memory left",
    errno.ENOBUFS: "this machine has no memory left for connections",
    errno.EADDRNOTAVAIL: "this machine has no port left for a client",
    errno.ENOSPC: "there is no space left for the grader's files",
    errno.EDQUOT: "the disk quota leaves no space for the grader's files",
    errno.EROFS: "the grader's files are on a read-only file system",
}
NO_MORE_PROCESSES: Final = "cannot start more processes and threads (ulimit -u)"


def lack(error: BaseException | None) -> str:
    """What the machine lacks, by an error that came out of the grader's own work; empty when it is
    another error.

    EAGAIN is not among them: of a socket it means something else. Where processes are started,
    `no_process` is asked.
    """
    if isinstance(error, MemoryError):
        return EXHAUSTED
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return NO_MORE_PROCESSES
    if not isinstance(error, OSError) or error.errno not in _LACKS:
        return ""
    name = error.filename2 or error.filename  # of a copy, where it was to be
    where = f": {name}" if isinstance(name, str) else ""
    return _LACKS[error.errno] + where


OWN_FAULT: Final = "an error in the grader itself"


def own_fault(error: Exception) -> GraderError:
    """What is said of an error that nothing in the grader has expected; the error is its cause."""
    if lacks := lack(error):
        return MachineError(lacks)
    fault = GraderError(f"{OWN_FAULT}: {type(error).__name__}: {error}")
    fault.__cause__ = error
    return fault


@contextmanager
def own_faults_said() -> Iterator[None]:
    """An error in here that nothing in the grader has expected is raised as `own_fault` says it."""
    try:
        yield
    except (GraderError, OSError):
        raise
    except Exception as error:
        raise own_fault(error) from error


def io_failed(error: OSError) -> str:
    """What is said of an error that ends the command line: without a file's name it comes from
    writing our output, and no space is left where that goes."""
    of_output = error.filename is None
    if not (of_output and error.errno == errno.ENOSPC) and (lacks := lack(error)):
        return lacks
    return (
        f"cannot {'write the output' if of_output else f'use {error.filename}'}:"
        f" {error.strerror or error}"
    )


def no_process(error: OSError) -> str:
    """What the machine lacks when a process could not be started."""
    return NO_MORE_PROCESSES if error.errno == errno.EAGAIN else lack(error)
