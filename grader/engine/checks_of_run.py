"""The checks of a run: of each stage those that it judges, and whether they compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.course import load_checks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.comparing.case import Case
    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings

_ASKS_THE_REFERENCE: Final = b"session.reference("


def with_checks(
    stages: Sequence[Stage], course: Course, settings: RunSettings, saved: Sequence[Case[Any]]
) -> list[Stage]:
    """The stages with their checks and the saved cases; some with their required checks alone."""
    loaded = [load_checks(stage) for stage in stages]
    if saved:
        loaded = [_with_cases(stage, course, saved) for stage in loaded]
    if settings.not_required or settings.left_out:
        loaded = [_by_policy(stage, settings) for stage in loaded if not _is_gone(stage, settings)]
    return [
        replace(stage, declared=stage.checks_at(Level.REQUIRED))
        if stage.slug in settings.without_advice
        else stage
        for stage in loaded
    ]


def _is_gone(stage: Stage, settings: RunSettings) -> bool:
    return stage.slug in settings.left_out


def _by_policy(stage: Stage, settings: RunSettings) -> Stage:
    """The stage as a class counts it: what does not count comes last, where nothing waits for
    it."""
    ids = {check.name: f"{stage.slug}/{check.name}" for check in stage.checks}
    kept = [check for check in stage.checks if ids[check.name] not in settings.left_out]
    counts = [check for check in kept if ids[check.name] not in settings.not_required]
    advice = [replace(check, level=Level.ADVICE) for check in kept if check not in counts]
    return replace(stage, declared=(*counts, *advice))


def _with_cases(stage: Stage, course: Course, saved: Sequence[Case[Any]]) -> Stage:
    from grader.comparing.load import comparison_of
    from grader.comparing.saved_checks import with_cases

    comparison = comparison_of(course, course.track(stage.track))
    return with_cases(comparison, stage, course, saved) if comparison else stage


def compares(stage: Stage) -> bool:
    """Whether one of its checks seems to ask the reference: as it reads, before it is loaded."""
    there = filter(Path.is_file, stage.checks_files)
    return any(_ASKS_THE_REFERENCE in file.read_bytes() for file in there)
