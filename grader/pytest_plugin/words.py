"""Which positional words of a command line of pytest name tests of the submission."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SEPARATOR: Final = "::"


class Words(Value, frozen=True):
    """ours: those that name tests of the submission, each by its parts after the path: (), (stage,)
    or (stage, check). others: the rest, as they were."""

    ours: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]


def told_apart(words: Iterable[str], submission: str, directory: Path) -> Words:
    """Which words name the submission: its file, or its path with tests after it. A directory alone
    is one in which pytest looks for tests. directory: what relative paths begin at."""
    ours: list[tuple[str, ...]] = []
    others: list[str] = []
    place = os.path.abspath(directory / submission)
    for word in words:
        path, separator, names = word.partition(SEPARATOR)
        same = os.path.abspath(directory / path) == place
        if same and (separator or not os.path.isdir(place)):
            ours.append(tuple(names.split(SEPARATOR)) if separator else ())
        else:
            others.append(word)
    return Words(tuple(ours), tuple(others))
