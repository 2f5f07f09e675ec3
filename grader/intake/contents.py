"""From what was handed in to what is packed: a directory of one submission's files alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import GraderError, MachineError, NotGraded, UsageError, lack
from grader.intake.bounds import BOUNDS
from grader.intake.pack import Source
from grader.intake.suffixes import is_archive, without_suffix
from grader.intake.walk import is_junk
from grader.isolation.allow_list import SYSTEM
from grader.program.entries import SeveralPrograms, entry_of
from grader.program.find import require_there
from grader.program.grade_yaml import FILE
from grader.program.named_files import Entry
from grader.program.start_command import started
from grader.system.untrusted_files import open_file
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.intake.given import Given, Part

_ENTERED: Final = 4
_OF_A_PROGRAM: Final = frozenset(["app", "src", "cmd"])
"""Folders that a program has, so they are not entered."""


class Handed(Value, frozen=True):
    """What is packed, and where its author's directory lies or, of an archive, would lie."""

    source: Source
    known_as: Path


def handed_in(
    given: Given, place: Path, *, alone: bool = False, hidden: Collection[str] = ()
) -> Handed:
    """What is packed of it. place: a directory of ours, for what has to be unpacked or put
    together. alone, hidden: as in a `Source`. Raises `NotGraded`, with the reason."""
    if given.refused:
        raise NotGraded(given.refused)
    try:
        if given.parts:
            return _of_parts(given, place)
        return _of_path(given.path, place, alone=alone, hidden=frozenset(hidden))
    except OSError as error:
        if lacks := lack(error):
            raise MachineError(lacks) from error
        raise NotGraded(f"cannot read {given.path}: {error.strerror or error}") from error
    except NotGraded:
        raise
    except GraderError as error:
        raise error if isinstance(error, MachineError) else NotGraded(str(error)) from error


def entered(directory: Path) -> Path:
    """The directory, or the one folder in it, where it holds nothing else."""
    for _ in range(_ENTERED):
        names = [name for name in os.listdir(directory) if not is_junk(name)]
        if len(names) != 1 or names[0] in _OF_A_PROGRAM:
            break
        inner = directory / names[0]
        if inner.is_symlink() or not inner.is_dir():
            break
        directory = inner
    return directory


def starts(folder: str) -> bool:
    """Whether there is something to start in this folder, or an attempt at it."""
    directory = Path(os.path.realpath(folder))
    if os.path.lexists(directory / FILE):
        return True
    try:
        entry_of(folder, directory, None)
    except SeveralPrograms:
        return True
    except UsageError:
        return False
    except MachineError:  # a tool is missing that starts it
        return True
    return True


def how_it_starts(source: Source) -> str:
    """What is said of how this is started: a script that the system would not start, or a program
    that is the only one; empty where that is a matter of course."""
    directory = source.directory
    if os.path.lexists(directory / FILE):
        return ""
    try:
        entry = Entry(source.start, directory / source.start) if source.start else None
        entry = entry or entry_of(str(directory), directory, None)
        if entry.file is not None and entry.file.suffix == ".sh":
            return started(entry.file, None).says or entry.says
        is_alone = len([name for name in os.listdir(directory) if not is_junk(name)]) == 1
        return entry.says if entry.file is not None and not is_alone else ""
    except (GraderError, OSError):  # it is said when it is graded
        return ""


def _of_path(path: str, place: Path, *, alone: bool, hidden: frozenset[str]) -> Handed:
    require_there(path)
    real = Path(os.path.realpath(path))
    if real.is_dir():
        found = None if starts(path) else _its_archive(real, path, place)
        return Handed(Source(found or real, hidden=frozenset() if found else hidden), real)
    if is_archive(path):
        _unpack(real, path, place / "archive")
        found = entered(place / "archive")
        known_as = _near(path, without_suffix(real.name))
        return Handed(Source(_its_archive(found, path, place) or found), known_as)
    return Handed(Source(real.parent, real.name, alone=alone, hidden=hidden), real.parent)


def _of_parts(given: Given, place: Path) -> Handed:
    """The files of a download, as their author called them; archives among them are unpacked."""
    first = Path(given.parts[0].path)
    if len(given.parts) == 1 and first.is_dir() and not first.is_symlink():
        found = entered(first)
    else:
        together = place / "files"
        together.mkdir()
        for part in given.parts:
            _put(part, together, alone=len(given.parts) == 1)
        found = entered(together)
    if not starts(str(found)):
        found = _its_archive(found, given.path, place) or found
    return Handed(Source(found.resolve()), _near(given.path, given.name))


def _put(part: Part, together: Path, *, alone: bool) -> None:
    path = Path(part.path)
    if path.is_symlink() or not path.is_file():
        raise NotGraded(f"{part.path} is a link, a folder or a pipe, and no file of a submission")
    if path.stat().st_size > BOUNDS.size:
        raise NotGraded(f"{part.path} {BOUNDS.refusal()}")
    if is_archive(part.name):
        folder = "archive" if alone else _safe(without_suffix(part.name))
        _unpack(path, part.path, together / folder)
        return
    with open(open_file(path), "rb") as content, open(together / _safe(part.name), "xb") as copy:
        shutil.copyfileobj(content, copy)


def _its_archive(directory: Path, shown: str, place: Path) -> Path | None:
    """What is in the archive of a folder that holds one archive and no other file or folder but
    papers; None where that is not so."""
    names = [name for name in sorted(os.listdir(directory)) if not is_junk(name)]
    archives = [name for name in names if is_archive(name)]
    if len(archives) != 1 or any(_could_matter(directory / name) for name in names):
        return None
    _unpack(directory / archives[0], f"{shown}/{archives[0]}", place / "inner")
    return entered(place / "inner")


def _unpack(archive: Path, shown: str, directory: Path) -> None:
    from grader.intake.archives import unpack_archive  # many a class has none

    unpack_archive(archive, shown, directory)


def _could_matter(path: Path) -> bool:
    return path.is_dir() or not (is_archive(path.name) or path.suffix.lower() in PAPERS)


def _near(path: str, name: str) -> Path:
    """Where the program is to see files that lie nowhere: by this name, beside what was handed in.
    In directories of the system nothing is added."""
    above = Path(os.path.realpath(path)).parent
    while not above.is_dir():
        above = above.parent
    if any(above.is_relative_to(place) for place in SYSTEM):
        above = Path("/submission")
    return above / _safe(name)


def _safe(name: str) -> str:
    """A name that is one step, and no way up."""
    clean = name.replace("/", "_").replace("\0", "_")
    return clean if clean.strip(".") else "submission"


PAPERS: Final = frozenset(
    [".doc", ".docx", ".odt", ".pdf", ".txt", ".md", ".rtf", ".html", ".png", ".jpg", ".jpeg",
     ".gif", ".heic", ".webp", ".svg", ".csv", ".xlsx", ".ods", ".pptx", ".yml", ".yaml", ".json",
     ".log", ".xml", ".toml", ".mp4", ".mov"]
)  # fmt: skip
"""Suffixes of files that are no programs."""
