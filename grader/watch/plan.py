"""What a watch grades next and what it says about it: the stage in focus first, then what passed
before. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grader.progress.texts import Records, current, named
from grader.watch.orders import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings

_MOST_NAMED = 3


def first_focus(stages: Sequence[Stage], known: Records) -> Stage:
    """The stage to begin with: the first of these that has not passed, or the last one."""
    return current(stages, known) or stages[-1]


def following(course: Course, focus: Stage) -> Stage | None:
    """The stage after this one, in whatever track."""
    return course.stages[focus.number] if focus.number < len(course.stages) else None


def order(
    course: Course,
    focus: Stage,
    known: Records,
    settings: RunSettings,
    *,
    everything: bool,
    opening: bool,
    keep: bool,
) -> Order:
    """The next run. everything: the whole track of the stage in focus, in order and in full."""
    if everything:
        whole = tuple(stage.slug for stage in course.track(focus.track).stages)
        return Order(whole, settings, opening, keep)
    earlier = tuple(
        stage.slug
        for stage in course.stages
        if stage.number < focus.number and stage.slug in known and known[stage.slug].first_passed
    )
    settings = replace(settings, without_advice=earlier)
    return Order((focus.slug, *earlier), settings, opening, keep)


def beginning(focus: Stage, names: Sequence[str], *, everything: bool, strict: bool) -> str:
    """What is said at once when a run begins. names: of the files that have changed."""
    unique = list(dict.fromkeys(names))
    files = ", ".join(unique[:_MOST_NAMED]) + (" and more" if len(unique) > _MOST_NAMED else "")
    what = f"checking the track {focus.track}" if everything else f"checking stage {named(focus)}"
    what += ", strict" if strict else ""
    return f"{files} changed: {what}" if files else what[0].upper() + what[1:]


def keys_line(course: Course, focus: Stage) -> str:
    """Which keys there are."""
    onward = following(course, focus)
    following_one = f"n next ({named(onward)})  " if onward else ""
    return f"{following_one}h hint  l list  a all  s strict  r run  q quit"
