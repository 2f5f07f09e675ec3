"""A CSV file whose cells are changed one by one: all other bytes stay, whatever they are."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.gradebooks.csv_bytes import read_csv

ENDS = ("\r\n", "\n", "\r")
TEXTS = st.text(st.sampled_from('ab ,;\t"\r\n=Ü'), max_size=6)


@st.composite
def _files(draw: st.DrawFn) -> tuple[bytes, list[list[str]], str]:
    """A file as some program writes it, what its cells say, and what divides them."""
    width = draw(st.integers(2, 4))
    delimiter, end = draw(st.sampled_from(",;\t")), draw(st.sampled_from(ENDS))
    header = [f"column {number}" for number in range(width)]
    row = st.lists(TEXTS, min_size=width, max_size=width)
    rows = [header, *draw(st.lists(row, min_size=1, max_size=4))]
    text = delimiter.join(header) + end
    for cells in rows[1:]:
        needs = [any(sign in it for sign in ',;\t"\r\n') or draw(st.booleans()) for it in cells]
        text += delimiter.join(
            '"' + it.replace('"', '""') + '"' if quoted else it
            for it, quoted in zip(cells, needs, strict=True)
        )
        text += end
    whole = draw(st.booleans())
    encoding = draw(st.sampled_from(("utf-8", "utf-8-sig", "cp1252")))
    data = text.encode(encoding)
    return (data if whole else data[: -len(end)]), rows, delimiter


@settings(max_examples=40)
@given(_files())
def test_a_file_is_read_as_it_was_meant(drawn: tuple[bytes, list[list[str]], str]) -> None:
    data, rows, delimiter = drawn
    file = read_csv(data, "x.csv")
    assert file.delimiter == delimiter
    assert [[cell.text for cell in record] for record in file.records] == rows
    assert file.filled({}) == data


@settings(max_examples=40)
@given(_files(), st.data(), st.from_regex(r"[0-9]{1,3}([.,][0-9]{1,2})?", fullmatch=True))
def test_only_the_filled_cells_change(
    drawn: tuple[bytes, list[list[str]], str], chosen: st.DataObject, text: str
) -> None:
    data, rows, _ = drawn
    file = read_csv(data, "x.csv")
    places = [(row, column) for row in range(1, len(rows)) for column in range(len(rows[0]))]
    changes = dict.fromkeys(chosen.draw(st.lists(st.sampled_from(places), unique=True)), text)
    written = file.filled(changes)
    again = read_csv(written, "x.csv")
    expected = [
        [changes.get((row, column), cell) for column, cell in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]
    assert [[cell.text for cell in record] for record in again.records] == expected
    assert _outside(written, again.records, changes) == _outside(data, file.records, changes)


def _outside(data: bytes, records: object, changes: dict[tuple[int, int], str]) -> list[bytes]:
    assert isinstance(records, tuple)
    ends = [(records[row][column].start, records[row][column].end) for row, column in changes]
    parts, done = [], 0
    for start, end in sorted(ends):
        parts.append(data[done:start])
        done = end
    return [*parts, data[done:]]


def test_pythons_own_reader_agrees() -> None:
    text = 'a,b\r\n"x ""y"", z","line\r\nbreak"\r\n,\r\n'
    records = read_csv(text.encode(), "x.csv").records
    assert [[cell.text for cell in it] for it in records] == [*csv.reader(io.StringIO(text, ""))]


def test_a_quoted_cell_stays_quoted_and_a_comma_is_quoted() -> None:
    file = read_csv(b'a,b,c\n"1",2,3\n', "x.csv")
    assert file.filled({(1, 0): "5", (1, 1): "6,5"}) == b'a,b,c\n"5","6,5",3\n'


@pytest.mark.parametrize(
    ("data", "line"), [(b'a,b\n1,"2\n', "line 2"), (b'a,b\n\n"1" 2,3\n', "line 3")]
)
def test_what_cannot_be_divided_is_refused(data: bytes, line: str) -> None:
    with pytest.raises(UsageError, match=line):
        read_csv(data, "x.csv")


def test_utf_16_is_refused_with_what_to_do() -> None:
    for data in ("a,b\n".encode("utf-16"), "a,b\n".encode("utf-16-le")):
        with pytest.raises(UsageError, match="CSV UTF-8"):
            read_csv(data, "x.csv")


def test_an_empty_file_has_no_header() -> None:
    assert read_csv(b"", "x.csv").header == ()
