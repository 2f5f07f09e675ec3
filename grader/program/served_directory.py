"""The directory a server is given with --directory, and what must never be touched beside it."""

from __future__ import annotations

import contextlib
import errno
import os
import weakref
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.check.random_inputs import RandomInputs
from grader.diagnosis import explain_limit
from grader.system import untrusted_files
from grader.system.untrusted_files import Give, TooMuch
from grader.text.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES: Final = 16 << 20  # of one file: as many as of an answer's body
MOST_NAMES: Final = 10_000
DEEPEST: Final = 64
_COMPARED: Final = 4096  # bytes at a time: one by one is slow for megabytes
_BESIDE: Final = "../"
_OF_THE_MACHINE: Final = frozenset(
    (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EIO)
)


def served_name(seed: int) -> str:
    """The name of the served directory in runs with this seed: no program knows it beforehand."""
    return RandomInputs(seed, "the served directory").word()


class SharedFiles:
    """`root` holds the served directory, which the server is given, and whatever a check puts
    outside of it.

    The server may write to both, and put anything in their place while it runs. So both are opened
    here, before it is launched, and nothing is reached but through these descriptors, which stay
    open as long as this object is in use. A server that puts another directory in place of its own
    serves files that are not ours. Names are those below the served directory; what begins with
    "../" lies beside it.

    hand_over: makes the server's user the owner of what is put here, where that is another one.
    name: the served directory's. own_disk: whether only the server can fill it.
    """

    def __init__(
        self,
        root: Path,
        hand_over: Give | None = None,
        *,
        name: str = "served",
        own_disk: bool = False,
    ) -> None:
        self.root = root
        self.directory = root / name
        self._own_disk = own_disk
        self._give: Give = hand_over or (lambda _: None)
        self._outside = untrusted_files.open_directory(root)
        self._inside = untrusted_files.make_directory(name, self._outside, self._give)
        self._give(self._outside)
        # A check that runs beside the others may still hold this when the next launch has other
        # files: closing at a fixed time could let it write to whatever has the same numbers by
        # then.
        weakref.finalize(self, _close, os.getpid(), self._outside, self._inside)

    def put(
        self, name: str, content: bytes, *, mode: int = 0o666, modified: float | None = None
    ) -> None:
        """A file in the served directory, in place of what is there; the directories above it are
        made.

        mode: who may read and write it, less the umask: open(2). modified: its time of last
        modification, in seconds since 1970; without it, now. Raises `Failure` when the server does
        not let us.
        """
        folder, parts = self._place(name)
        with self._theirs(), untrusted_files.descended(folder, parts[:-1], self._made) as last:
            untrusted_files.remove(parts[-1], last)
            untrusted_files.create(parts[-1], last, content, self._give, mode, modified)

    def put_outside(self, name: str, content: bytes) -> None:
        """A file beside the served directory, as `put`."""
        self.put(f"{_BESIDE}{name}", content)

    def link(self, name: str, target: Path) -> None:
        """A symlink in the served directory, in place of what is there. Raises `Failure` when the
        server does not let us."""
        with self._theirs():
            untrusted_files.remove(name, self._inside)
            os.symlink(target, name, dir_fd=self._inside)

    def remove(self, name: str) -> None:
        """Whatever is there is unlinked; a directory only when it is empty. What cannot be removed
        stays."""
        folder, parts = self._place(name)
        with contextlib.suppress(OSError), untrusted_files.descended(folder, parts[:-1]) as last:
            untrusted_files.remove(parts[-1], last)

    def exists(self, name: str) -> bool:
        """Whether there is anything of this name, be it a broken link."""
        folder, parts = self._place(name)
        with contextlib.suppress(OSError), untrusted_files.descended(folder, parts[:-1]) as last:
            os.stat(parts[-1], dir_fd=last, follow_symlinks=False)
            return True
        return False

    def read(self, name: str) -> bytes | None:
        """The bytes of a file; `None` when there is no such regular file.

        Raises `Failure` when it is longer than 16 MiB, or when the server keeps us from reading it.
        """
        folder, parts = self._place(name)
        with self._theirs():
            return untrusted_files.read(parts, folder, MOST_BYTES)

    def names(self) -> set[str]:
        """Every name in the served directory and, with "../" before it, beside it; directories end
        in "/".

        Raises `Failure` when there are more than 10,000 in one of the two, or more than 64
        directories in one another, or when one is locked.
        """
        with self._theirs():
            inside = untrusted_files.names(self._inside, MOST_NAMES, DEEPEST)
            own = os.fstat(self._inside)
            beside = untrusted_files.names(self._outside, MOST_NAMES, DEEPEST, skip=own)
        return {*inside, *(f"{_BESIDE}{name}" for name in beside)}

    def _place(self, name: str) -> tuple[int, tuple[str, ...]]:
        """The directory that a name is counted from, and the components of what follows."""
        parts = PurePosixPath(name.removeprefix(_BESIDE)).parts
        if not parts or parts[0] == "/" or ".." in parts:
            raise ValueError(f"not the name of a file in or next to the served directory: {name!r}")
        return self._outside if name.startswith(_BESIDE) else self._inside, parts

    def _made(self, name: str, folder: int) -> int:
        return untrusted_files.make_directory(name, folder, self._give)

    @contextmanager
    def _theirs(self) -> Iterator[None]:
        """What goes wrong is the server's doing, who may do as it likes here, unless the machine
        has too little."""
        try:
            yield
        except TooMuch as error:
            raise _left_too_much(error) from error
        except OSError as error:
            if self._own_disk and error.errno == errno.ENOSPC:
                raise explain_limit("filled the disk that holds its directory") from error
            if error.errno in _OF_THE_MACHINE:
                raise
            raise _unusable(error) from error


def put_fixtures(files: SharedFiles, fixtures: Iterable[tuple[str, Path]]) -> None:
    """A copy of each folder, by its name, beside the served directory."""
    for name, folder in fixtures:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            files.put_outside(f"{name}/{file.relative_to(folder)}", file.read_bytes())


def first_difference(expected: bytes, actual: bytes) -> int:
    """The first offset at which the two differ, which is the shorter one's length when it begins
    the other."""
    size = min(len(expected), len(actual))
    for start in range(0, size, _COMPARED):
        one, other = (data[start : min(start + _COMPARED, size)] for data in (expected, actual))
        if one != other:
            return next(
                start + at
                for at, pair in enumerate(zip(one, other, strict=True))
                if pair[0] != pair[1]
            )
    return size


def _close(owner: int, *descriptors: int) -> None:
    """In a child, before it becomes the program, the numbers are no longer ours: it has closed what
    it inherited."""
    if os.getpid() == owner:
        for descriptor in descriptors:
            os.close(descriptor)


def _left_too_much(error: TooMuch) -> Failure:
    return Failure(
        Kind.FILES,
        f"Your server left too much in or next to its directory: {error}.",
        expected="the files that were uploaded",
        hint="Write only what a client uploads to the directory.",
    )


def _unusable(error: OSError) -> Failure:
    return Failure(
        Kind.FILES,
        sentence(f"the served directory cannot be used any more: {error.strerror or error}"),
        expected="a directory in which files can be put and read",
        actual="a directory that was removed, replaced or locked",
        hint="Write files in the directory, but do not remove, replace or lock it.",
    )
