"""Removes what a program nobody trusts has left behind, however deep, locked or many its directories are."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path


def remove(place: Path) -> None:
    """Remove a directory with everything in it. Nothing is followed; what cannot be removed stays.

    `shutil.rmtree` goes down one call and one descriptor a level, and gives up in a deep tree: here every directory
    that is found is first moved to the top. Whoever could write to it must be dead.
    """
    with contextlib.suppress(OSError):
        place.chmod(0o700)
        with _opened(str(place)) as top:
            _empty(top)
        place.rmdir()


def _empty(top: int) -> None:
    own = os.urandom(8).hex()
    names = (f"{own}-{number}" for number in itertools.count())
    waiting = _clear(top, top, names)
    while waiting:
        name = waiting.pop()
        with contextlib.suppress(OSError):
            with _opened(name, top) as folder:
                waiting += _clear(folder, top, names)
            os.rmdir(name, dir_fd=top)


def _clear(folder: int, top: int, names: Iterator[str]) -> list[str]:
    """Remove the files of a directory, and move its directories to the top: the names that they have there."""
    moved = []
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                os.chmod(entry.name, 0o700, dir_fd=folder)  # a locked one can neither be moved nor looked into
                os.rename(entry.name, name := next(names), src_dir_fd=folder, dst_dir_fd=top)
                moved.append(name)
            else:
                os.unlink(entry.name, dir_fd=folder)
    return moved


@contextlib.contextmanager
def _opened(name: str, folder: int | None = None) -> Iterator[int]:
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
