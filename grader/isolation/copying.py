"""A private copy of a submission's directory, for where the kernel offers no copy-on-write view of it."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from grader.errors import MachineError
from grader.isolation.user import User

_LIMIT_BYTES: Final = 512 << 20
_LIMIT_FILES: Final = 50_000


def copy_tree(source: Path, target: Path, skip: Callable[[os.DirEntry[str]], bool], user: User | None = None) -> None:
    """Copy plain files, directories and symlinks (as they are); sockets, FIFOs and devices are left out.

    What may not be read is left out too, and what is to be skipped. The copy is `user`'s. Raises `MachineError` when
    there is too much of it.
    """
    size = count = 0
    target.mkdir(parents=True)
    _copy_access(source, target, user)
    for entry, place in _walk(source, target, skip):
        with contextlib.suppress(FileNotFoundError, PermissionError):
            if entry.is_dir(follow_symlinks=False):
                _copy_access(Path(entry.path), place, user)
            elif entry.is_symlink():
                place.symlink_to(os.readlink(entry.path))
            elif entry.is_file():
                size += entry.stat().st_size
                count += 1
                if size > _LIMIT_BYTES or count > _LIMIT_FILES:
                    raise MachineError(
                        f"{source} is too large to copy (over {_LIMIT_BYTES >> 20} MiB or {_LIMIT_FILES} "
                        "files); put the submission in a directory of its own"
                    )
                shutil.copy2(entry.path, place)
                if user is not None:
                    user.owns(place)


def _copy_access(source: Path, target: Path, user: User | None) -> None:
    """Who may do what in a directory that was made."""
    if user is not None:
        target.chmod(source.stat().st_mode & 0o777)
        user.owns(target)


def _walk(
    source: Path, target: Path, skip: Callable[[os.DirEntry[str]], bool]
) -> Iterator[tuple[os.DirEntry[str], Path]]:
    try:
        entries = list(os.scandir(source))
    except PermissionError:
        return
    for entry in entries:
        place = target / entry.name
        if skip(entry):
            continue
        if entry.is_dir(follow_symlinks=False):
            place.mkdir()
            yield entry, place
            yield from _walk(Path(entry.path), place, skip)
        else:
            yield entry, place
