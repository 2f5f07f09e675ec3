"""Sentences without what belongs to one submission alone, so that equal ones are equal, and none
names its author. Pure."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.class_page.rows import ClassRow

_PLACE: Final = re.compile(r"(?:(?: at)? |^)\S+\.\w+:\d+")
_MESSAGE: Final = re.compile(r"( at) \S+\.\w+:\d+ \(.*\)", re.DOTALL)
_ITS_OWN: Final = "SUBMISSION"
_SHORTEST: Final = 3  # of a name that is looked for; a shorter one is a part of many words


def without_places(sentence: str) -> str:
    """Without lines of code, which differ from program to program.

    >>> without_places("Your program crashed: IndexError at app/server.py:8 (bad index).")
    'Your program crashed: IndexError (bad index).'
    """
    return _PLACE.sub("", sentence)


def masking(row: ClassRow) -> Callable[[str], str]:
    """What writes sentences about this submission with a word in place of its paths and name."""
    paths = [os.path.abspath(row.path), row.path] if row.path else []
    stem = os.path.splitext(os.path.basename(row.path.rstrip("/")))[0]
    words = [word for word in (*paths, row.name, stem) if len(word) >= _SHORTEST]
    if not words:
        return str
    own = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
    return lambda sentence: own.sub(_ITS_OWN, sentence)


def anonymous(rows: Sequence[ClassRow]) -> list[ClassRow]:
    """The rows without names, paths and links, numbered in the order of their scores: the order
    given is often that of the names."""
    by_score = sorted(rows, key=lambda row: (-1 if row.score is None else row.score, row.took_s))
    return [_nameless(row, number) for number, row in enumerate(reversed(by_score), start=1)]


def _nameless(row: ClassRow, number: int) -> ClassRow:
    masked = masking(row)
    failed = tuple(
        replace(
            check,
            # what follows the place is the exception's message, which may quote anything
            problem=masked(without_places(_MESSAGE.sub("", check.problem))),
            cause=masked(check.cause),
        )
        for check in row.failed
    )
    return replace(
        row, name=f"#{number}", path="", link="", reason=masked(row.reason), failed=failed
    )
