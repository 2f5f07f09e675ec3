"""Which row of a gradebook is whose: by id, login, e-mail address, or name. Pure.

How it works. A row and a student have keys, the surest first. The first key of a student that is
some row's decides. But it decides nothing where several rows have it, or where a later key of the
same student is another row's: then the two contradict each other, and a teacher has to look. Nor
does a row get a score where two submissions claim it. Names are compared without regard to case,
and `Lovelace, Ada` is `Ada Lovelace`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.gradebooks.result import Result, Student

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Row:
    """A student's row. number: its place in the file. ids, login, email, name: as it has them; each
    may be empty. shown: what it is called."""

    number: int
    ids: tuple[str, ...] = ()
    login: str = ""
    email: str = ""
    name: str = ""

    @property
    def shown(self) -> str:
        return self.name or self.login or self.email or next(iter(self.ids), f"row {self.number}")


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A submission that has no row, and why; student: which of its students."""

    result: Result
    student: Student
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """placed: the result of each row that has one, by its number. unplaced: those without a row.
    contested: the rows that several submissions claim."""

    placed: dict[int, Result]
    unplaced: tuple[Unplaced, ...]


def joined(rows: Sequence[Row], results: Sequence[Result]) -> Joined:
    """Give each of these results its rows: one for each of its students."""
    index: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in rows:
        for key in _keys(row.ids, row.login, row.email, row.name):
            index[key].add(row.number)
        for address in (row.login, row.email):
            local, at, _ = _folded(address).partition("@")
            if at:
                index["local", local].add(row.number)
    claims: dict[int, list[tuple[Result, Student]]] = defaultdict(list)
    unplaced = []
    for result in results:
        for student in result.students or (Student(),):
            found = _row_of(result, student, index)
            if isinstance(found, int):
                claims[found].append((result, student))
            else:
                unplaced.append(Unplaced(result, student, found))
    placed = {}
    for number, claimed in claims.items():
        if len({id(result) for result, _ in claimed}) == 1:
            placed[number] = claimed[0][0]
        else:
            names = ", ".join(result.name for result, _ in claimed)
            unplaced += [
                Unplaced(*it, f"several submissions are of the same row: {names}") for it in claimed
            ]
    return Joined(placed, tuple(unplaced))


def _row_of(result: Result, student: Student, index: dict[tuple[str, str], set[int]]) -> int | str:
    """The number of the row, or why there is none."""
    if result.students:
        keys = list(_keys((student.id,), student.login, student.email, student.name))
    else:  # only its name says whose it is
        keys = list(_keys((result.name,), result.name, result.name, result.name))
    found = [index[key] for key in keys if key in index]
    if not found:
        return "no row is that student's"
    if len(found[0]) > 1:
        return "several rows could be that student's"
    (number,) = found[0]
    if any(number not in others for others in found):
        return "its id, login, e-mail and name are those of different rows"
    return number


def _keys(ids: Sequence[str], login: str, email: str, name: str) -> Iterator[tuple[str, str]]:
    """The surest first. Logins and e-mail addresses are one kind, because platforms take one for
    the other; and a login may be what an address begins with."""
    for one in ids:
        if key := _folded(one):
            yield "id", key
    for one in (login, email):
        if key := _folded(one):
            yield "login", key
    if login and "@" not in login:
        yield "local", _folded(login)
    for key in _names(name):
        yield "name", key


def _names(name: str) -> Iterator[str]:
    last, comma, first = name.partition(",")
    words = _folded(f"{first} {last}" if comma else name)
    if words:
        yield words
    joint = re.sub(r"[\W_]", "", _folded(name))  # so does Canvas in names of files
    if joint and joint != words:
        yield joint


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
