"""What a watch grades next and what it says about it: the stage in focus first, then what passed
before. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.progress.texts import Records, current, named
from grader.text.layout import columns
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


def previous(course: Course, focus: Stage) -> Stage | None:
    """The stage before this one, in whatever track."""
    return course.stages[focus.number - 2] if focus.number > 1 else None


def order(
    course: Course,
    focus: Stage,
    known: Records,
    settings: RunSettings,
    *,
    everything: bool,
    opening: bool,
    keep: bool,
    folded: bool = True,
) -> Order:
    """The next run. everything: the whole track of the stage in focus, in order and in full."""
    if everything:
        whole = tuple(stage.slug for stage in course.track(focus.track).stages)
        return Order(whole, settings, opening, keep, folded)
    earlier = tuple(
        stage.slug
        for stage in course.stages
        if stage.number < focus.number and stage.slug in known and known[stage.slug].first_passed
    )
    settings = replace(settings, without_advice=earlier)
    return Order((focus.slug, *earlier), settings, opening, keep, folded)


def beginning(focus: Stage, names: Sequence[str], *, everything: bool, strict: bool) -> str:
    """What is said at once when a run begins. names: of the files that have changed."""
    unique = list(dict.fromkeys(names))
    files = ", ".join(unique[:_MOST_NAMED]) + (" and more" if len(unique) > _MOST_NAMED else "")
    what = f"checking the track {focus.track}" if everything else f"checking stage {named(focus)}"
    what += ", strict" if strict else ""
    return f"{files} changed: {what}" if files else what[0].upper() + what[1:]


def headline(at: str, says: str, width: int, dash: str) -> str:
    """The line that rules off one run from the one before: when it began, and why."""
    line = f"{at} {says} "
    return line + dash * max(0, width - columns(line))


def why_not_next(focus: Stage, failing: Sequence[str]) -> str:
    """Why the watch does not go on to the next stage. failing: the checks that fail, if known."""
    if not failing:
        return f"Stage {named(focus)} has not passed yet. To leave it all the same: l, its number."
    count = "" if len(failing) == 1 else f" and {len(failing) - 1} more"
    fails = "fails" if len(failing) == 1 else "fail"
    return (
        f"Stage {named(focus)} has not passed: {failing[0]}{count} {fails}. h shows a hint; l and a"
        " number go to another stage."
    )


def keys_lines(
    course: Course, focus: Stage, *, passed: bool, folded: bool, width: int
) -> list[str]:
    """Which keys there are. passed: whether the stage in focus has."""
    onward, back = following(course, focus), previous(course, focus)
    keys = [
        f"n next ({named(onward)})" if onward and passed else "",
        f"p back ({named(back)})" if back else "",
        "h hint",
        "space page",
        "f unfold" if folded else "f fold",
        "l list",
        "a all",
        "s strict",
        "r run",
        "q quit",
    ]
    lines = [""]
    for key in filter(None, keys):
        line = f"{lines[-1]}  {key}" if lines[-1] else key
        lines[-1:] = [line] if columns(line) <= width else [lines[-1], key]
    return lines
