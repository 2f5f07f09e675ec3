"""What a command line of pytest says of a submission: which of its words name tests of it. Pure but
for looking whether a file is there."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.pytest_plugin.nodes import PARTS
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.course import Stage

SEPARATOR: Final = "::"


@dataclass(frozen=True, slots=True)
class Words:
    """The positional words of a command line. ours: those that name tests of the submission, each
    by its parts after the path: (), (stage,) or (stage, check). others: the rest, as they were."""

    ours: tuple[tuple[str, ...], ...]
    others: tuple[str, ...]


def told_apart(words: Iterable[str], submission: Path, directory: Path) -> Words:
    """Which words name the submission: its file, or its path with tests after it. A directory alone
    is one in which pytest looks for tests. directory: what relative paths begin at."""
    ours: list[tuple[str, ...]] = []
    others: list[str] = []
    for word in words:
        path, separator, names = word.partition(SEPARATOR)
        same = Path(os.path.abspath(directory / path)) == submission
        if same and (separator or not submission.is_dir()):
            ours.append(tuple(names.split(SEPARATOR)) if separator else ())
        else:
            others.append(word)
    return Words(tuple(ours), tuple(others))


def chosen(stages: Sequence[Stage], ours: Sequence[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """For each stage that has tests the names of its checks: all, where no word names a test.
    Raises `UsageError`."""
    every = {stage.slug: frozenset(it.name for it in stage.checks) for stage in stages}
    found: dict[str, frozenset[str]] = {}
    for parts in ours or ((),):
        for slug, names in _named(every, parts).items():
            found[slug] = found.get(slug, frozenset()) | names
    return {slug: found[slug] for slug in every if slug in found}


def _named(every: dict[str, frozenset[str]], parts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    if not parts:
        return every
    slug, *names = parts
    if slug not in every:
        says = did_you_mean(slug, every) or "; choose stages with --submission-stage"
        raise UsageError(f"there is no stage {slug!r} among the selected ones{says}")
    if names and (len(parts) > PARTS or names[0] not in every[slug]):
        says = did_you_mean(names[0], sorted(every[slug])) or ""
        raise UsageError(f"stage {slug!r} has no check {SEPARATOR.join(names)!r}{says}")
    return {slug: frozenset(names) or every[slug]}
