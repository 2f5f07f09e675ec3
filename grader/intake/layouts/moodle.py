"""The names in a download of Moodle: `Full Name_participant_assignsubmission_file_`, a folder with
the files, or the beginning of a file's own name where folders were not asked for.

So writes Moodle's `mod/assign/locallib.php`. A team's have `Team-` before the name; where names are
hidden, `Participant` stands for all of them. What was typed into a form is an `onlinetext`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from grader.intake.given import Given, Part, Student
from grader.intake.layouts.download import Download

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRY: Final = re.compile(
    r"(?P<name>[^_/]+)_(?P<participant>\d+)_assignsubmission_(?P<plugin>[a-z]+)_?(?P<file>.*)",
    re.DOTALL,
)


def moodle(place: str, names: Sequence[str]) -> Download | None:
    """place: the folder that these names are in. None where no name is Moodle's."""
    whose: dict[tuple[str, str], list[Part]] = defaultdict(list)
    others = []
    for name in sorted(names):
        if not (found := _ENTRY.fullmatch(name)):
            others.append(name)
            continue
        parts = whose[found["name"], found["participant"]]
        if found["plugin"] == "file":
            parts.append(Part(found["file"], f"{place}/{name}"))
    given = tuple(_given(place, *key, parts) for key, parts in whose.items())
    return Download("Moodle", given, tuple(others)) if given else None


def _given(place: str, name: str, participant: str, parts: Sequence[Part]) -> Given:
    student = Student(id=participant, name="" if name == "Participant" else name)
    return Given(
        parts[0].path if parts else place,
        tuple(parts),
        f"{name}_{participant}",
        (student,),
        refused="" if parts else "a text was handed in, and no file",
    )
