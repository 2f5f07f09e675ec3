"""Starts a program on a terminal of its own, under pexpect, and says whose fault it is when that
does not work."""

from __future__ import annotations

import errno
import os
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

import pexpect

from grader.diagnosis import last_words
from grader.errors import GraderError, MachineError, NotGraded, lack, no_process
from grader.system.signals import held, release

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_ISOLATION = "isolation: "
_NO_PTY = "out of pty devices"
_OF_THE_FILE = frozenset(
    [errno.ENOENT, errno.ENOEXEC, errno.EACCES, errno.EPERM, errno.ENOTDIR, errno.ELOOP,
     errno.EISDIR, errno.E2BIG, errno.ETXTBSY, errno.EINVAL,
     *([errno.ELIBBAD] if hasattr(errno, "ELIBBAD") else [])]
)  # fmt: skip
"""What execve(2) says of a file that is no program."""


def spawn(
    command: Sequence[str],
    directory: Path | None,
    environment: Mapping[str, str],
    steps: Sequence[Callable[[], None]],
) -> pexpect.spawn[Any]:
    """A child on a terminal of its own, with nothing of ours but what is given.

    directory: where it runs; `None` when one of the `steps`, which are taken in the child before
    the program begins, takes it there. Raises `NotGraded` when it is no program, and `MachineError`
    when a step fails or something lacks.
    """
    try:
        # forkpty from a process with threads: the child only execs
        with held(), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            process = pexpect.spawn(
                command[0], list(command[1:]), cwd=directory and str(directory),
                env=dict(environment), echo=False, preexec_fn=partial(_begin, steps),
            )  # fmt: skip
    except (pexpect.ExceptionPexpect, OSError) as error:
        raise _cannot_start(command[0], error) from error
    # pexpect's own pauses cost 100 ms a launch; killing and reaping is done here
    process.delayafterclose = process.ptyproc.delayafterclose = 0  # type: ignore[attr-defined]
    return process


def _begin(steps: Sequence[Callable[[], None]]) -> None:
    """In the child, before the program; it gets the signals of an ordinary one."""
    try:
        for step in steps:
            step()
    except OSError as error:
        raise OSError(error.errno, f"{_ISOLATION}{error.strerror or error}") from error
    release()


def _cannot_start(program: str, error: Exception) -> GraderError:
    """A machine that cannot contain is one thing, and one that lacks something; a file that is no
    program is another: its interpreter is not there, it is for another system, or it is not
    executable."""
    text = str(error)
    if _ISOLATION in text:
        words = text.partition(_ISOLATION)[2]
        return MachineError(f"cannot contain {program}: {no_process(_last_error(words)) or words}")
    if isinstance(error, pexpect.ExceptionPexpect) or getattr(error, "errno", None) in _OF_THE_FILE:
        number = getattr(error, "errno", None)
        return NotGraded(
            f"{os.path.basename(program)} cannot be started:"
            f" {os.strerror(number) if number else text}"
        )
    return MachineError(
        f"{program} cannot be started: {_no_terminal() if _NO_PTY in text else _lacks(error)}"
    )


def not_begun(who: str, said: bytes) -> GraderError:
    """What follows from the words of bubblewrap when it could not start a program: bwrap(1) names
    what it has tried, and the last try is execve(2)."""
    words = said.decode(errors="replace").strip()
    error = _last_error(words)
    if words.startswith("bwrap: execvp ") and error.errno in _OF_THE_FILE:
        return NotGraded(f"{who} cannot be started: {error.strerror}")
    lacks = no_process(error)
    why = f": {lacks}" if lacks else f"; {last_words(said)}"
    return MachineError(f"{who} cannot be started{why}")


def _last_error(words: str) -> OSError:
    """The error whose words these end with, errno(3); one without a number if there is none."""
    found = next((number for number in errno.errorcode if words.endswith(os.strerror(number))), 0)
    return OSError(found, os.strerror(found))


def _lacks(error: Exception) -> str:
    return (no_process(error) if isinstance(error, OSError) else lack(error)) or str(error)


def _no_terminal() -> str:
    """What keeps us from a terminal for it; the standard library says that there is none, whatever
    the reason."""
    try:
        for descriptor in os.openpty():
            os.close(descriptor)
    except OSError as error:
        # which posix_openpt(3) says when there are as many as there may be
        if error.errno != errno.ENOSPC:
            return lack(error) or f"this machine gives it no terminal: {error.strerror}"
    return "this machine has no terminal left for it (kernel.pty.max)"
