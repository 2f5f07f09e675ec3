"""Where the grader's own files lie while it works: in a directory for each run, which is gone
afterwards.

That of a run that was killed is removed by the next one. A run holds the lock of its directory for
as long as it lives: so who gets that lock knows that nobody works there any more.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import MachineError
from grader.isolation.locks import lock, make_locked
from grader.isolation.removal import opened, remove_opened
from grader.isolation.survivors import end_survivors
from grader.system.signals import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OPEN: Final = (Path("/tmp"), Path("/dev/shm"))
"""Where every program may write on the levels without a file view of its own."""

USELESS: Final = 3
_NAME: Final = re.compile(r"grade-[0-9a-f]{16}")
# bytes of the place's name: that of a Unix socket in the directory may have 108 in all
_LONGEST: Final = 60


@contextmanager
def scratch_directory() -> Iterator[Path]:
    """A new directory that only we may enter, removed when the context is left. Raises
    `MachineError`.

    What dead runs have left is removed first.
    """
    sweep()
    where = place()
    with ExitStack() as stack:
        with held():
            try:
                directory, descriptor = make_locked(lambda: where / f"grade-{os.urandom(8).hex()}")
            except OSError as error:
                raise MachineError(
                    f"cannot make a temporary directory in {where}: {error.strerror}"
                ) from error
            stack.callback(os.close, descriptor)
            stack.callback(remove_opened, directory, descriptor)
        yield directory


def place() -> Path:
    """Where scratch directories are made: the candidate with the least to be said against it.
    Raises `MachineError`."""
    chosen = min(candidates(), key=lambda place: objection(place)[0])
    weight, words = objection(chosen)
    if weight == USELESS:
        raise MachineError(f"there is no place for temporary files: in {chosen}, {words}")
    return chosen


def candidates() -> list[Path]:
    """The places that are looked at, by their real paths: TMPDIR, those of the system that are not
    open, and /tmp."""
    names = [os.environ.get("TMPDIR"), "/var/tmp", os.path.expanduser("~/.cache"), "/tmp"]
    return list(dict.fromkeys(Path(os.path.realpath(name)) for name in names if name))


def objection(place: Path) -> tuple[int, str]:
    """What speaks against this place, and how much: from 0, nothing, to `USELESS`."""
    objections: list[tuple[int, str, Callable[[], bool]]] = [
        (
            USELESS,
            "nothing can be written",
            lambda: not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)),
        ),
        (USELESS, "socket paths would be too long", lambda: len(os.fsencode(place)) > _LONGEST),
        (
            2,
            "programs cannot be run",
            lambda: bool(os.statvfs(place).f_flag & getattr(os, "ST_NOEXEC", 0)),
        ),
        (
            1,
            "other users could replace the grader's files",
            lambda: place.stat().st_mode & (0o002 | stat.S_ISVTX) == 0o002,
        ),
        (
            1,
            "submissions can write at some isolation levels",
            lambda: bool(open_places(below=place)),
        ),
        (1, "only root can enter", lambda: os.geteuid() == 0 and not _is_entered_by_all(place)),
    ]
    return next(((weight, words) for weight, words, applies in objections if applies()), (0, ""))


def open_places(*, below: Path) -> list[Path]:
    """The open places in which this one lies."""
    return [shared for shared in OPEN if below.is_relative_to(os.path.realpath(shared))]


def _is_entered_by_all(place: Path) -> bool:
    return all(above.stat().st_mode & stat.S_IXOTH for above in (place, *place.parents))


def sweep() -> None:
    """Remove the scratch directories of dead runs, wherever one can be. Nothing is followed,
    nothing of others touched; what was planted under such a name by a program of our own user is
    removed as what it is."""
    for place in candidates():
        for directory in scratch_directories(place):
            with contextlib.suppress(OSError):
                _remove_if_abandoned(directory)


def home_in(directory: Path) -> Path:
    """Of a run with this scratch directory, the program's home."""
    return directory / "home"


def scratch_directories(place: Path) -> list[Path]:
    """What has the name of a scratch directory in this place."""
    try:
        return sorted(place / name for name in os.listdir(place) if is_scratch_name(name))
    except OSError:
        return []


def is_scratch_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


def _remove_if_abandoned(directory: Path) -> None:
    device = os.stat(directory.parent).st_dev
    if not _is_ours(os.lstat(directory), device):
        return
    with opened(str(directory)) as descriptor:
        if _is_ours(os.fstat(descriptor), device) and lock(descriptor):
            end_survivors(home_in(directory))
            remove_opened(directory, descriptor)


def _is_ours(found: os.stat_result, device: int) -> bool:
    """A directory that nobody but us can have made, or moved to where it is, and no disk that is
    mounted there: this is what a run sees of its own, once it has entered its level, and the lock
    is on what lies below."""
    ours = (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    )
    return ours and found.st_dev == device
