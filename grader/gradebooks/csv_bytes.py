"""A CSV file in which single cells are changed, while every other byte stays what it is.

How it works. The bytes are read once, by RFC 4180, and each cell is kept with its place in them. A
changed file is the old bytes with some of these places replaced. So quotes, line ends, blanks, a
byte order mark, and text in whatever encoding come out as they went in. Commas, semicolons, tabs,
quotes and line ends are the same bytes in UTF-8, in the Windows code pages, and in those of East
Asia, so a file is divided before it is decoded.

What is not divided beyond doubt (a quote that is never closed, text after a closing quote) is
refused: one cell too many, and a score would stand in another student's row.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DELIMITERS: Final = (b",", b";", b"\t")
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_CELLS: Final = {
    one: re.compile(rb'"(?P<inside>[^"]*(?:""[^"]*)*)"|(?P<plain>(?!")[^\r\n%b]*)' % one)
    for one in _DELIMITERS
}


class Cell(Value, frozen=True):
    """text: what it says. start, end: where it stands in the file, with its quotes."""

    text: str
    start: int
    end: int
    is_quoted: bool = False


Record = tuple[Cell, ...]


class CsvFile(Value, frozen=True):
    """records: all lines, also empty ones. encoding: in which its text was read."""

    data: bytes
    delimiter: str
    encoding: str
    records: tuple[Record, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The texts of the first record, without blanks around them."""
        return tuple(cell.text.strip() for cell in self.records[0]) if self.records else ()

    def line(self, number: int) -> int:
        """On which line this record begins, counted from 1."""
        start = self.records[number][0].start
        return 1 + len(_LINE_END.findall(self.data, 0, start))

    def filled(self, texts: Mapping[tuple[int, int], str]) -> bytes:
        """The file with other texts in some of its cells: by the number of the record and of the
        cell in it. A cell that was quoted stays so."""
        parts = []
        done = 0
        for (record, column), text in sorted(texts.items()):
            cell = self.records[record][column]
            parts += [self.data[done : cell.start], self._written(text, cell)]
            done = cell.end
        return b"".join([*parts, self.data[done:]])

    def _written(self, text: str, cell: Cell) -> bytes:
        if cell.is_quoted or any(sign in text for sign in (self.delimiter, '"', "\r", "\n")):
            text = '"' + text.replace('"', '""') + '"'
        return text.encode(self.encoding)


def read_csv(data: bytes, name: str) -> CsvFile:
    """The file with these bytes, divided by what divides its first line most often. name: what it
    is called. Raises `UsageError` for what is no CSV, or cannot be divided beyond doubt."""
    if data.startswith(_WIDE) or b"\0" in data:
        raise UsageError(f"{name} is not a CSV in UTF-8: export it again, or save it as CSV UTF-8")
    begin = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    encoding = _encoding(data)
    delimiter = max(_DELIMITERS, key=lambda one: _width(data, begin, one))
    records = tuple(
        tuple(
            Cell(raw.decode(encoding, "replace"), start, end, is_quoted)
            for raw, start, end, is_quoted in record
        )
        for record in _records(data, begin, delimiter, name)
    )
    return CsvFile(data, delimiter.decode(), encoding, records)


def _encoding(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"  # what spreadsheets on Windows save
    return "utf-8"


_Raw = tuple[bytes, int, int, bool]


def _width(data: bytes, begin: int, delimiter: bytes) -> int:
    """How many cells the first line has, divided so."""
    try:
        return len(next(_records(data, begin, delimiter, ""), []))
    except UsageError:
        return 0


def _records(data: bytes, at: int, delimiter: bytes, name: str) -> Iterator[list[_Raw]]:
    pattern = _CELLS[delimiter]
    record: list[_Raw] = []
    while at < len(data) or record:
        found = pattern.match(data, at)
        if found is None:
            raise _undivided(data, at, name, "a quote is never closed")
        inside = found["inside"]
        raw = found["plain"] if inside is None else inside.replace(b'""', b'"')
        record.append((raw, at, found.end(), inside is not None))
        at = found.end()
        if data.startswith(delimiter, at):
            at += 1
            continue
        line_end = _LINE_END.match(data, at)
        if line_end is None and at < len(data):
            raise _undivided(data, at, name, "text follows a closing quote")
        yield record
        record = []
        at = line_end.end() if line_end else at


def _undivided(data: bytes, at: int, name: str, what: str) -> UsageError:
    line = 1 + len(_LINE_END.findall(data, 0, at))
    return UsageError(f"{name}, line {line}: {what}, so its cells are not certain")
