"""Locks on directories (flock(2)): while a process holds the one on its directory, others see that
it lives.

The kernel lets go of a lock when its holder has ended, however that came, and in whatever process
namespace it was.
"""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Final

from grader.errors import MachineError
from grader.system.untrusted_files import open_directory

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_TRIES: Final = 100


def make_locked(name: Callable[[], Path]) -> tuple[Path, int]:
    """A new directory, and the descriptor that holds its lock. Raises OSError, and `MachineError`.

    name: a name for it. Whoever removes what nobody holds may find it before it is locked: then
    another one is made.
    """
    for _ in range(_TRIES):
        directory = name()
        directory.mkdir(mode=0o700)
        try:
            descriptor = open_directory(directory)
        except FileNotFoundError:
            continue
        if lock(descriptor, otherwise=True) and _is_there(directory, descriptor):
            return directory, descriptor
        os.close(descriptor)
    raise MachineError(
        f"other runs keep removing the directories that this run makes in {directory.parent}"
    )


def lock(descriptor: int, *, otherwise: bool = False) -> bool:
    """Hold the lock of an open directory until it is closed; whether nobody else holds it.
    otherwise: the answer where a file system knows no locks."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return otherwise
    return True


def _is_there(directory: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.lstat(directory), os.fstat(descriptor))
    except FileNotFoundError:
        return False
