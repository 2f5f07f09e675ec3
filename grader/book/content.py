"""The hash of what was handed in: of all that a submission's program gets to see of its own
directory, so that whatever changes its behaviour changes the hash."""

from __future__ import annotations

import hashlib
import os
import stat
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation.allow_list import BESIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_BYTES: Final = 512 << 20
_MOST_NAMES: Final = 50_000
_PIECE: Final = 1 << 20
_READ: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_NOT_SEEN: Final = ".git"  # by `grader.isolation.left_out`; of `.grade` the saved cases are judged
_NOT_JUDGED: Final = os.path.join(".grade", "progress.json")


class _Unknown(Exception):
    """It cannot be said what all of this is."""


def content_hash(path: str, *, alone: str = "", hidden: Sequence[str] = ()) -> str:
    """64 hexadecimal digits of the submission at this path; empty where there is too much of it, or
    where a part cannot be read: then it is always graded anew.

    alone: its file, by name, where that is all that it gets to see of its directory, but for what
    interpreters look for beside it. hidden: what it does not see, by real path, as reports of the
    class. Names, contents, links and the right to execute count; times and owners do not.
    """
    place = Path(os.path.realpath(path))
    directory = place if place.is_dir() else place.parent
    own = {alone, *BESIDE} if alone else None
    found = hashlib.sha256()
    found.update(os.fsencode("" if place == directory else place.name) + b"\0")
    left = _MOST_BYTES
    try:
        for count, (name, entry) in enumerate(_walk(directory, own, frozenset(hidden))):
            if count >= _MOST_NAMES:
                return ""
            left -= _add(found, name, entry, left)
    except (OSError, _Unknown):
        return ""
    return found.hexdigest()


def _walk(
    directory: Path, own: set[str] | None, hidden: frozenset[str]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything that counts, by its path from here, in an order of its own."""
    waiting = deque([""])
    while waiting:
        folder = waiting.popleft()
        with os.scandir(directory / folder) as entries:
            found = sorted(entries, key=lambda entry: os.fsencode(entry.name))
        for entry in found:
            name = os.path.join(folder, entry.name)
            if not folder and own is not None and entry.name not in own:
                continue
            if entry.name == _NOT_SEEN or name == _NOT_JUDGED or entry.path in hidden:
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(name)
            yield name, entry


def _add(found: hashlib._Hash, name: str, entry: os.DirEntry[str], most: int) -> int:
    """Count in one entry; how many bytes it has. Sockets, pipes and devices are not copied, so
    these do not count."""
    mode = entry.stat(follow_symlinks=False).st_mode
    size = 0
    if stat.S_ISLNK(mode):
        what, content = b"l", os.fsencode(os.readlink(entry.path))
    elif stat.S_ISDIR(mode):
        what, content = b"d", b""
    elif stat.S_ISREG(mode):
        what = b"x" if mode & 0o111 else b"f"
        own = hashlib.sha256()
        size = _read(entry.path, own, most)
        content = own.digest()
    else:
        return 0
    label = os.fsencode(name)
    found.update(b"%b%d:%b%d:%b" % (what, len(label), label, len(content), content))
    return size


def _read(path: str, found: hashlib._Hash, most: int) -> int:
    """Count in what is in a regular file; how many bytes that is. Raises OSError and `_Unknown`."""
    size = 0
    with open(os.open(path, _READ), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise _Unknown
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > most:
                raise _Unknown
            found.update(piece)
    return size
