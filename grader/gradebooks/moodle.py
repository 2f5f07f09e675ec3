"""The offline grading worksheet of an assignment in Moodle, which a teacher downloads and uploads
again.

Source: Moodle, `mod/assign/gradingtable.php` (what is written) and
`mod/assign/feedback/offline/importgradeslib.php` (what is read). The names of the columns are in
the language of the teacher, so the columns are known by their places:

- The first one is the identifier: one word for all, `Participant`, `Teilnehmer/in`, and a number.
- The second one is the full name. Where names are hidden, it is the status instead.
- The grade comes right before the column that says what it is out of, which holds the same number
  in every row (`Maximum grade`, `Bestwertung`, `Note maximale`). The translations of that name are
  below; in other languages it is the only such column whose left neighbour holds nothing or numbers
  up to it.

Moodle compares `Last modified (grade)` with what it knows, reads grades with a point or with the
comma of the teacher's language, skips blank ones, and skips those above the maximum silently.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.gradebooks.columns import require_cell
from grader.gradebooks.csv_bytes import CsvFile, read_csv
from grader.gradebooks.fill import Sheet, has_commas, number_in
from grader.gradebooks.join import Row
from grader.intake.whose import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

# `maxgrade` of mod_assign: en, de, fr, es, it, pt, nl, sv, zh
_MAXIMUM: Final = frozenset(
    {"maximum grade", "bestwertung", "note maximale", "calificación máxima", "valutazione massima",
     "nota máxima", "maximaal cijfer", "maximalt betyg", "最高成绩"}
)  # fmt: skip
_SCALE: Final = frozenset({"scale", "skala", "barème", "escala", "scala"})
"""Instead of it, where the grade is a word."""

_IDENTIFIER: Final = re.compile(r"(?P<word>.*?)(?P<number>[0-9]+)", re.DOTALL)
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
_LEAST_COLUMNS: Final = 4


def moodle(data: bytes, name: str, column: str = "") -> Sheet:
    """The grades of a worksheet. name: of the file. column: the name of the grade's column, where
    it is not known by itself. Raises `UsageError`."""
    file = read_csv(data, name)
    places = [place for place, it in enumerate(file.records) if place and any(c.text for c in it)]
    identifiers = [_IDENTIFIER.fullmatch(file.records[place][0].text.strip()) for place in places]
    words = {found["word"] if found else None for found in identifiers}
    if len(file.header) < _LEAST_COLUMNS or len(words) != 1 or None in words:
        raise UsageError(
            f"{name} is not a grading worksheet of Moodle: in the assignment, choose Submissions >"
            " Download grading worksheet"
        )
    number = _asked(file, column, name) if column else _grade(file, places, name)
    for place in places:
        require_cell(file, place, number, name)
    maximum = _constant(file, places, number + 1)
    return Sheet(
        file, name, number, file.header[number],
        tuple(_row(file, place, number) for place in places),
        maximum or None,
        has_commas(_texts(file, places, (number + 1, number))),
    )  # fmt: skip


def _asked(file: CsvFile, column: str, name: str) -> int:
    found = [number for number, title in enumerate(file.header) if title == column.strip()]
    if len(found) != 1:
        raise UsageError(f"{name} has {len(found) or 'no'} columns {column!r}")
    return found[0]


def _grade(file: CsvFile, places: Sequence[int], name: str) -> int:
    titles = [title.casefold() for title in file.header]
    known = [number for number, title in enumerate(titles) if number and title in _MAXIMUM]
    if not known and (found := [it for it in titles if it in _SCALE]):
        raise UsageError(
            f"{name}: this assignment is graded with words ({found[0]}): in its settings, choose"
            " points"
        )
    likely = known or [
        number for number in range(2, len(titles)) if _is_maximum(file, places, number)
    ]
    if len(likely) != 1:
        raise UsageError(
            f"{name}: the column of the grades is not certain: choose it with --column:"
            f" {'; '.join(file.header)}"
        )
    return likely[0] - 1


def _is_maximum(file: CsvFile, places: Sequence[int], number: int) -> bool:
    most = _constant(file, places, number)
    if not most:
        return False
    grades = [text.strip() for text in _texts(file, places, (number - 1,))]
    read = [number_in(text) for text in grades if text]
    return len(grades) == len(places) and all(it is not None and it <= most for it in read)


def _constant(file: CsvFile, places: Sequence[int], number: int) -> Fraction | None:
    """The number that each row has in this column."""
    found = {number_in(text) for text in _texts(file, places, (number,))}
    return found.pop() if len(found) == 1 else None


def _texts(file: CsvFile, places: Sequence[int], numbers: Iterable[int]) -> list[str]:
    return [
        file.records[place][number].text
        for number in numbers
        for place in places
        if number < len(file.records[place])
    ]


def _row(file: CsvFile, place: int, grade: int) -> Row:
    """What stands before the grade says whose the row is."""
    texts = [cell.text.strip() for cell in file.records[place][:grade]]
    found = _IDENTIFIER.fullmatch(texts[0])
    assert found is not None  # `moodle` has looked
    address = next(filter(_ADDRESS.fullmatch, texts[2:]), "")
    name = texts[1] if len(texts) > 2 else ""
    return Row(place, Identity((found["number"],), email=address, name=name))
