"""Whose fault it is when a program could not be started: by the words of bubblewrap, and by what
contains it."""

from __future__ import annotations

import errno
import os

import pytest

from grader.errors import NO_MORE_PROCESSES, GraderError, MachineError, NotGraded
from grader.program.spawn import not_begun, spawn


@pytest.mark.parametrize(
    ("said", "kind", "says"),
    [
        (
            "bwrap: execvp /srv/server: No such file or directory",
            NotGraded,
            ": No such file or directory",
        ),
        ("bwrap: execvp ./a: b: Permission denied", NotGraded, ": Permission denied"),
        (
            "bwrap: execvp /srv/server: Cannot allocate memory",
            MachineError,
            ": this machine has no memory left",
        ),
        (
            "bwrap: fork for pid 1: Resource temporarily unavailable",
            MachineError,
            f": {NO_MORE_PROCESSES}",
        ),
        (
            "bwrap: Can't find source path /srv: No such file or directory",
            MachineError,
            "No such file or directory",
        ),
        (
            "bwrap: No permissions to create new namespace",
            MachineError,
            '; its last output was "bwrap: No permissions to',
        ),
        ("", MachineError, "it cannot be started"),
    ],
)
def test_what_bubblewrap_says(said: str, kind: type[GraderError], says: str) -> None:
    found = not_begun("it", f"{said}\r\n".encode())
    assert type(found) is kind
    assert str(found).startswith("it cannot be started")
    assert says in str(found)


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.EAGAIN, NO_MORE_PROCESSES), (errno.EPERM, "Operation not permitted")],
)
def test_what_cannot_be_contained(number: int, says: str) -> None:
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(MachineError, match=r"^cannot contain /bin/true: ") as found:
        spawn(["/bin/true"], None, {}, [fail])
    assert says in str(found.value)
