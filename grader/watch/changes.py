"""Which files have changed: told by the operating system, or looked for where it does not tell."""

from __future__ import annotations

import os
import threading
from functools import partial
from pathlib import Path, PurePath
from typing import Final, Self

import psutil
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from grader.system.signals import held
from grader.watch.polling import Polling

POLL_MS: Final = 300
_STEP_MS: Final = 20
_GROUPED_MS: Final = 60
_IGNORED: Final = frozenset({
    ".grade", ".git", ".hg", ".svn", "__pycache__", "node_modules", ".venv", "venv", "target",
    ".idea", ".vscode", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis", ".DS_Store",
    "4913",
})  # fmt: skip
"""4913 is what vim creates to see whether it may."""
_IGNORED_ENDS: Final = (".pyc", ".pyo", ".swp", ".swo", ".swx", "~", ".tmp", ".class", ".o")
_REMOTE: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "afs", "ncpfs")


def matters(path: PurePath, directory: PurePath) -> bool:
    """Whether a change of this file may change what the program does."""
    if not path.is_relative_to(directory):
        return False
    parts = path.relative_to(directory).parts
    if not parts or _IGNORED & set(parts):
        return False
    name = parts[-1]
    return not (name.endswith(_IGNORED_ENDS) or name.startswith((".#", "#", ".goutputstream")))


def does_not_tell(directory: Path) -> str:
    """Why the system tells of no changes in this directory: what kind of file system it is on;
    empty if it does."""
    places = [
        (len(part.mountpoint), part.fstype)
        for part in psutil.disk_partitions(all=True)
        if directory.is_relative_to(part.mountpoint)
    ]
    kind = max(places, default=(0, ""))[1]
    return kind if kind in _REMOTE or kind.startswith("fuse.") else ""


class Changes:
    """The changes below a directory, gathered by a thread. Use as a context manager; `select` on
    it.

    polling: look every 300 ms instead of being told. note: what the user should know about it, or
    nothing.
    """

    def __init__(self, directory: Path, *, polling: bool) -> None:
        self._directory = directory
        self._reading, self._writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._stopping = threading.Event()
        self.note = ""
        with held():  # its threads leave the signals to us
            self._notify = self._started(polling=polling)
            self._thread = threading.Thread(target=self._gather, daemon=True, name="changes")
            self._thread.start()

    def _started(self, *, polling: bool) -> RustNotify | Polling:
        kind = "" if polling else does_not_tell(self._directory)
        if polling or kind:
            self.note = f"looking for changes every {POLL_MS} ms" + (
                f": {kind} tells of none" if kind else ""
            )
            return self._polling()
        try:
            return RustNotify([str(self._directory)], False, False, POLL_MS, True, True)
        except (OSError, WatchfilesRustInternalError) as error:
            self.note = (
                f"looking for changes every {POLL_MS} ms: the system cannot tell of them ({error})"
            )
            return self._polling()

    def _polling(self) -> Polling:
        return Polling(self._directory, partial(matters, directory=self._directory), POLL_MS / 1000)

    def fileno(self) -> int:
        return self._reading

    def names(self) -> list[str]:
        """The files that have changed since the last call, as paths from the directory; each at
        most 200 characters."""
        try:
            raw = os.read(self._reading, 1 << 16)
        except BlockingIOError:
            return []
        return [os.fsdecode(name)[:200] for name in raw.split(b"\0") if name]

    def _gather(self) -> None:
        while True:
            found = self._notify.watch(_GROUPED_MS, _STEP_MS, 0, self._stopping)
            if isinstance(found, str):
                return
            for path in sorted({PurePath(path) for _, path in found}):
                if matters(path, self._directory):
                    self._put(os.fsencode(path.relative_to(self._directory)) + b"\0")

    def _put(self, name: bytes) -> None:
        try:
            os.write(self._writing, name[:4096])
        except BlockingIOError:  # it is full of names: one more changes nothing
            return

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._notify.close()
        os.close(self._reading)
        os.close(self._writing)
