"""Tables as CSV (RFC 4180) which a spreadsheet opens without calculating anything. Pure.

A cell that begins like a formula gets an apostrophe in front. So does what begins like one after a
semicolon: where numbers have a decimal comma, spreadsheets divide at semicolons, and see no quotes
that begin further left.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cells = tuple[str | int | None, ...]
"""One row. None: nothing to say."""

_SIGNS: Final = "=+\\-@＝＋－＠"  # noqa: RUF001
_FORMULA: Final = re.compile(f'(^\\s*|;[\\s"]*)(?=[{_SIGNS}])|^(?=[\\t\\r\\n])')


def csv_table(columns: Sequence[str], rows: Iterable[Cells]) -> str:
    """CSV text with a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return text.getvalue()


def csv_cell(value: str | int | None) -> str:
    """The value as a spreadsheet may read it: without controls, and never a formula.

    >>> csv_cell("=1+1"), csv_cell("a; =1+1"), csv_cell(-1)
    ("'=1+1", "a; '=1+1", '-1')
    """
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    return printable(_FORMULA.sub(lambda found: f"{found[0]}'", value))
