""".grade/progress.json beside a submission: read and replaced in one step, without trusting what
lies there."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.progress.record import BrokenRecord, Progress, dumped, parsed
from grader.system import untrusted_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER: Final = ".grade"
FILE: Final = "progress.json"
PATH: Final = f"{FOLDER}/{FILE}"
BACKUP: Final = f"{FILE}.bak"
_MOST_BYTES: Final = 1 << 20


class NotKept(Exception):
    """Progress cannot be read or written, and is left as it is. The message is a sentence without
    its full stop."""


def place_of(submission: str) -> Path:
    """The directory beside which the progress of a submission is kept, from the path that names
    it."""
    place = Path(submission)
    try:
        if place.is_dir():
            return place.resolve()
        if place.exists():
            return place.resolve().parent
    except OSError as error:
        raise UsageError(f"cannot read {submission}: {error.strerror or error}") from error
    raise UsageError(f"there is no file {submission}")


def make(directory: Path) -> None:
    """Make the folder, unless it is there. Raises NotKept."""
    with _opened(directory, make=True):
        pass


def read(directory: Path) -> Progress:
    """The progress that is kept beside the submission in `directory`; or none. Raises NotKept."""
    try:
        with _opened(directory) as folder:
            return _read(folder)
    except FileNotFoundError:
        return Progress()


def read_own(directory: Path, program: str) -> Progress:
    """As `read`, for this program of the directory (empty: for any). Raises NotKept where the
    record is that of another one that is still there."""
    found = read(directory)
    other = found.program
    if program and other not in ("", program) and os.path.lexists(directory / other):
        raise NotKept(f"{FOLDER} keeps that of {other}; put {program} into a directory of its own")
    return found


def update(directory: Path, change: Callable[[Progress], Progress]) -> Progress:
    """Change what is kept, whatever another run has written meanwhile; what is kept from now on.
    Raises NotKept."""
    try:
        with _opened(directory) as folder:
            before = _read(folder)
            after = change(before)
            if after != before:
                _write(folder, dumped(after))
            return after
    except FileNotFoundError as error:
        raise NotKept(f"the directory {FOLDER} was removed") from error


def set_aside(directory: Path) -> bool:
    """Give the record the name of its backup; whether there was one. Raises NotKept."""
    try:
        with _opened(directory) as folder, _told(f"{PATH} cannot be renamed"):
            os.rename(FILE, BACKUP, src_dir_fd=folder, dst_dir_fd=folder)
    except FileNotFoundError:
        return False
    return True


def back_up(directory: Path) -> None:
    """Copy the record to its backup. Raises NotKept."""
    try:
        with _opened(directory) as folder:
            _write(folder, _text(folder), name=BACKUP)
    except FileNotFoundError as error:
        raise NotKept(f"there is no {PATH}") from error


@contextmanager
def _opened(directory: Path, *, make: bool = False) -> Iterator[int]:
    """A descriptor of the folder. Raises FileNotFoundError where there is none, else NotKept."""
    with _told(f"{FOLDER} cannot be used"):
        outer = untrusted_files.open_trusted(directory)
        try:
            if make:
                folder = untrusted_files.make_directory(FOLDER, outer, mode=0o755)
            else:
                folder = untrusted_files.open_directory(FOLDER, outer)
        finally:
            os.close(outer)
    try:
        if os.fstat(folder).st_uid != os.geteuid():
            raise NotKept(f"{FOLDER} belongs to another user")
        yield folder
    finally:
        os.close(folder)


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except NotADirectoryError as error:  # which a link is, too, when none is followed
        raise NotKept(f"{FOLDER} is not a directory") from error
    except OSError as error:
        why = "it is a link" if error.errno == errno.ELOOP else error.strerror or error
        raise NotKept(f"{what}: {why}") from error


def _read(folder: int) -> Progress:
    try:
        return parsed(_text(folder))
    except FileNotFoundError:
        return Progress()
    except BrokenRecord as error:
        raise NotKept(f"{PATH} was not changed: {error}") from error


def _text(folder: int) -> str:
    with _told(f"{PATH} cannot be read"):
        raw = untrusted_files.read_small(FILE, folder, _MOST_BYTES)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotKept(f"{PATH} was not changed: it is not UTF-8 text") from error


def _write(folder: int, text: str, name: str = FILE) -> None:
    with _told(f"{FOLDER}/{name} cannot be written"):
        untrusted_files.replace(name, folder, text.encode("utf-8"), mode=0o644)
