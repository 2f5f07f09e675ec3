"""Copy-on-write directories: overlays of what a submission starts from, with what it changes on a
disk of its own."""

from __future__ import annotations

import collections
import contextlib
import errno
import itertools
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded
from grader.isolation.syscalls import MS_NODEV, MS_NOSUID, mount

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.isolation.user import User

_MOST_BYTES: Final = 256 << 20
_MOST_FILES: Final = 20_000
_MOST_DIRECTORIES: Final = 20_000
_MOST_NAMES: Final = 200_000
# a learner's own; more is what others have written, such as a virtual environment
_ENOUGH_FILES: Final = 500
_OTHERS_READ: Final = 0o004


def disk(place: Path, mebibytes: int) -> None:
    """A disk of its own at this directory, of this size; gone with the last who has it mounted."""
    options = f"size={mebibytes}m,nr_inodes=200k,mode=755"
    mount("tmpfs", str(place), "tmpfs", MS_NOSUID | MS_NODEV, options)


def merge(
    place: Path, layers: Sequence[Path], user: User | None, absent: Iterable[Path] = ()
) -> tuple[Path, Path]:
    """An overlay of these layers, the first on top, and the directory that holds what is changed in
    it.

    place: an empty directory for both, on a disk that may be an upper layer. user: who owns the
    outermost directory. absent: paths of the lowest layer that are not there.
    """
    upper, work, merged = (place / name for name in ("upper", "work", "merged"))
    for path in (upper, work, merged):
        path.mkdir(parents=True)
    upper.chmod(layers[-1].stat().st_mode & 0o7777)
    whiteouts(upper, layers[-1], absent)
    if user is not None:
        user.owns(upper)
    lower = ":".join(map(_escaped, layers))
    mount(
        "overlay",
        str(merged),
        "overlay",
        MS_NODEV,
        f"lowerdir={lower},upperdir={upper},workdir={work},userxattr",
    )
    return merged, upper


def whiteouts(layer: Path, original: Path, paths: Iterable[Path]) -> None:
    """Let these paths of `original` be absent from an overlay in which this layer lies above it.

    Of the kernel's overlayfs: "a whiteout is created as a character device with 0/0 device number".
    """
    made = list[Path]()
    for path in paths:
        inside = path.relative_to(original)
        for folder in [layer / parent for parent in reversed(inside.parents)]:
            if not folder.exists():
                folder.mkdir(0o700)
                made.append(folder)
        os.mknod(layer / inside, stat.S_IFCHR, os.makedev(0, 0))
    for folder in reversed(made):
        folder.chmod((original / folder.relative_to(layer)).stat().st_mode & 0o7777)


def _escaped(path: Path) -> str:
    """A path inside overlay's mount options, where commas and colons separate."""
    return re.sub(r"([\\\\:,])", r"\\\1", str(path))


def adopt(directory: Path, user: User) -> None:
    """Hand over what is below an overlay, which copies it. Where there is much, what everybody can
    read may stay as it is: it can be read and replaced, if not written to. Raises `NotGraded` when
    there is too much else."""
    with _no_longer_than_a_path(directory):
        for path in _to_hand_over(directory):
            with contextlib.suppress(FileNotFoundError):  # somebody else tidies up just now
                user.owns(path)


def weigh(directory: Path, absent: Iterable[Path]) -> None:
    """Raises the `NotGraded` that handing this directory over, without what is absent, would
    raise."""
    with _no_longer_than_a_path(directory):
        for _ in _to_hand_over(directory, frozenset(map(str, absent))):
            pass


def _too_large(directory: Path) -> NotGraded:
    return NotGraded(f"{directory} is too large to give to another user")


@contextlib.contextmanager
def _no_longer_than_a_path(directory: Path) -> Iterator[None]:
    """Directories in one another whose path the kernel does not take are too many."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:
            raise _too_large(directory) from error
        raise


def _to_hand_over(directory: Path, absent: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every directory; of the files the first ones, which are the outer ones, and all that others
    cannot read."""
    size = count = directories = 0
    for seen, entry in enumerate(_walk(directory, absent), 1):
        directories += entry.is_dir(follow_symlinks=False)
        if seen > _MOST_NAMES or directories > _MOST_DIRECTORIES:
            raise _too_large(directory)
        with contextlib.suppress(FileNotFoundError):
            if entry.is_file(follow_symlinks=False):
                found = entry.stat(follow_symlinks=False)
                closed = not found.st_mode & _OTHERS_READ
                if not closed and (count >= _ENOUGH_FILES or size + found.st_size > _MOST_BYTES):
                    continue
                size, count = size + found.st_size, count + 1
                if size > _MOST_BYTES or count > _MOST_FILES:
                    raise _too_large(directory)
            yield entry.path


def _walk(directory: Path, absent: frozenset[str]) -> Iterator[os.DirEntry[str]]:
    """All directories and regular files, outer ones first; symlinks are not followed, nor is
    anything else opened."""
    waiting = collections.deque([str(directory)])
    while waiting:
        entries: list[os.DirEntry[str]] = []
        with contextlib.suppress(FileNotFoundError), os.scandir(waiting.popleft()) as found:
            # closed before anything is yielded
            entries = [*itertools.islice(found, _MOST_NAMES + 1)]
        for entry in entries:
            if entry.path in absent:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
                yield entry
            elif entry.is_file(follow_symlinks=False):
                yield entry
