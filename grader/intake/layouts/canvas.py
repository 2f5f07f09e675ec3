"""The names in a download of Canvas: `sortablename[_LATE]_userid_fileid_originalname`.

So writes Canvas's `lib/content_zipper.rb`; anonymous ones begin `[LATE_]anon_ID`. A file that is
handed in again under the same name is called `server-1.py`, then `server-2.py`. What was typed into
a form ends in `_text.html` or `_link.html`, and has no number of a file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from grader.intake.given import Given, Part, Student
from grader.intake.layouts.download import Download
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_FILE: Final = re.compile(
    r"(?:(?P<early>LATE_)?anon_(?P<anonymous>\w+?)|(?P<name>[^/]+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"_(?:(?P<file>\d+)_(?P<original>.+)|(?P<typed>text|link)\.html)",
    re.DOTALL,
)
_AGAIN: Final = re.compile(r"(?P<stem>.+?)-(?P<number>[1-9]\d{0,3})(?P<suffix>(?:\.\w+){0,2})")


class _File(Value, frozen=True):
    name: str  # in the download
    original: str  # as its author called it
    attempt: int
    number: int


def canvas(place: str, names: Sequence[str]) -> Download | None:
    """place: the folder that these names are in. None where no name is Canvas's."""
    whose: dict[tuple[str, str], list[_File]] = defaultdict(list)
    late = set()
    others = []
    for name in sorted(names):
        if not (found := _FILE.fullmatch(name)):
            others.append(name)
            continue
        user = found["user"] or f"anon_{found['anonymous']}"
        files = whose[found["name"] or "", user]
        if found["late"] or found["early"]:
            late.add(user)
        if not found["typed"]:
            files.append(_file(name, found["original"], int(found["file"])))
    given = tuple(_given(place, *key, key[1] in late, files) for key, files in whose.items())
    return Download("Canvas", given, tuple(others)) if given else None


def _file(name: str, original: str, number: int) -> _File:
    again = _AGAIN.fullmatch(original)
    if again is None:
        return _File(name, original, 0, number)
    return _File(name, f"{again['stem']}{again['suffix']}", int(again["number"]), number)


def _given(place: str, name: str, user: str, late: bool, files: Sequence[_File]) -> Given:
    newest: dict[str, _File] = {}
    for file in sorted(files, key=lambda file: (file.attempt, file.number)):
        newest[file.original] = file
    kept = sorted(newest.values(), key=lambda file: file.original)
    older = tuple(file.name for file in files if file not in kept)
    return Given(
        f"{place}/{kept[0].name}" if kept else place,
        tuple(Part(file.original, f"{place}/{file.name}") for file in kept),
        f"{name}_{user}" if name else user,
        (Student(id=user.removeprefix("anon_"), name=name),),
        late,
        older,
        "" if kept else "a text or a link was handed in, and no file",
    )
