"""The gradebook that Canvas exports as CSV, and imports again.

Source: canvas-lms, `lib/gradebook_exporter.rb` and `lib/gradebook_importer.rb`. The columns are
Student (or LastName and FirstName), ID, SIS User ID, SIS Login ID, Integration ID, Root Account and
Section, of which some may be absent; then columns of the teacher, then each assignment as
`Title (123)`, then totals. Canvas does not translate these names. Between the header and the
students there may be a row for assignments with a posting policy, blank but for `Manual Posting`,
and there is one that says what each assignment is out of, `    Points Possible`. `EX` is an excused
student, `N/A` one to whom the assignment is not given. The file may have a byte order mark, and
semicolons with decimal commas.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.gradebooks.columns import chosen, require_cell
from grader.gradebooks.csv_bytes import Record, read_csv
from grader.gradebooks.fill import Sheet, has_commas, number_in
from grader.gradebooks.join import Row
from grader.intake.whose import Identity

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASSIGNMENT: Final = re.compile(r"(?P<title>.*) \((?P<id>[0-9]+)\)", re.DOTALL)
_TOTAL: Final = re.compile(
    "(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)"
)
_POSTING: Final = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE | re.DOTALL)
_POINTS_POSSIBLE: Final = "Points Possible"
_READ_ONLY: Final = "(read only)"
_KEPT: Final = frozenset({"EX", "N/A", _READ_ONLY.upper()})


def canvas(data: bytes, name: str, column: str = "") -> Sheet:
    """The column of an assignment in an exported gradebook. name: of the file. column: the
    assignment's title, with or without its number, or that number alone; empty: the only one there
    is. Raises `UsageError`."""
    file = read_csv(data, name)
    header = file.header
    if not (_begins(header) and "ID" in header and "Section" in header):
        raise UsageError(
            f"{name} is not a gradebook of Canvas: in Canvas, choose Grades > Export > Export"
            " Entire Gradebook"
        )
    points = next((it for it in file.records[1:] if _is_points(it, header)), None)
    number = chosen(_assignments(header, points), column, name)
    rows = [
        (place, record)
        for place, record in enumerate(file.records)
        if place and record is not points and not _is_no_student(record)
    ]
    for place, _ in rows:
        require_cell(file, place, number, name)
    out_of = _text(points, number) if points else ""
    texts = [out_of, *(_text(record, number) for _, record in rows)]
    return Sheet(
        file, name, number, header[number],
        tuple(_row(place, record, header) for place, record in rows),
        number_in(out_of) or None,  # what is out of 0 takes any score
        has_commas(texts), _KEPT,
    )  # fmt: skip


def _begins(header: Sequence[str]) -> bool:
    return header[:1] == ("Student",) or header[:2] == ("LastName", "FirstName")


def _assignments(header: Sequence[str], points: Record | None) -> dict[int, tuple[str, ...]]:
    """The names by which each column of an assignment can be asked for."""
    first = header.index("Section") + 1
    return {
        number: (title, found["title"], found["id"])
        for number, title in enumerate(header)
        if number >= first
        and (found := _ASSIGNMENT.fullmatch(title))
        and not _TOTAL.search(title)
        and not (points and _text(points, number).strip() == _READ_ONLY)
    }


def _is_points(record: Record, header: Sequence[str]) -> bool:
    has_id = _text(record, header.index("ID")).strip()
    return _text(record, 0).strip() == _POINTS_POSSIBLE and not has_id


def _is_no_student(record: Record) -> bool:
    return all(_POSTING.fullmatch(cell.text) for cell in record)


def _row(place: int, record: Record, header: Sequence[str]) -> Row:
    cells = dict(zip(header[: header.index("Section")], record, strict=False))
    said = {title: cell.text.strip() for title, cell in cells.items()}
    split = ", ".join(filter(None, (said.get("LastName"), said.get("FirstName"))))
    ids = (said.get(title, "") for title in ("ID", "SIS User ID", "Integration ID"))
    login, name = said.get("SIS Login ID", ""), said.get("Student", "") or split
    return Row(place, Identity(tuple(filter(None, ids)), login, name=name))


def _text(record: Record, number: int) -> str:
    return record[number].text if number < len(record) else ""
