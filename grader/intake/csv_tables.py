"""Reads the tables that teachers and platforms write: CSV with a header, in any of its dialects."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.system.untrusted_files import read_small
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_MOST_BYTES: Final = 16 << 20
_SEPARATORS: Final = ",;\t"

Row = dict[str, str]


def rows_of(path: str, columns: Mapping[str, Iterable[str]], needed: Iterable[str]) -> list[Row]:
    """The rows of the file, each by the names of `columns` that it has: a cell without the blanks
    around it. columns: by their names here the words that a header may have, in small letters and
    digits alone. needed: one of these has to be there. Raises `UsageError`."""
    text = _text(path)
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    try:
        table = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
    except csv.Error as error:
        raise UsageError(f"{printable(path)} is no CSV: {error}") from error
    words = [re.sub(r"[^0-9a-z]", "", word.lower()) for word in (table or [[]])[0]]
    places = {
        name: [place for place, word in enumerate(words) if word in known]
        for name, known in columns.items()
    }
    if not any(places[name] for name in needed):
        wanted = ", ".join(name for name in needed)
        raise UsageError(f"{printable(path)} has none of the columns {wanted} in its first line")
    return [_row(row, places) for row in table[1:]]


def _row(row: list[str], places: Mapping[str, list[int]]) -> Row:
    """Where several columns mean the same, the first that has something."""
    found = {}
    for name, numbers in places.items():
        cells = [row[number].strip() for number in numbers if number < len(row)]
        found[name] = next(filter(None, cells), "")
    return found


def _text(path: str) -> str:
    try:
        content = read_small(path, most=_MOST_BYTES)
    except OSError as error:
        raise UsageError(f"cannot read {printable(path)}: {error.strerror or error}") from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig", "replace")
