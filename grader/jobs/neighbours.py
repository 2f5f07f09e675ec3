"""What the gradings of a class have to know of each other: whose files are whose, and what nobody
else may see."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.program.containment import is_reached_by_a_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Neighbours:
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
    linked = _linked(paths)
    owners = {
        place: path for place, path, link in zip(places, paths, linked, strict=True) if not link
    }
    written = _of_reports(reports, places)
    return [
        Neighbours(
            _alone(place, places),
            tuple(str(other) for other in (*_others(place, places), *written)),
            _refused(path, place, owners) if link else "",
        )
        for path, place, link in zip(paths, places, linked, strict=True)
    ]


def _linked(paths: Sequence[str]) -> list[bool]:
    base = os.path.commonpath([os.path.dirname(os.path.abspath(path)) for path in paths])
    return [is_reached_by_a_link(path, base) for path in paths]


def _alone(place: Path, places: Iterable[Path]) -> str:
    beside = (other for other in places if other not in (place, place.parent))
    return (
        place.name
        if not place.is_dir() and any(_is_in(other, place.parent) for other in beside)
        else ""
    )


def _others(place: Path, places: Iterable[Path]) -> Iterable[Path]:
    """Those that are not part of this one, nor this one part of them."""
    return dict.fromkeys(
        other for other in places if not _is_in(other, place) and not _is_in(place, other)
    )


def _refused(path: str, place: Path, owners: dict[Path, str]) -> str:
    owner = next((owner for other, owner in owners.items() if _is_in(place, other)), None)
    return f"{path} is a link to {owner}, another submission" if owner is not None else ""


def _of_reports(reports: Iterable[Path], places: Sequence[Path]) -> list[Path]:
    """The directories that hold nothing but reports, as far as is known here; else the reports."""
    found = []
    for report in (Path(os.path.realpath(report)) for report in reports):
        kept = (*places, Path.cwd())
        found.append(
            report if any(_is_in(place, report.parent) for place in kept) else report.parent
        )
    return list(dict.fromkeys(found))


def _is_in(place: Path, directory: Path) -> bool:
    return place.is_relative_to(directory)
