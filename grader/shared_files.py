"""The directory a server is given with --directory, and what lies beside it and must never be touched."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from grader.diagnosis import explain_limit

_READ_LIMIT = 64 << 20
_COMPARED = 4096  # bytes at a time: one by one is slow for megabytes


class SharedFiles:
    """`root` holds `public/`, which the server is given, and whatever a check puts outside of it.

    hand_over: makes the server's user the owner of what is put here, where that is another one.
    own_disk: whether only the server can fill it.
    The server writes here too, so nothing found is followed: no symlink, no FIFO, no device, nothing endless.
    """

    def __init__(
        self, root: Path, hand_over: Callable[[Path | int], None] | None = None, *, own_disk: bool = False
    ) -> None:
        self.root = root
        self._own_disk = own_disk
        self._hand_over = hand_over
        self.directory = root / "public"
        self.directory.mkdir(exist_ok=True)
        self.give(self.root, self.directory)

    def give(self, *places: Path | int) -> None:
        """Make paths, or open files by their descriptors, the server's own."""
        if self._hand_over is not None:
            for place in places:
                self._hand_over(place)

    def put(self, name: str, content: bytes) -> Path:
        """A file in the served directory."""
        return self._write(self.directory / name, content)

    def put_outside(self, name: str, content: bytes) -> Path:
        """A file beside the served directory."""
        return self._write(self.root / name, content)

    def link(self, name: str, target: Path) -> Path:
        """A symlink in the served directory."""
        path = self.directory / name
        path.symlink_to(target)
        return path

    def _write(self, path: Path, content: bytes) -> Path:
        missing = [parent for parent in path.parents if not parent.exists()]
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            if self._own_disk and error.errno == errno.ENOSPC:
                raise explain_limit("has filled the disk that its directory is on") from error
            raise
        self.give(*missing, path)
        return path

    def read(self, name: str) -> bytes | None:
        """What the served directory holds under this name; `None` when there is no such regular file."""
        return _regular(self.directory / name)

    def names(self) -> set[str]:
        """Every name below the root, directories ending in "/"."""
        found: set[str] = set()
        for folder, folders, files in os.walk(self.root):
            below = os.path.relpath(folder, self.root)
            found.update(os.path.normpath(os.path.join(below, name)) + "/" for name in folders)
            found.update(os.path.normpath(os.path.join(below, name)) for name in files)
        return found

    def everything(self) -> dict[str, bytes | None]:
        """Every name below the root, directories ending in "/", with the bytes of its regular files."""
        return {name: None if name.endswith("/") else _regular(self.root / name) for name in sorted(self.names())}


def first_difference(expected: bytes, actual: bytes) -> int:
    """The first offset at which the two differ, which is the shorter one's length when it begins the other."""
    size = min(len(expected), len(actual))
    for start in range(0, size, _COMPARED):
        one, other = (data[start : min(start + _COMPARED, size)] for data in (expected, actual))
        if one != other:
            return next(start + at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1])
    return size


def _regular(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return None
    with open(descriptor, "rb") as stream:
        return stream.read(_READ_LIMIT)
