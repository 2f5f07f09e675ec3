"""What of a directory belongs to a submission: its entries in a fixed order, within bounds."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded
from grader.intake.bounds import BOUNDS, Bounds
from grader.isolation.scratch import is_scratch_name
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

_RECORDS: Final = ".grade"
_NOT_KEPT: Final = os.path.join(_RECORDS, "progress.json")
JUNK: Final = frozenset(
    [".git", "__MACOSX", ".DS_Store", "__pycache__", "Thumbs.db", "desktop.ini"]
)
"""What systems and tools leave beside files; no program needs it. A `.git` may hold a token."""


class Entry(Value, frozen=True):
    """name: from the top, with `/`. path: where it lies. link: where a symlink leads. runs: whether
    its owner may run it. size: of a file, in bytes. is_pipe: a named one, which nobody reads."""

    name: str
    path: str
    is_directory: bool = False
    link: str | None = None
    runs: bool = False
    size: int = 0
    is_pipe: bool = False


def entries(
    directory: Path, hidden: Collection[str] = (), bounds: Bounds = BOUNDS
) -> Iterator[Entry]:
    """Directories, regular files, symlinks and named pipes below this directory, a directory before
    what is in it, each directory sorted by the bytes of its names. Nothing is followed; what cannot
    be read, sockets and devices are left out, and so is what no submission sees, what systems leave
    beside files, and the paths in `hidden`. Raises `NotGraded` beyond the bounds."""
    left = _Left(directory, bounds)
    waiting = [("", str(directory), 0)]
    while waiting:
        prefix, place, depth = waiting.pop()
        folders = []
        for found in _sorted(place, bounds.names):
            if _is_left_out(found, hidden):
                continue
            entry = _entry(f"{prefix}{found.name}", found, directory)
            if entry is None or entry.name == _NOT_KEPT:
                continue
            left.take(entry, depth)
            if not (entry.is_directory and entry.name == _RECORDS):  # it may be empty
                yield entry
            if entry.is_directory:
                folders.append((f"{entry.name}/", entry.path, depth + 1))
        waiting += reversed(folders)


def is_junk(name: str) -> bool:
    """Whether what is called so is no part of a submission. `.grade` is: the cases in it are
    judged, and the program does not see it."""
    return name in JUNK


def _is_left_out(found: os.DirEntry[str], hidden: Collection[str]) -> bool:
    return is_junk(found.name) or is_scratch_name(found.name) or found.path in hidden


def _sorted(place: str, most: int) -> list[os.DirEntry[str]]:
    with contextlib.suppress(FileNotFoundError, PermissionError), os.scandir(place) as found:
        kept = [entry for entry, _ in zip(found, range(most + 1), strict=False)]
        return sorted(kept, key=lambda entry: os.fsencode(entry.name))
    return []


def _entry(name: str, found: os.DirEntry[str], top: Path) -> Entry | None:
    with contextlib.suppress(FileNotFoundError):
        if found.is_symlink():
            return Entry(name, found.path, link=_led_to(found.path, top))
        if found.is_dir(follow_symlinks=False):
            return Entry(name, found.path, is_directory=True)
        seen = found.stat(follow_symlinks=False)
        if stat.S_ISFIFO(seen.st_mode):
            return Entry(name, found.path, is_pipe=True)
        if stat.S_ISREG(seen.st_mode) and os.access(found.path, os.R_OK):
            runs = bool(seen.st_mode & stat.S_IXUSR)
            return Entry(name, found.path, runs=runs, size=seen.st_size)
    return None


def _led_to(path: str, top: Path) -> str:
    """Where a link leads, so that it leads there from another place, too: what lies in the
    directory is named from the link, what lies elsewhere by its whole path."""
    text, folder = os.readlink(path), os.path.dirname(path)
    place = os.path.normpath(os.path.join(folder, text))
    inside = place == str(top) or place.startswith(f"{top}/")
    if not inside:
        return place
    from_top = os.path.normpath(os.path.join(os.path.relpath(folder, top), text))
    leaves = os.path.isabs(text) or from_top.split("/")[0] == os.pardir
    return os.path.relpath(place, folder) if leaves else text


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
