"""Packs a submission of a class as its grading begins: what is graded is what was packed."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from grader.book.content import content_hash
from grader.errors import NotGraded, own_faults_said
from grader.intake.contents import handed_in, how_it_starts
from grader.intake.given import Given
from grader.intake.pack import pack, unpack
from grader.intake.suffixes import is_archive
from grader.isolation.removal import remove
from grader.isolation.scratch import scratch_directory
from grader.jobs.neighbours import NOBODY, Neighbours
from grader.program.find import find
from grader.program.submission import Contents, Submission
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Packed(Value, frozen=True):
    """pack, known_as: as in a Job. refused: why there is none; empty when there is. says: how it is
    started, where that is no matter of course."""

    pack: str = ""
    known_as: str = ""
    refused: str = ""
    says: str = ""


def packed(given: Given, told: Neighbours, place: Path) -> Packed:
    """place: a directory of the grading's own. Raises `GraderError` and OSError."""
    if told.refused:
        return Packed(refused=told.refused)
    work = place / "handed-in"
    work.mkdir()
    try:
        return _packed(given, told, place, work)
    except NotGraded as error:
        return Packed(refused=str(error))
    finally:
        remove(work)


def _packed(given: Given, told: Neighbours, place: Path, work: Path) -> Packed:
    """What was handed in is hostile: whatever it makes fail here ends no class."""
    with own_faults_said():
        handed = handed_in(given, work, alone=bool(told.alone), hidden=told.hidden)
        pack(handed.source, place / "pack")
        says = how_it_starts(handed.source)
        return Packed(str(place / "pack"), str(handed.known_as), says=says)


@contextmanager
def found_in_archive(
    path: str | None, command: Sequence[str], python: str | None
) -> Iterator[Submission]:
    """What `find` finds, also in an archive, which is unpacked as long as the context is open."""
    if not (path and is_archive(path) and os.path.isfile(path)):
        yield find(path, command, python)
        return
    with scratch_directory() as place:
        there = packed(Given(path), NOBODY, place)
        if there.refused:
            raise NotGraded(there.refused)
        yield find(path, command, python, unpacked(there.pack, there.known_as))


def unpacked(pack_file: str, known_as: str) -> Contents:
    """What was packed, as a directory beside the pack."""
    place = Path(f"{pack_file}-unpacked")
    place.mkdir()
    start = unpack(Path(pack_file), place)
    return Contents(place.resolve(), start, Path(known_as))


def content_of(given: Given, told: Neighbours) -> str:
    """A hash of what was handed in, as it lies there: of files and archives by their bytes. Empty
    where that is not known, so that it is graded anew."""
    if given.refused or told.refused:  # what it leads to decides, and that is not its own
        return ""
    if not given.parts:
        alone = os.path.basename(given.path) if is_archive(given.path) else told.alone
        return content_hash(given.path, alone=alone, hidden=told.hidden)
    found = [(part.name, _content_of(part.path)) for part in given.parts]
    if not all(content for _, content in found):
        return ""
    text = "".join(f"{len(name)}:{name}{content}" for name, content in found)
    return hashlib.sha256(os.fsencode(text)).hexdigest()


def _content_of(path: str) -> str:
    return content_hash(path, alone="" if os.path.isdir(path) else os.path.basename(path))
