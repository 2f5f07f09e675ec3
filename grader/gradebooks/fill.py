"""Fills one column of a gradebook that a teacher has exported, and leaves every other byte as it
is. Pure.

A cell is written only where its student has a score. It keeps what it holds where there is none
(nothing handed in, errored, not graded): a blank never replaces a score. What a teacher has written
there to excuse a student stays, too. A score is written only if it is out of as many points as the
column: platforms take a higher one for a mistake, or for a better grade, and say nothing.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.gradebooks.join import Row, joined
from grader.gradebooks.scores import (
    MOST_DECIMALS,
    Counting,
    Score,
    decimal,
    require_known,
    score_or_why,
)
from grader.text.escape import printable
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.gradebooks.csv_bytes import CsvFile
    from grader.gradebooks.join import Joined, Unplaced
    from grader.gradebooks.result import Result

_NUMBER: Final = re.compile(r"\s*([0-9]+)(?:([.,])([0-9]+))?\s*")


class Sheet(Value, frozen=True):
    """What a format has recognised. name: of the file. column: the number of the one that is
    filled. title: what that is called. rows: the students, by the numbers of their records. most:
    what the column is out of; None where it does not say. has_commas: whether its numbers have a
    decimal comma. kept: what is never replaced, in upper case. note: how the column was found."""

    file: CsvFile
    name: str
    column: int
    title: str
    rows: tuple[Row, ...]
    most: Fraction | None = None
    has_commas: bool = False
    kept: frozenset[str] = frozenset()
    note: str = ""


class Filled(Value, frozen=True):
    """data: the whole file. notes: what is said, a sentence each. is_whole: whether each score has
    found its cell."""

    data: bytes
    notes: tuple[str, ...]
    is_whole: bool


def filled(sheet: Sheet, results: Sequence[Result], counting: Counting) -> Filled:
    """Write each student's score. Raises `UsageError` where the scores are not out of what the
    column is out of."""
    require_known(counting, results)
    found = joined(sheet.rows, results)
    texts: dict[tuple[int, int], str] = {}
    kept: list[str] = []
    without: list[str] = []
    same = replaced = 0
    for row in sheet.rows:
        if (result := found.placed.get(row.number)) is None:
            continue
        score, why = score_or_why(result, counting)
        if score is None:
            without.append(f"{row.shown} ({why})")
            continue
        _require_equal(sheet, result, score)
        text, held = _written(score, sheet), sheet.file.records[row.number][sheet.column].text
        if held.strip().upper() in sheet.kept:
            kept.append(f"{row.shown} ({held.strip()})")
        elif number_in(held) == Fraction(score.points):
            same += 1
        else:
            texts[row.number, sheet.column] = text
            replaced += bool(held.strip())
    notes = (
        sheet.note,
        f"{counted(len(texts) + same, 'score')} in {sheet.title!r}: {len(texts) - replaced} new,"
        f" {replaced} replaced, {same} unchanged",
        _listed("these keep what their cell says", kept),
        _listed("no score, so their cell stays as it was", without),
        *_missing(sheet, found),
    )
    said = tuple(printable(note) for note in notes if note)
    is_whole = not (kept or found.unplaced)
    return Filled(sheet.file.filled(texts), said, is_whole)


def number_in(text: str) -> Fraction | None:
    """The number that a cell holds, with a point or a comma; None where it holds something else.

    >>> number_in(" 14,50 ")
    Fraction(29, 2)
    """
    found = _NUMBER.fullmatch(text)
    return Fraction(f"{found[1]}.{found[3] or '0'}") if found else None


def has_commas(texts: Iterable[str]) -> bool:
    """Whether the first number with decimals among these has a comma."""
    signs = (found[2] for found in map(_NUMBER.fullmatch, texts) if found and found[2])
    return next(signs, ".") == ","


def _require_equal(sheet: Sheet, result: Result, score: Score) -> None:
    if sheet.most is None or sheet.most == Fraction(score.most):
        return
    column = f"{printable(sheet.name)}: {printable(repr(sheet.title))}"
    most = decimal(sheet.most, MOST_DECIMALS)
    raise UsageError(
        f"{column} is out of {most}, and the score of {printable(result.name)} out of {score.most}:"
        f" use --scale {most}"
    )


def _written(score: Score, sheet: Sheet) -> str:
    text = f"{score.points:f}"
    return text.replace(".", ",") if sheet.has_commas else text


def _missing(sheet: Sheet, found: Joined) -> Iterator[str]:
    yield _listed(
        "no result, so their cell stays as it was",
        [row.shown for row in sheet.rows if row.number not in found.placed],
    )
    by_why: dict[str, list[str]] = {}
    for it in found.unplaced:
        by_why.setdefault(it.why, []).append(_called(it))
    for why, names in by_why.items():
        yield _listed(f"not in the file, because {why}", names)


def _called(it: Unplaced) -> str:
    whose = it.student.name or it.student.login or it.student.email or it.student.id
    return f"{it.result.name} ({whose})" if whose and whose != it.result.name else it.result.name


def _listed(what: str, names: Sequence[str]) -> str:
    return f"{what}: {', '.join(names)}" if names else ""
