"""What a command line names, as submissions: files, folders, archives, downloads, and folders of
these.

How it works. Each argument is one submission, as long as nothing says otherwise. Several files of
one folder, a folder or an archive whose names are those of a platform's download are its
submissions. A single folder, or archive, in which nothing starts, but which holds several that do,
is the folder of a class. Files that are no programs are named together, and have no row.
"""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.errors import NotGraded, UsageError
from grader.intake.contents import PAPERS, entered, starts
from grader.intake.given import Given, Part
from grader.intake.layouts import METADATA, Download, recognised
from grader.intake.suffixes import is_archive
from grader.intake.walk import is_junk
from grader.system.untrusted_files import read_small
from grader.text.escape import printable
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_MOST_METADATA: Final = 16 << 20
_MOST_SUBMISSIONS: Final = 100_000
_MOST_SAID: Final = 5


class Intake(Value, frozen=True):
    """given: the submissions, in order. notes: what has to be said about them, a sentence each.
    is_class: whether one argument has turned out to be several submissions."""

    given: tuple[Given, ...]
    notes: tuple[str, ...] = ()
    is_class: bool = False


def gathered(paths: Sequence[str], place: Callable[[], Path]) -> Intake:
    """The submissions that these paths name. place: makes a new directory of ours, for an archive
    that is a whole class. Raises `UsageError` where one of several could not be read at all."""
    if len(paths) == 1:
        return _of_one(paths[0], place)
    whole = _downloads(paths)
    loose = [path for path in paths if os.path.dirname(path) not in whole]
    no_programs = frozenset(filter(_is_no_program, loose))
    found = [Intake(())]
    for path in paths:
        if download := whole.pop(os.path.dirname(path), None):
            found.append(_of_download(download))
        elif path in loose and path not in no_programs:
            found.append(_one_of_several(path))
    given = tuple(one for it in found for one in it.given)
    if not given:  # who names nothing else is told of each what is wrong with it
        return Intake(tuple(map(Given, paths)))
    notes = [note for it in found for note in it.notes]
    return Intake(given, (*notes, *_named_together(path for path in loose if path in no_programs)))


def _one_of_several(path: str) -> Intake:
    download = _download_at(path, path) if os.path.isdir(path) else None
    return _of_download(download) if download else Intake((Given(path),))


def _of_one(path: str, place: Callable[[], Path]) -> Intake:
    if os.path.isdir(path):
        return _of_folder(path, path) or Intake((Given(path),))
    if not (is_archive(path) and os.path.isfile(path)):
        return Intake((Given(path),))
    from grader.intake.archives import unpack_archive  # who grades a folder does without

    target = place() / "class"
    try:
        unpack_archive(Path(os.path.realpath(path)), path, target)
    except NotGraded as error:
        return Intake((Given(path, refused=str(error)),))
    return _of_folder(str(entered(target)), path) or Intake((Given(path),))


def _of_folder(folder: str, shown: str) -> Intake | None:
    """A folder as a class; None where it is one submission. shown: what it is called."""
    if download := _download_at(folder, shown):
        return _of_download(download)
    if starts(folder):
        return None
    names = [name for name in _names(folder) if not is_junk(name) and name[:1] != "."]
    inner = [(name, f"{folder}/{name}") for name in names]
    several = [name for name, path in inner if _is_a_submission(path)]
    if len(several) < 2:
        return None
    no_programs = [name for name, path in inner if _is_no_program(path)]
    given = [
        Given(path) if shown == folder else _unpacked(path, f"{shown}/{name}")
        for name, path in inner
        if name not in no_programs
    ]
    return Intake(tuple(given), tuple(_named_together(no_programs)), is_class=True)


def _unpacked(path: str, shown: str) -> Given:
    """A submission of a class that came as one archive."""
    name = os.path.basename(path)
    return Given(shown, (Part("" if os.path.isdir(path) else name, path),), name)


def _is_a_submission(path: str) -> bool:
    return (is_archive(path) and os.path.isfile(path)) or (os.path.isdir(path) and starts(path))


def _downloads(paths: Sequence[str]) -> dict[str, Download]:
    """By their folders, the downloads that several of these paths are parts of."""
    named = defaultdict(list)
    for path in paths:
        named[os.path.dirname(path)].append(os.path.basename(path))
    found = {}
    for folder, names in named.items():
        text = _metadata(folder or ".") if METADATA in names else ""
        download = recognised(folder or ".", names, text) if len(names) > 1 else None
        if download is not None:
            found[folder] = download if folder else _from_here(download)
    return found


def _from_here(found: Download) -> Download:
    given = [
        replace(it, path=_without_dot(it.path),
                parts=tuple(replace(part, path=_without_dot(part.path)) for part in it.parts))
        for it in found.given
    ]  # fmt: skip
    return replace(found, given=tuple(given))


def _without_dot(path: str) -> str:
    return path.removeprefix("./")


def _download_at(folder: str, shown: str) -> Download | None:
    """The download that this folder is. shown: what it is called, where it was unpacked from an
    archive."""
    names = [name for name in _names(folder) if not is_junk(name)]
    found = recognised(folder, names, _metadata(folder) if METADATA in names else "")
    if found is None or folder == shown:
        return found
    given = [replace(it, path=f"{shown}{it.path.removeprefix(folder)}") for it in found.given]
    return replace(found, given=tuple(given))


def _of_download(found: Download) -> Intake:
    late = sum(bool(given.late) for given in found.given)
    first = f"{counted(len(found.given), 'submission')} from a {found.platform} download"
    notes = [f"{first}, {late} late" if late else first]
    older = [printable(name) for given in found.given for name in given.older]
    if older:
        notes.append(f"Older attempts, not graded: {some(older)}")
    return Intake(found.given, (*notes, *_named_together(found.others)), is_class=True)


def _is_no_program(path: str) -> bool:
    return Path(path).suffix.lower() in PAPERS and os.path.isfile(path)


def _named_together(names: Iterable[str]) -> list[str]:
    named = [printable(os.path.basename(name)) for name in names]
    if not named:
        return []
    what = "1 file is no program" if len(named) == 1 else f"{len(named)} files are no programs"
    return [f"{what}, so not graded: {some(named)}"]


def some(names: Sequence[str]) -> str:
    """The first of these names, and how many more there are."""
    more = len(names) - _MOST_SAID
    return ", ".join(names[:_MOST_SAID]) + (f" and {more} more" if more > 0 else "")


def _names(folder: str) -> list[str]:
    try:
        found = os.listdir(folder)
    except OSError:
        return []
    if len(found) > _MOST_SUBMISSIONS:
        raise UsageError(f"{folder} holds more than {_MOST_SUBMISSIONS} names")
    return sorted(found)


def _metadata(folder: str) -> str:
    try:
        return read_small(f"{folder}/{METADATA}", most=_MOST_METADATA).decode("utf-8", "replace")
    except OSError:
        return ""
