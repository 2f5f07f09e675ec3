"""No cell that we write is calculated by a spreadsheet, wherever that divides a line."""

from __future__ import annotations

import csv
import io

import pytest

from grader.text.csv_table import csv_cell, csv_table


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d"])
@pytest.mark.parametrize("before", ["", " ", "x;", "x; ", 'x;"', 'x;" ', ";;", "\u00a0"])
def test_no_cell_is_a_formula_also_where_semicolons_divide(before: str, sign: str) -> None:
    cell = csv_cell(f"{before}{sign}1+1")
    line = io.StringIO()
    csv.writer(line).writerow(["first", cell])
    for delimiter in ",;\t":
        for read in next(csv.reader([line.getvalue()], delimiter=delimiter)):
            assert not read.lstrip(' "\u00a0').startswith(sign)


@pytest.mark.parametrize("first", ["\t", "\r", "\n"])
def test_no_cell_begins_with_a_blank_that_a_spreadsheet_skips(first: str) -> None:
    assert csv_cell(f"{first}1+1").startswith("'")


def test_what_is_no_formula_stays_as_it_is() -> None:
    kept = ["a=b", "1-2", "x; y", "a; b=c", "", "é", "it's; a-b", "200 - 300"]
    assert [csv_cell(it) for it in kept] == kept
    assert [csv_cell(it) for it in (5, -5, None)] == ["5", "-5", ""]


def test_a_table_has_a_header_and_a_line_for_each_row() -> None:
    assert csv_table(("a", "b"), [("x,y", None), ("\n", 2)]) == 'a,b\n"x,y",\n\'\\n,2\n'
