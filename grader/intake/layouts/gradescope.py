"""An export of Gradescope: a folder for each submission, and `submission_metadata.yml`, which says
whose they are: `submission_1: {":submitters": [{":name", ":sid", ":email"}], ...}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from grader.intake.given import Given, Part, Student
from grader.intake.layouts.download import Download

if TYPE_CHECKING:
    from collections.abc import Sequence

METADATA: Final = "submission_metadata.yml"


def gradescope(place: str, names: Sequence[str], metadata: str) -> Download | None:
    """place: the folder that these names are in. metadata: the text of that file, which anybody may
    have written. None where that is not Gradescope's."""
    known = _read(metadata)
    folders = [name for name in sorted(names) if isinstance(known.get(name), dict)]
    others = [name for name in sorted(names) if name not in folders and name != METADATA]
    if not folders:
        return None
    given = tuple(_given(place, name, known[name]) for name in folders)
    missing = [name for name in known if isinstance(name, str) and name not in names]
    gone = tuple(_gone(place, name, known[name]) for name in sorted(missing) if known[name])
    return Download("Gradescope", (*given, *gone), tuple(others))


def _given(place: str, name: str, said: dict[str, Any]) -> Given:
    students = tuple(map(_student, _dicts(said.get(":submitters"))))
    called = "-".join(filter(None, (student.name for student in students)))
    lateness = said.get(":lateness", said.get(":late"))
    return Given(
        f"{place}/{name}",
        (Part("", f"{place}/{name}"),),
        called or name,
        students,
        None if lateness is None else _is_late(lateness),
    )


def _gone(place: str, name: str, said: object) -> Given:
    found = _given(place, name, said if isinstance(said, dict) else {})
    return Given(
        found.path, (), found.name, found.students, found.late,
        refused=f"its folder {name} is not in the export",
    )  # fmt: skip


def _is_late(value: object) -> bool:
    """A duration, such as 00:00:00, or a word."""
    text = str(value).strip().lower()
    return bool(text.strip("0:. ")) and text not in ("false", "none", "on time")


def _student(said: dict[str, Any]) -> Student:
    found = {name: _text(said.get(f":{name}")) for name in ("sid", "email", "name")}
    return Student(id=found["sid"], email=found["email"], name=found["name"])


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) else ""


def _dicts(value: object) -> list[dict[str, Any]]:
    return [it for it in value if isinstance(it, dict)] if isinstance(value, list) else []


def _read(text: str) -> dict[object, Any]:
    try:
        read = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}
