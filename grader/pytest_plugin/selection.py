"""Which tests of a submission are collected. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.pytest_plugin.words import SEPARATOR
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Stage

_PARTS: Final = 2
"""Of the name of a check's test, after the path."""


def chosen(stages: Sequence[Stage], ours: Sequence[tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """For each stage that has tests the names of its checks: all, where no word names a test. ours:
    as in `Words`. Raises `UsageError`."""
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
    if names and (len(parts) > _PARTS or names[0] not in every[slug]):
        says = did_you_mean(names[0], sorted(every[slug])) or ""
        raise UsageError(f"stage {slug!r} has no check {SEPARATOR.join(names)!r}{says}")
    return {slug: frozenset(names) or every[slug]}
