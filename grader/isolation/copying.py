"""A private copy of a submission's directory, where the kernel has no copy-on-write view of it."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import shutil
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.isolation.user import User

_MOST_BYTES: Final = 512 << 20
_MOST_NAMES: Final = 50_000
_DEEPEST: Final = 200


def copy_tree(
    source: Path,
    target: Path,
    skip: Callable[[os.DirEntry[str]], bool],
    user: User | None = None,
    *,
    original: Path,
) -> None:
    """Copy plain files, directories and symlinks (as they are); sockets, FIFOs and devices are left
    out.

    What may not be read is left out too, and what is to be skipped. The copy is `user`'s.
    `original` is what the learner knows of `source`: itself, or the directory whose build left it.
    Raises `NotGraded` when there is too much of it, before anything is copied: to remove that again
    would take its time.
    """
    try:
        if _is_too_much(source, skip):
            raise _too_much(source, original)
        target.mkdir(parents=True)
        _copy_access(source, target, user)
        for path, entry in _walk(source, skip):
            with contextlib.suppress(FileNotFoundError, PermissionError):
                _copy(entry, target / path, user)
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _too_much(source, original) from error
        raise


def _is_too_much(source: Path, skip: Callable[[os.DirEntry[str]], bool]) -> bool:
    size = 0
    for count, (path, entry) in enumerate(_walk(source, skip), 1):
        with contextlib.suppress(FileNotFoundError):
            size += (
                entry.stat(follow_symlinks=False).st_size
                if entry.is_file(follow_symlinks=False)
                else 0
            )
        if size > _MOST_BYTES or count > _MOST_NAMES or path.count("/") >= _DEEPEST:
            return True
    return False


def _too_much(source: Path, original: Path) -> NotGraded:
    built = "" if source == original else " after its build"
    return NotGraded(
        f"{original} is too large to copy{built} (over {_MOST_BYTES >> 20} MiB, {_MOST_NAMES} files"
        f" or {_DEEPEST} directories in one another); put the submission in a directory of its own"
    )


def _copy(entry: os.DirEntry[str], place: Path, user: User | None) -> None:
    if entry.is_dir(follow_symlinks=False):
        place.mkdir()
        _copy_access(Path(entry.path), place, user)
    elif entry.is_symlink():
        place.symlink_to(os.readlink(entry.path))
    elif entry.is_file(follow_symlinks=False):
        shutil.copy2(entry.path, place, follow_symlinks=False)
        if user is not None:
            user.owns(place)


def _copy_access(source: Path, target: Path, user: User | None) -> None:
    """Who may do what in a directory that was made."""
    if user is not None:
        target.chmod(source.stat().st_mode & 0o777)
        user.owns(target)


def _walk(
    source: Path, skip: Callable[[os.DirEntry[str]], bool]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything below a directory with its path from there, a directory before what is in it."""
    waiting = deque([""])
    while waiting:
        folder = waiting.popleft()
        entries: list[os.DirEntry[str]] = []
        with (
            contextlib.suppress(FileNotFoundError, PermissionError),
            os.scandir(source / folder) as found,
        ):
            # closed before anything is yielded
            entries = [*itertools.islice(found, _MOST_NAMES + 1)]
        for entry in entries:
            if skip(entry):
                continue
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{path}/")
            yield path, entry
