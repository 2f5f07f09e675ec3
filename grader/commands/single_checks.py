"""Single checks by their ids: what `--check echo/slashes` leaves of the selected stages."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from grader.commands.selection import select_one
from grader.course import Course, Stage, did_you_mean, load_checks
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_WILDCARDS = frozenset("*?[")


def narrowed(course: Course, stages: Sequence[Stage], wanted: Sequence[str]) -> tuple[Stage, ...]:
    """Those of the stages that have a wanted check, each with these checks alone.

    wanted: ids ("echo/slashes"); `*`, `?` and `[ab]` mean in them what they mean in the names of
    files. A UsageError for one that names no check of these stages.
    """
    found: dict[str, frozenset[str]] = {}
    for word in wanted:
        for slug, names in _matching(course, stages, word).items():
            found[slug] = found.get(slug, frozenset()) | names
    return tuple(
        load_checks(stage).narrowed_to(found[stage.slug]) for stage in stages if stage.slug in found
    )


def _matching(course: Course, stages: Sequence[Stage], word: str) -> dict[str, frozenset[str]]:
    """The names of the checks that one word names, by the slugs of their stages."""
    slug, _, name = word.partition("/")
    if not (slug and name):
        raise UsageError(f"--check {word!r}: write it as STAGE/NAME{_with_that_name(stages, word)}")
    if not _WILDCARDS & {*slug}:
        stage = select_one(course, slug, option="--check")
        if stage.slug not in {it.slug for it in stages}:
            raise UsageError(
                f"--check {word!r}: stage {stage.slug!r} is not among the selected ones"
            )
        slug = stage.slug
    searched = [load_checks(stage) for stage in stages if fnmatchcase(stage.slug, slug)]
    found = {
        stage.slug: names
        for stage in searched
        if (names := frozenset(it.name for it in stage.checks if fnmatchcase(it.name, name)))
    }
    if not found:
        raise UsageError(_no_such_check(word, searched))
    return found


def _with_that_name(stages: Sequence[Stage], word: str) -> str:
    """Where the word is the name of a check alone: what the whole ids are."""
    ids = [
        f"{stage.slug}/{check.name}"
        for stage in map(load_checks, stages)
        for check in stage.checks
        if check.name == word
    ]
    return f"; did you mean {' or '.join(map(repr, ids))}?" if ids else ""


def _no_such_check(word: str, searched: Sequence[Stage]) -> str:
    if len(searched) != 1:
        return f"--check {word!r}: no check has such an id"
    (stage,) = searched
    names = [check.name for check in stage.checks]
    suggestion = did_you_mean(
        f"{stage.slug}/{word.partition('/')[2]}", (f"{stage.slug}/{name}" for name in names)
    )
    return f"there is no check {word!r}{suggestion or '; the stage has ' + ', '.join(names)}"
