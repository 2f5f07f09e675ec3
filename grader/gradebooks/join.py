"""Which row of a gradebook gets which result. Pure.

Nobody gets a score by a guess: `grader.intake.whose` says when a student is certain, and a row that
two submissions claim gets neither.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from grader.intake.given import Student
from grader.intake.whose import Identity, Listed
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.gradebooks.result import Result


class Row(Value, frozen=True):
    """A student's row. number: its place in the file. whose: as the file has it."""

    number: int
    whose: Identity

    @property
    def shown(self) -> str:
        """What it is called."""
        it = self.whose
        return it.name or it.login or it.email or next(iter(it.ids), f"row {self.number}")


class Unplaced(Value, frozen=True):
    """A submission that has no row, and why; student: which of its students."""

    result: Result
    student: Student
    why: str


class Joined(Value, frozen=True):
    """placed: the result of each row that has one, by its number. unplaced: those without a row."""

    placed: dict[int, Result]
    unplaced: tuple[Unplaced, ...]


def joined(rows: Sequence[Row], results: Sequence[Result]) -> Joined:
    """Give each of these results its rows: one for each of its students."""
    listed = Listed(row.whose for row in rows)
    claims: dict[int, list[tuple[Result, Student]]] = defaultdict(list)
    unplaced = []
    for result in results:
        for student in result.students or (Student(),):
            found = _place(result, student, listed)
            if isinstance(found, int):
                claims[rows[found].number].append((result, student))
            else:
                unplaced.append(Unplaced(result, student, found))
    placed = {}
    for number, claimed in claims.items():
        if len({id(result) for result, _ in claimed}) == 1:
            placed[number] = claimed[0][0]
        else:
            names = ", ".join(result.name for result, _ in claimed)
            why = f"several submissions are of the same row: {names}"
            unplaced += [Unplaced(*it, why) for it in claimed]
    return Joined(placed, tuple(unplaced))


def _place(result: Result, student: Student, listed: Listed) -> int | str:
    if not result.students:  # only its name says whose it is
        return listed.place_called(result.name)
    return listed.place_of(Identity((student.id,), student.login, student.email, student.name))
