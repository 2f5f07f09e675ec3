"""The served directory, held by its descriptor: names in it are put and read without following anything."""

from __future__ import annotations

import contextlib
import os
import stat
from types import TracebackType
from typing import Self

from grader.failure import Failure, Kind
from grader.shared_files import SharedFiles

_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_LONGEST = 1 << 20


class Shelf:
    """The directory that a server was given, and the one around it, while a conversation lasts.

    The server may write in both, and here names come again, so that it could know where the next file will be put:
    whatever lies there is removed first, and never written through.
    """

    def __init__(self, files: SharedFiles) -> None:
        """Raises `Failure` when a directory is no longer there, or no longer one."""
        self._files = files
        try:
            self._outside = os.open(files.root, _DIRECTORY)
        except OSError as error:
            raise _gone(error) from error
        try:
            self._inside = os.open(files.directory.name, _DIRECTORY, dir_fd=self._outside)
        except OSError as error:
            os.close(self._outside)
            raise _gone(error) from error

    def put(self, name: str, content: bytes) -> None:
        """A file in the served directory, in place of what is there. `name` is one component of a path."""
        self._write(self._inside, name, content)

    def put_outside(self, name: str, content: bytes) -> None:
        """A file beside the served directory."""
        self._write(self._outside, name, content)

    def remove(self, name: str) -> None:
        """Nothing of this name is in the served directory."""
        _remove(self._inside, name)

    def remove_outside(self, name: str) -> None:
        """Nothing of this name is beside the served directory."""
        _remove(self._outside, name)

    def read(self, name: str) -> bytes | None:
        """The beginning of a regular file in the served directory, at most 1 MiB; None when there is none."""
        try:
            descriptor = os.open(name, _READ, dir_fd=self._inside)
        except OSError:
            return None
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            return None
        with open(descriptor, "rb") as stream:
            return stream.read(_LONGEST)

    def is_outside(self, name: str) -> bool:
        """Whether anything of this name is beside the served directory."""
        try:
            os.stat(name, dir_fd=self._outside, follow_symlinks=False)
        except OSError:
            return False
        return True

    def _write(self, directory: int, name: str, content: bytes) -> None:
        _remove(directory, name)
        try:
            with open(os.open(name, _CREATE, 0o644, dir_fd=directory), "wb") as stream:
                stream.write(content)
                self._files.give(stream.fileno())
        except OSError as error:
            raise _gone(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        os.close(self._inside)
        os.close(self._outside)


def _remove(directory: int, name: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=directory)
    with contextlib.suppress(OSError):  # an empty directory in its place; a full one is the server's to explain
        os.rmdir(name, dir_fd=directory)


def _gone(error: OSError) -> Failure:
    return Failure(
        Kind.FILES,
        f"the directory that the server was given cannot be used any more: {error.strerror or error}",
        expected="a directory in which files can be put and read",
        actual="a directory that was removed, replaced or locked",
        hint="Write below the directory, and leave the directory itself as it is.",
    )
