"""The roster of a class: who belongs to it, and so whose submission is missing or nobody's.

A platform's own export will do: the columns of Canvas, Moodle and Gradescope are known by their
names. Who is meant is decided by `grader.intake.whose`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.errors import UsageError
from grader.intake.csv_tables import rows_of
from grader.intake.gather import Intake, some
from grader.intake.given import Given, Student
from grader.intake.suffixes import without_suffix
from grader.intake.whose import NOBODY, Identity, Listed
from grader.text.escape import printable
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS: Final = {
    "id": ("id", "sid", "studentid", "idnumber", "userid", "number", "identifier", "participant"),
    "sis": ("sisuserid", "sisid"),
    "login": ("login", "loginid", "sisloginid", "username", "user", "account"),
    "email": ("email", "emailaddress", "mail"),
    "name": ("name", "fullname", "student", "studentname"),
    "first": ("firstname", "givenname"),
    "last": ("lastname", "surname", "familyname"),
    "group": ("group", "groupname", "team"),
    "status": ("status",),
}  # fmt: skip
_NEEDED: Final = ("id", "login", "email", "name", "last")
_IN_TIME: Final = "Submitted for grading"
_LATE: Final = re.compile(r"\d+ (?:sec|min|hour|day|week|year)s? late\b")
_NOT_HANDED_IN: Final = "no submission was handed in"


def read_roster(path: str) -> list[Student]:
    """The students of the file. Raises `UsageError`."""
    students = [*_students(path)]
    if not students:
        raise UsageError(f"{printable(path)} has no student in it")
    return students


def _students(path: str) -> Iterator[Student]:
    for row in rows_of(path, COLUMNS, _NEEDED):
        name = row["name"] or " ".join(filter(None, (row["first"], row["last"])))
        if name.casefold() in (
            "points possible",
            "student, test",
        ):  # Canvas's second row, and its test
            continue
        one = row["sis"] or row["id"]
        student = Student(
            one.removeprefix("Participant "), row["login"], row["email"], name, row["group"],
            _is_late(row["status"]),
        )  # fmt: skip
        if any((student.id, student.login, student.email, student.name)):
            yield student


def _is_late(status: str) -> bool | None:
    """What Moodle's grading worksheet says in English: `Submitted for grading - 2 hours 5 mins
    late`. Its downloads do not say it."""
    if _LATE.search(status):
        return True
    return False if status.startswith(_IN_TIME) else None


def joined(intake: Intake, roster: Sequence[Student]) -> Intake:
    """The class by its roster: each submission with the students whose it is, a group's with all of
    them; then who has handed in nothing. Who is not in the roster is graded, and named. Pure."""
    seats = _Seats(roster)
    given = [one for it in intake.given if (one := seats.taken_by(it)) is not None]
    missing = seats.free
    late = [it for it in given if it.late and any(one.late for one in it.students)]
    absent = f"{counted(len(missing), 'student')} of the roster handed in nothing"
    told = [f"late, by the roster: {some([printable(_called(it)) for it in late])}"] if late else []
    notes = (*intake.notes, *told, *seats.notes, *([absent] if missing else []))
    return Intake((*given, *map(_missing, missing)), notes, is_class=True)


def by_student(intake: Intake) -> Intake:
    """A joined class whose submissions are called by their students; those that nobody has handed
    in are left out. Pure."""
    there = [it for it in intake.given if it.refused != _NOT_HANDED_IN]
    named = [", ".join(map(_known_as, it.students)) for it in there]
    given = tuple(
        replace(one, name=name or one.name) for one, name in zip(there, named, strict=True)
    )
    return replace(intake, given=given)


class _Seats:
    """Who of the roster has handed in, one submission after the other."""

    def __init__(self, roster: Sequence[Student]) -> None:
        self._roster = roster
        self._people = Listed(Identity((it.id,), it.login, it.email, it.name) for it in roster)
        self._taken: set[int] = set()
        self._unknown: list[str] = []
        self._doubtful: list[str] = []
        self._again: list[str] = []

    def taken_by(self, given: Given) -> Given | None:
        """The submission with its students; None for another one of a group."""
        places = [_place(self._people, whose) for whose in _named(given)]
        found = [place for place in places if isinstance(place, int)]
        if not found:
            is_unknown = all(place == NOBODY for place in places)
            (self._unknown if is_unknown else self._doubtful).append(_called(given))
            return given
        members = _with_groups(found, self._roster)
        if members <= self._taken and self._roster[found[0]].group:
            self._again.append(_called(given))
            return None
        self._taken |= members
        students = tuple(self._roster[place] for place in sorted(members))
        said = self._roster[found[0]].late
        return replace(given, students=students, late=said if given.late is None else given.late)

    @property
    def free(self) -> list[Student]:
        """Who has handed in nothing."""
        return [it for place, it in enumerate(self._roster) if place not in self._taken]

    @property
    def notes(self) -> list[str]:
        """What a teacher has to look at."""
        return [
            *_note(self._unknown, "Not in the roster, and graded all the same"),
            *_note(self._doubtful, "Not joined, because it is not certain whose it is"),
            *_note(self._again, "Not graded, because the group has handed in another one"),
        ]


def _named(given: Given) -> list[Identity | str]:
    if not given.students:
        return [_called(given)]
    return [Identity((it.id,), it.login, it.email, it.name) for it in given.students]


def _place(people: Listed, whose: Identity | str) -> int | str:
    """A team of Moodle's has its name before that of the student."""
    if isinstance(whose, str):
        return people.place_called(whose)
    found = people.place_of(whose)
    team, minus, name = whose.name.partition("-")
    if found == NOBODY and team and minus:
        return people.place_of(replace(whose, name=name))
    return found


def _with_groups(found: Sequence[int], roster: Sequence[Student]) -> set[int]:
    groups = {roster[place].group for place in found} - {""}
    return {*found, *(place for place, it in enumerate(roster) if it.group in groups)}


def _missing(student: Student) -> Given:
    return Given("", name=_known_as(student), students=(student,), refused=_NOT_HANDED_IN)


def _known_as(student: Student) -> str:
    return student.name or student.login or student.email or student.id


def _called(given: Given) -> str:
    name = given.name or given.path.rstrip("/").rpartition("/")[2]
    return without_suffix(name).removesuffix(".py")


def _note(names: Sequence[str], what: str) -> list[str]:
    return [f"{what}: {some([printable(name) for name in names])}"] if names else []
