"""What of a directory belongs to a submission: its entries in a fixed order, within bounds."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded
from grader.intake.bounds import BOUNDS, Bounds
from grader.isolation.left_out import NAMES
from grader.isolation.scratch import is_scratch_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

JUNK: Final = frozenset(["__MACOSX", ".DS_Store", "__pycache__", "Thumbs.db", "desktop.ini"])
"""What systems leave beside files; no program needs it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """name: from the top, with `/`. path: where it lies. link: where a symlink leads. runs: whether
    its owner may run it. size: of a file, in bytes."""

    name: str
    path: str
    is_directory: bool = False
    link: str | None = None
    runs: bool = False
    size: int = 0


def entries(
    directory: Path, hidden: Collection[str] = (), bounds: Bounds = BOUNDS
) -> Iterator[Entry]:
    """Directories, regular files and symlinks below this directory, a directory before what is in
    it, each directory sorted by the bytes of its names. Nothing is followed; what cannot be read,
    sockets, pipes and devices are left out, and so is what no submission sees (`.git`, `.grade`),
    `JUNK`, and the paths in `hidden`. Raises `NotGraded` beyond the bounds."""
    left = _Left(directory, bounds)
    waiting = [("", str(directory), 0)]
    while waiting:
        prefix, place, depth = waiting.pop()
        folders = []
        for found in _sorted(place, bounds.names):
            if _is_left_out(found, hidden):
                continue
            entry = _entry(f"{prefix}{found.name}", found)
            if entry is None:
                continue
            left.take(entry, depth)
            yield entry
            if entry.is_directory:
                folders.append((f"{entry.name}/", entry.path, depth + 1))
        waiting += reversed(folders)


def is_junk(name: str) -> bool:
    """Whether what is called so is no part of a submission."""
    return name in NAMES or name in JUNK


def _is_left_out(found: os.DirEntry[str], hidden: Collection[str]) -> bool:
    return is_junk(found.name) or is_scratch_name(found.name) or found.path in hidden


def _sorted(place: str, most: int) -> list[os.DirEntry[str]]:
    with contextlib.suppress(FileNotFoundError, PermissionError), os.scandir(place) as found:
        kept = [entry for entry, _ in zip(found, range(most + 1), strict=False)]
        return sorted(kept, key=lambda entry: os.fsencode(entry.name))
    return []


def _entry(name: str, found: os.DirEntry[str]) -> Entry | None:
    with contextlib.suppress(FileNotFoundError):
        if found.is_symlink():
            return Entry(name, found.path, link=os.readlink(found.path))
        if found.is_dir(follow_symlinks=False):
            return Entry(name, found.path, is_directory=True)
        seen = found.stat(follow_symlinks=False)
        if stat.S_ISREG(seen.st_mode) and os.access(found.path, os.R_OK):
            runs = bool(seen.st_mode & stat.S_IXUSR)
            return Entry(name, found.path, runs=runs, size=seen.st_size)
    return None


class _Left:
    """What of the bounds is left."""

    def __init__(self, directory: Path, bounds: Bounds) -> None:
        self._directory = directory
        self._bounds = bounds
        self._size, self._names = bounds.size, bounds.names

    def take(self, entry: Entry, depth: int) -> None:
        self._size -= entry.size
        self._names -= 1
        is_deep = depth >= self._bounds.depth or len(os.fsencode(entry.name)) > self._bounds.path
        if self._size < 0 or self._names < 0 or is_deep:
            raise NotGraded(
                f"{self._directory} {self._bounds.refusal()}; put the submission in a directory of"
                " its own"
            )
