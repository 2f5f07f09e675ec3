"""What checks ask for: the ids of other checks, each one that exists and is judged before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import CourseError
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course.model import Stage


def judge_asks(stages: Sequence[Stage]) -> Iterator[CourseError]:
    """Ids in `asks` that name no check, or one that is judged later. stages: with their checks, in
    order."""
    everything = [(stage, check) for stage in stages for check in stage.checks]
    ids = [f"{stage.slug}/{check.name}" for stage, check in everything]
    for place, (stage, check) in enumerate(everything):
        for asked in check.asks:
            if asked in ids[:place]:
                continue
            where = stage.checks_files[0].relative_to(stage.folder.parents[1])
            later = asked in ids
            why = "is judged later" if later else f"is no check{did_you_mean(asked, ids[:place])}"
            yield CourseError(f"{check.name!r} asks {asked!r}, which {why}", file=where.as_posix())
