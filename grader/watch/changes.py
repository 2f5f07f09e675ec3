"""Which files have changed: told by the operating system, or looked for where it does not tell."""

from __future__ import annotations

import fcntl
import os
import signal
import threading
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, Self

import psutil
from watchfiles import watch

from grader.system.signals import held
from grader.watch.polling import Polling

if TYPE_CHECKING:
    from collections.abc import Iterable

POLL_MS: Final = 300
_POLLING: Final = f"looking for changes every {POLL_MS} ms"
_STEP_MS: Final = 10
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


def is_written(path: Path) -> bool:
    """Whether it is a file that nobody is still writing: the system grants no lease on one that is
    open for writing. False also where it cannot say so."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        # who opens it meanwhile makes the system send a signal: one that does nothing by default
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError:
        return False
    finally:
        os.close(file)  # and with it goes the lease
    return True


class _Asked:
    """What the watching library asks from time to time: whether to stop. It asks once it watches:
    a file that changes after that is told."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.to_stop = threading.Event()

    def is_set(self) -> bool:
        self.begun.set()
        return self.to_stop.is_set()


class Changes:
    """The changes below a directory, gathered by a thread. Use as a context manager; `select` on
    it.

    polling: look every 300 ms instead of being told. note: what the user should know about it, or
    nothing.
    """

    def __init__(self, directory: Path, *, polling: bool) -> None:
        self._directory = directory
        self._reading, self._writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._asked = _Asked()
        self.note = ""
        kind = "" if polling else does_not_tell(self._directory)
        with held():  # its threads leave the signals to us
            self._thread = threading.Thread(
                target=self._run, args=[bool(polling or kind)], daemon=True, name="changes"
            )
            self._thread.start()
        self._asked.begun.wait()
        if polling or kind:
            self.note = _POLLING + (f": {kind} reports none" if kind else "")

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

    def are_written(self, names: Iterable[str]) -> bool:
        """Whether one of these files is still there and nobody is writing one of those that are.
        Where the system tells of no changes, somebody may write far away: then never."""
        paths = [path for name in names if os.path.lexists(path := self._directory / name)]
        return bool(paths) and not self.note and all(map(is_written, paths))

    def _run(self, polling: bool) -> None:
        try:
            self._poll() if polling else self._gather()
        finally:
            self._asked.begun.set()  # nobody waits for a thread that has ended

    def _gather(self) -> None:
        """Put what the system tells of; look for it where it cannot tell."""
        try:
            for found in watch(
                self._directory, watch_filter=None, debounce=_GROUPED_MS, step=_STEP_MS,
                stop_event=self._asked, rust_timeout=0, debug=False, force_polling=False,
                ignore_permission_denied=True,
            ):  # fmt: skip
                self._put_all(path for _, path in found)
        except (OSError, RuntimeError) as error:  # so it says that there are no more watches
            self.note = f"{_POLLING}: the system cannot report them ({error})"
            self._poll()

    def _poll(self) -> None:
        polling = Polling(self._directory, partial(matters, directory=self._directory))
        self._asked.begun.set()
        for paths in polling.changes(self._asked.to_stop, POLL_MS / 1000):
            self._put_all(paths)

    def _put_all(self, paths: Iterable[str]) -> None:
        for path in sorted({PurePath(path) for path in paths}):
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
        self._asked.to_stop.set()
        self._thread.join()
        os.close(self._reading)
        os.close(self._writing)
