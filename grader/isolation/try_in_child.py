"""Tries in a child process whether something works, so that nothing changes for us."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final, NoReturn

from grader.errors import Shortage, no_process
from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable

_LACKS: Final = 75  # an exit status: EX_TEMPFAIL of sysexits(3head)
_OF_THE_MOMENT: Final = frozenset([errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOMEM])


def nothing() -> None:
    """What is done meanwhile, unless something is."""


def reason(trial: Callable[[], None], *meanwhile: Callable[[], object]) -> str:
    """Run the trial in a child: the empty string when it worked, else the error in words.

    meanwhile: what we do while the child does that; what it raises is raised here, too. Raises
    `Shortage` when the machine lacks something just now, which says nothing of what is tried.
    """
    read, write = _pipe()
    # the child never gets out of here: what ends it early would come out as if it were our own end
    with held():
        child = _fork()
        if not child:
            _try(trial, write)
    os.close(write)
    try:
        for work in meanwhile:
            work()
    finally:
        with open(read, "rb") as pipe:
            said = pipe.read().decode(errors="replace")
        status = os.waitpid(child, 0)[1]
    if status and os.waitstatus_to_exitcode(status) == _LACKS:
        raise Shortage(said)
    return said or (f"the process that tried it {_ended(status)}" if status else "")


def _ended(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return f"ended with status {code}" if code >= 0 else f"was ended by signal {-code}"


def _pipe() -> tuple[int, int]:
    try:
        return os.pipe()
    except OSError as error:
        raise Shortage(no_process(error)) from error


def _fork() -> int:
    try:
        return os.fork()
    except OSError as error:
        raise Shortage(no_process(error)) from error


def _shortage(error: BaseException) -> str:
    if isinstance(error, OSError) and error.errno in _OF_THE_MOMENT:
        return no_process(error)
    return str(error) if isinstance(error, Shortage) else ""


def _try(trial: Callable[[], None], write: int) -> NoReturn:
    try:
        trial()
    except BaseException as error:  # whatever it is, it must not unwind into the parent's code
        lacks = _shortage(error)
        said = lacks or getattr(error, "strerror", None) or str(error) or type(error).__name__
        os.write(write, said.encode()[:500])
        os._exit(_LACKS if lacks else 0)
    os._exit(0)
