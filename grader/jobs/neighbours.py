"""What the gradings of a class have to know of each other: whose files are whose, and what nobody
else may see."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.intake.suffixes import is_archive
from grader.program.containment import is_reached_by_a_link
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.intake.given import Given


class Neighbours(Value, frozen=True):
    """What the grading of one submission is told. alone: its file, by name, when others are graded
    out of the same directory: then it is all that it gets to see of that. hidden: the others'
    places, and those of the reports. refused: why it is not graded at all; empty when it is."""

    alone: str
    hidden: tuple[str, ...]
    refused: str


NOBODY: Final = Neighbours("", (), "")
"""Of a submission that is graded on its own."""


def neighbours(paths: Sequence[str], reports: Iterable[Path]) -> list[Neighbours]:
    """For each submission what it is told, in the same order. reports: the files that are written
    of the class.

    Links are followed: what counts is where things really are.
    """
    places = [Path(os.path.realpath(path)) for path in paths]
    layout = _Layout(places)
    linked = _linked(paths)
    owners = {
        place: path for place, path, link in zip(places, paths, linked, strict=True) if not link
    }
    written = [str(report) for report in _of_reports(reports, layout)]
    return [
        Neighbours(
            layout.alone(place),
            (*layout.others(place), *written),
            _refused(path, place, owners) if link else "",
        )
        for path, place, link in zip(paths, places, linked, strict=True)
    ]


def told_of(handed: Sequence[Given], written: Iterable[Path]) -> list[Neighbours]:
    """What each submission of a class is told of the others, in the same order. What is put
    together or unpacked has a directory that nothing else is in; what was not handed in lies
    nowhere. written: the files that are written of the class."""
    there = [it.path for it in handed if it.path]
    told = iter(neighbours(there, written) if there else ())
    found = [(it, next(told) if it.path else NOBODY) for it in handed]
    return [replace(one, alone="") if it.parts or is_archive(it.path) else one for it, one in found]


class _Layout:
    """Who lies in whom, of all places of a class, looked up and not compared one with another: a
    class may be large."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._names = {place: str(place) for place in places}
        self._holding = Counter(above for place in self._names for above in (place, *place.parents))

    def holds(self, directory: Path) -> bool:
        """Whether it is one of the places, or one of them lies in it."""
        return directory in self._holding

    def alone(self, place: Path) -> str:
        """The file's name, where others lie in its directory; else empty."""
        beside = self._holding[place.parent] - (place.parent in self._names) - 1
        return place.name if beside and not place.is_dir() else ""

    def others(self, place: Path) -> list[str]:
        """Those that are not part of this one, nor this one part of them."""
        own = {place, *place.parents}
        if self._holding[place] > 1:
            own |= {other for other in self._names if place in other.parents}
        return [name for other, name in self._names.items() if other not in own]


def _linked(paths: Sequence[str]) -> list[bool]:
    base = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    return [is_reached_by_a_link(path, base) for path in paths]


def _refused(path: str, place: Path, owners: dict[Path, str]) -> str:
    owner = next((owner for other, owner in owners.items() if _is_in(place, other)), None)
    return f"{path} is a link to {owner}, another submission" if owner is not None else ""


def _of_reports(reports: Iterable[Path], layout: _Layout) -> list[Path]:
    """The directories that hold nothing but reports, as far as is known here; else the reports."""
    here = Path.cwd()
    kept = {here, *here.parents}
    found = [
        report if report.parent in kept or layout.holds(report.parent) else report.parent
        for report in (Path(os.path.realpath(report)) for report in reports)
    ]
    return list(dict.fromkeys(found))


def _is_in(place: Path, directory: Path) -> bool:
    return place.is_relative_to(directory)
