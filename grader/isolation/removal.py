"""Removes what a program nobody trusts has left behind, however deep, locked or many its
directories are."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from grader.system.untrusted_files import open_directory, unlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_DIRECTORIES: Final = 1 << 20
"""In one go: what still runs could make new ones for as long as we look for them."""


def remove(place: Path) -> None:
    """Remove a directory with everything in it. Nothing is followed; what cannot be removed stays.

    `shutil.rmtree` goes down one call and one descriptor a level, and gives up in a deep tree: here
    every directory that is found is first moved to the top.
    """
    with contextlib.suppress(OSError), opened(str(place)) as top:
        remove_opened(place, top)


def remove_opened(place: Path, top: int) -> None:
    """The same for a directory that is open already, as `top`: what has its name by now stays."""
    with contextlib.suppress(OSError):
        os.fchmod(top, 0o700)
        _empty(top)
        place.rmdir()


def _empty(top: int) -> None:
    own = os.urandom(8).hex()
    names = (f"{own}-{number}" for number in range(_MOST_DIRECTORIES))
    waiting = _clear(top, top, names)
    while waiting:
        name = waiting.pop()
        with contextlib.suppress(OSError):
            with opened(name, top) as folder:
                os.fchmod(folder, 0o700)
                waiting += _clear(folder, top, names)
            os.rmdir(name, dir_fd=top)


def _clear(folder: int, top: int, names: Iterator[str]) -> list[str]:
    """Remove the files of a directory, and move its directories to the top: the names that they
    have there."""
    moved = []
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        with contextlib.suppress(OSError):
            if not entry.is_dir(follow_symlinks=False):
                os.unlink(entry.name, dir_fd=folder)
            elif name := next(names, None):
                _move(entry.name, folder, name, top)
                moved.append(name)
    return moved


def _move(name: str, folder: int, other: str, top: int) -> None:
    try:
        os.rename(name, other, src_dir_fd=folder, dst_dir_fd=top)
    except PermissionError:  # one that may not be written to cannot be moved
        unlock(name, folder)
        os.rename(name, other, src_dir_fd=folder, dst_dir_fd=top)


@contextlib.contextmanager
def opened(name: str, folder: int | None = None) -> Iterator[int]:
    """A directory, never through a symlink, even if it is locked to us; closed with the context."""
    try:
        descriptor = open_directory(name, folder)
    except PermissionError:
        unlock(name, folder)
        descriptor = open_directory(name, folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
