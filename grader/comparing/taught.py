"""Which stages are taught once some of them are. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course


def all_required(course: Course, slugs: Sequence[str]) -> frozenset[str]:
    """The slugs of these stages and of all that they build on."""
    found: set[str] = set()
    open_slugs = list(slugs)
    while open_slugs:
        slug = open_slugs.pop()
        if slug not in found:
            found.add(slug)
            open_slugs += course.stage(slug).requires
    return frozenset(found)
