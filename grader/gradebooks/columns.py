"""Which column of a gradebook is filled. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import UsageError
from grader.text.escape import printable
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.gradebooks.csv_bytes import CsvFile


def chosen(columns: Mapping[int, Sequence[str]], asked: str, name: str) -> int:
    """The number of the column that is asked for; where nothing is, the only one there is. columns:
    by number, the names of each. name: of the file. Raises `UsageError`."""
    firsts = [printable(names[0]) for names in columns.values()]
    if not columns:
        raise UsageError(f"{name} has no column of an assignment")
    if not asked:
        if len(columns) > 1:
            raise UsageError(
                f"{name} has several assignments: choose one with --column: {'; '.join(firsts)}"
            )
        return next(iter(columns))
    found = [number for number, names in columns.items() if asked.strip() in names]
    if not found:
        close = did_you_mean(asked, firsts) or f"; there are: {'; '.join(firsts)}"
        raise UsageError(f"{name} has no column {asked!r}{close}")
    if len(found) > 1:
        both = "; ".join(printable(columns[number][0]) for number in found)
        raise UsageError(f"{name} has several columns {asked!r}: {both}")
    return found[0]


def require_cell(file: CsvFile, record: int, column: int, name: str) -> None:
    """Raises `UsageError` where this record ends before this column."""
    if column >= len(file.records[record]):
        raise UsageError(
            f"{name}, line {file.line(record)}: the row ends before the column of the scores"
        )
