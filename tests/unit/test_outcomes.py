"""The table of endings: what follows from each is said the same everywhere."""

from __future__ import annotations

import errno
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.errors import (
    NO_MORE_PROCESSES,
    CourseError,
    GraderError,
    MachineError,
    NotGraded,
    UsageError,
    lack,
    no_process,
    own_fault,
)
from grader.outcomes import Ending, Outcome
from grader.report.model import Verdict, ending_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parents[2] / "docs/teacher.md").read_text(encoding="utf-8")


def test_the_teachers_page_has_the_table() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \| (.+) \|$", PAGE, re.MULTILINE)
    assert rows == [(str(row.exit_code), str(row.outcome), row.value.meaning) for row in Ending]


@pytest.mark.parametrize(
    ("error", "code", "outcome"),
    [
        (GraderError("x"), 3, Outcome.ERRORED),
        (MachineError("x"), 3, Outcome.ERRORED),
        (UsageError("x"), 2, Outcome.ERRORED),
        (CourseError("x"), 2, Outcome.ERRORED),
        (NotGraded("x"), 2, Outcome.NOT_GRADED),
    ],
)
def test_what_follows_from_an_error(error: GraderError, code: int, outcome: Outcome) -> None:
    assert (error.exit_code, error.outcome) == (code, outcome)


def test_every_error_has_its_row() -> None:
    def classes(known: type[GraderError]) -> Iterator[type[GraderError]]:
        yield known
        for below in known.__subclasses__():
            yield from classes(below)

    assert {known.ending for known in classes(GraderError)} <= set(Ending) - {
        Ending.PASSED,
        Ending.FAILED,
    }


@pytest.mark.parametrize(
    ("verdict", "code", "outcome"),
    [
        (Verdict.PASSED, 0, Outcome.GRADED),
        (Verdict.FAILED, 1, Outcome.GRADED),
        (Verdict.ERRORED, 3, Outcome.ERRORED),
        (Verdict.SKIPPED, 3, Outcome.ERRORED),
    ],
)
def test_what_follows_from_a_verdict(verdict: Verdict, code: int, outcome: Outcome) -> None:
    assert (ending_of(verdict).exit_code, ending_of(verdict).outcome) == (code, outcome)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EMFILE, "x"), "ulimit -n"),
        (OSError(errno.ENFILE, "x"), "cannot open more files"),
        (OSError(errno.ENOMEM, "x"), "no memory"),
        (MemoryError(), "the grader ran out of memory"),
        (OSError(errno.ENOBUFS, "x"), "no memory left for connections"),
        (OSError(errno.EADDRNOTAVAIL, "x"), "no port left"),
        (OSError(errno.ENOSPC, "x", "/tmp/a"), "no space left for the grader's files: /tmp/a"),
        (OSError(errno.EDQUOT, "x"), "disk quota"),
        (OSError(errno.EROFS, "x", "/tmp/a"), "read-only file system: /tmp/a"),
        (RuntimeError("can't start new thread"), "ulimit -u"),
    ],
)
def test_what_the_machine_lacks(error: Exception, words: str) -> None:
    assert words in lack(error)
    assert isinstance(own_fault(error), MachineError)
    assert str(own_fault(error)) == lack(error)


@pytest.mark.parametrize(
    "error",
    [
        None, ValueError("x"), RuntimeError("x"), OSError("out of pty devices"),
        PermissionError(errno.EACCES, "x"), ConnectionResetError(errno.ECONNRESET, "x"),
        ConnectionRefusedError(errno.ECONNREFUSED, "x"), BlockingIOError(errno.EAGAIN, "x"),
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_machine(error: Exception | None) -> None:
    assert lack(error) == ""
    if error is not None:
        assert str(own_fault(error)).startswith("an error in the grader itself: ")


def test_no_process() -> None:
    """EAGAIN means so where one is started, and nowhere else."""
    assert no_process(BlockingIOError(errno.EAGAIN, "x")) == NO_MORE_PROCESSES
    assert no_process(OSError(errno.EMFILE, "x")) == lack(OSError(errno.EMFILE, "x"))
    assert no_process(PermissionError(errno.EPERM, "x")) == ""
