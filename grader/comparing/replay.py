"""Saved cases as additional checks of the stages that they belong to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.check.declaration import ADVICE, Check
from grader.comparing.expectations import needed
from grader.comparing.judge import judged
from grader.comparing.routes import FILES, HEADERS, KEEP_ALIVE, KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.comparing.saved import Case
    from grader.course import Course, Stage
    from grader.http1.session import Session

TITLE = "A saved case gets the answer of the reference"
REQUIREMENT = "A server MUST answer a saved case like the reference"


def with_cases(stage: Stage, course: Course, cases: Sequence[Case]) -> Stage:
    """The stage with a check for each case that belongs to it: advice, worth nothing also where
    advice counts, for whoever wrote the submission could write cases, too."""
    known = {check.name for check in stage.checks}
    checks = [
        check
        for case in cases
        if (check := _check(stage, course, case)) is not None and check.name not in known
    ]
    worth = {**stage.points, **{check.name: 0 for check in checks}}
    return (
        replace(stage, declared=(*stage.checks, *checks), points=MappingProxyType(worth))
        if checks
        else stage
    )


def needs_files(case: Case) -> bool:
    """Whether the case can only be judged where both servers have a directory."""
    return "files" in needed(case.conversation)


def closure(course: Course, slugs: Sequence[str]) -> frozenset[str]:
    """These stages and all that they build on, as far as anything is known of them here. From
    keep-alive on, checks ask for files and /user-agent, too."""
    found: set[str] = set()
    open_slugs = list(slugs)
    while open_slugs:
        slug = open_slugs.pop()
        if slug not in found:
            found.add(slug)
            open_slugs += course.stage(slug).requires
    if KEEP_ALIVE in found:
        found |= {FILES, HEADERS}
    return frozenset(found).intersection(KNOWN)


def _check(stage: Stage, course: Course, case: Case) -> Check | None:
    if case.stage != stage.slug or (needs_files(case) and not stage.launch.needs_directory):
        return None
    taught = closure(course, [stage.slug]) | needed(case.conversation)
    judge = partial(_judge, case=case, taught=taught)
    return Check(f"saved-{case.name}", TITLE, REQUIREMENT, f"course: {stage.slug}", ADVICE, judge)


def _judge(session: Session, *, case: Case, taught: frozenset[str]) -> None:
    found = judged(session, case.conversation, taught, strict=case.strict, thorough=True)
    if found is not None:
        raise found.failure
