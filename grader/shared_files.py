"""The directory a server is given with --directory, and what lies beside it and must never be touched."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_READ_LIMIT = 64 << 20


class SharedFiles:
    """`root` holds `public/`, which the server is given, and whatever a check puts outside of it.

    The server writes here too, so nothing found is followed: no symlink, no FIFO, no device, nothing endless.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.directory = root / "public"
        self.directory.mkdir(exist_ok=True)

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
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def read(self, name: str) -> bytes | None:
        """What the served directory holds under this name; `None` when there is no such regular file."""
        return _regular(self.directory / name)

    def everything(self) -> dict[str, bytes | None]:
        """Every name below the root, directories ending in "/", with the bytes of its regular files."""
        found: dict[str, bytes | None] = {}
        for folder, folders, files in os.walk(self.root):
            for name in folders:
                found[f"{os.path.relpath(os.path.join(folder, name), self.root)}/"] = None
            for name in files:
                path = Path(folder, name)
                found[str(path.relative_to(self.root))] = _regular(path)
        return found


def first_difference(expected: bytes, actual: bytes) -> int:
    """The first offset at which the two differ, which is the shorter one's length when it begins the other."""
    for offset, (one, other) in enumerate(zip(expected, actual, strict=False)):
        if one != other:
            return offset
    return min(len(expected), len(actual))


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
