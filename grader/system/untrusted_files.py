"""Files in a directory that a hostile program may write to: by descriptors, following nothing,
within bounds.

A path can lead elsewhere the moment after it was looked at. So whoever comes here opens a directory
once, while nobody hostile runs, and names everything from there, one component at a time, with
O_NOFOLLOW: open(2), openat(2).
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from msgspec import field

from grader.value import Value

if TYPE_CHECKING:
    from pathlib import Path

_DIRECTORY: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
# How open(2) says that there is no regular file or directory of that name, but a link, a socket or
# nothing.
_IS_NOT: Final = frozenset(
    (errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EMLINK, errno.ENXIO, errno.ENAMETOOLONG)
)

MOST_OF_A_SMALL_FILE: Final = 64 * 1024

Give = Callable[[int], None]
"""What makes an open file another user's."""


def _keep(_descriptor: int) -> None:
    """The file stays ours."""


class TooMuch(Exception):
    """There is more than we look at. The message is a sentence without its full stop."""


class NotAFile(OSError):
    """There is something of that name, but no regular file. Its `strerror` says so."""


def open_trusted(directory: Path) -> int:
    """A descriptor of the directory that the user named, perhaps by links. Raises OSError."""
    return os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def open_directory(name: str | Path, folder: int | None = None) -> int:
    """A descriptor of a directory. Raises OSError, also when the last component of its name is a
    link."""
    return os.open(name, _DIRECTORY, dir_fd=folder)


def open_file(name: str | Path, folder: int | None = None) -> int:
    """A descriptor of a regular file, to read from. Raises OSError, whose `strerror` says what is
    wrong: for a pipe, a device or a directory this is `NotAFile`, and nothing of it is read."""
    try:
        descriptor = os.open(name, _READ, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ELOOP:  # see open(2), O_NOFOLLOW
            raise OSError(errno.ELOOP, "it is a link", str(name)) from error
        raise
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotAFile(errno.EINVAL, "it is not a regular file", str(name))


def make_directory(name: str, folder: int, give: Give = _keep, mode: int = 0o777) -> int:
    """A descriptor of the directory of this name, made and given away unless it is there. Raises
    OSError."""
    try:
        os.mkdir(name, mode, dir_fd=folder)
    except FileExistsError:
        return open_directory(name, folder)
    made = open_directory(name, folder)
    give(made)
    return made


def unlock(name: str, folder: int | None = None) -> None:
    """Give us all rights in a directory of ours. By a descriptor: chmod(2) would follow what took
    its place. Raises OSError."""
    if not hasattr(os, "O_PATH"):
        os.chmod(name, 0o700, dir_fd=folder, follow_symlinks=False)
        return
    found = os.open(name, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.chmod(f"/proc/self/fd/{found}", 0o700)
    finally:
        os.close(found)


@contextmanager
def descended(
    top: int, parts: Sequence[str], step: Callable[[str, int], int] = open_directory
) -> Iterator[int]:
    """A descriptor of the directory at the end of these components. Raises OSError where one is no
    directory.

    step: opens one component in the directory before it.
    """
    current = os.dup(top)
    try:
        for part in parts:
            inner = step(part, current)
            os.close(current)
            current = inner
        yield current
    finally:
        os.close(current)


def open_new(name: str, folder: int, mode: int = 0o666) -> int:
    """A descriptor of a new file, to write to. Raises OSError, also when anything of this name is
    there."""
    return os.open(name, _CREATE, mode, dir_fd=folder)


def create(
    name: str,
    folder: int,
    content: bytes,
    give: Give = _keep,
    mode: int = 0o666,
    modified: float | None = None,
) -> None:
    """A new file. Raises OSError, also when anything of this name is there.

    modified: its time of last modification, in seconds since 1970, where that is not now.
    """
    with open(open_new(name, folder, mode), "wb") as stream:
        stream.write(content)
        stream.flush()
        if modified is not None:
            os.utime(stream.fileno(), (modified, modified))
        give(stream.fileno())


def replace(name: str, folder: int, content: bytes, mode: int) -> None:
    """Write a file in one step: a crash leaves the old one or the new one, never half of it.
    Raises OSError."""
    draft = f".{name}-{os.urandom(8).hex()}.tmp"
    try:
        create(draft, folder, content, give=os.fsync, mode=mode)
        os.rename(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft, dir_fd=folder)
        raise
    os.fsync(folder)


def remove(name: str, folder: int) -> None:
    """Unlink whatever is there, a directory only when it is empty. What cannot be removed stays."""
    with contextlib.suppress(OSError):
        os.unlink(name, dir_fd=folder)
    with contextlib.suppress(OSError):
        os.rmdir(name, dir_fd=folder)


def read(parts: Sequence[str], top: int, most: int) -> bytes | None:
    """The bytes of the regular file at the end of these components; None when there is none.

    Raises `TooMuch` when it is longer than `most` bytes, and OSError when it cannot be read.
    """
    try:
        with descended(top, parts[:-1]) as folder:
            descriptor = open_file(parts[-1], folder)
    except NotAFile:
        return None
    except OSError as error:
        if error.errno in _IS_NOT:
            return None
        raise
    # too long as it is: nothing of it is read; else what is read is counted
    with open(descriptor, "rb") as stream:
        size = os.fstat(descriptor).st_size
        content = b"" if size > most else stream.read(most + 1)
    if size > most or len(content) > most:
        raise TooMuch(f"the file {parts[-1]} is longer than {most} bytes")
    return content


def read_small(
    name: str | Path, folder: int | None = None, most: int = MOST_OF_A_SMALL_FILE
) -> bytes:
    """All of a file. Raises OSError as `open_file` does, and of a file longer than `most` bytes,
    of which nothing is returned."""
    with open(open_file(name, folder), "rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        size = f"{most >> 20} MiB" if most >> 20 else f"{most >> 10} KiB"
        raise OSError(errno.EFBIG, f"it is longer than {size}", str(name))
    return content


class _Folder(Value, frozen=True):
    """A directory that is being looked into, where it is below the first one, and those in it that
    wait for it."""

    descriptor: int
    path: str = ""
    waiting: list[str] = field(default_factory=list)


def names(top: int, most: int, deepest: int, skip: os.stat_result | None = None) -> list[str]:
    """Every path below an open directory, directories ending in "/"; `skip` is a directory that is
    left out.

    Raises `TooMuch` when there are more than `most` of them, or more than `deepest` components in
    one, and OSError when a directory cannot be looked into. As many descriptors are open at a time
    as a path has components.
    """
    found: list[str] = []
    # not a duplicate, with which the place in the list would be shared
    trail = [_Folder(open_directory(".", top))]
    try:
        _list(trail[0], found, most, skip)
        while trail:
            here = trail[-1]
            if not here.waiting:
                os.close(trail.pop().descriptor)
            elif len(trail) >= deepest:
                raise TooMuch(f"directories are nested more than {deepest} deep")
            elif (inner := _entered(here)) is not None:
                trail.append(inner)
                _list(inner, found, most, skip)
    finally:
        for folder in trail:
            os.close(folder.descriptor)
    return found


def _list(folder: _Folder, found: list[str], most: int, skip: os.stat_result | None) -> None:
    with os.scandir(folder.descriptor) as entries:
        for entry in entries:
            is_directory = entry.is_dir(follow_symlinks=False)
            if is_directory and skip is not None and _is(entry, skip):
                continue
            if len(found) >= most:
                raise TooMuch(f"there are more than {most} names")
            found.append(f"{folder.path}{entry.name}{'/' * is_directory}")
            if is_directory:
                folder.waiting.append(entry.name)


def _is(entry: os.DirEntry[str], known: os.stat_result) -> bool:
    try:
        return os.path.samestat(entry.stat(follow_symlinks=False), known)
    except FileNotFoundError:
        return False


def _entered(folder: _Folder) -> _Folder | None:
    """The next directory in this one; None when it is no longer there, or no longer a directory."""
    name = folder.waiting.pop()
    try:
        return _Folder(open_directory(name, folder.descriptor), f"{folder.path}{name}/")
    except OSError as error:
        if error.errno in _IS_NOT:
            return None
        raise
