"""Saved cases as additional checks of the stages that they belong to."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from grader.check.declaration import ADVICE, Check
from grader.comparing.case import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.comparing.case import Case
    from grader.comparing.comparison import AnyComparison
    from grader.course import Course, Stage
    from grader.net.session import ServerSession

TITLE = "A saved case gets the answer of the reference"
REQUIREMENT = "A server MUST answer a saved case like the reference"


def with_cases(
    comparison: AnyComparison, stage: Stage, course: Course, cases: Sequence[Case[Any]]
) -> Stage:
    """The stage with a check for each case that belongs to it: advice, worth nothing also where
    advice counts, for whoever wrote the submission could write cases, too."""
    known = {check.name for check in stage.checks}
    checks = [
        check
        for case in cases
        if (check := _check(comparison, stage, course, case)) is not None
        and check.name not in known
    ]
    worth = {**stage.points, **{check.name: 0 for check in checks}}
    return (
        replace(stage, declared=(*stage.checks, *checks), points=MappingProxyType(worth))
        if checks
        else stage
    )


def _check(
    comparison: AnyComparison, stage: Stage, course: Course, case: Case[Any]
) -> Check | None:
    asked = case.conversation
    lacks_files = comparison.needs_directory(asked) and not stage.launch.needs_directory
    if case.stage != stage.slug or lacks_files:
        return None
    taught = comparison.taught(course, [stage.slug]) | comparison.needed(asked)
    judge = partial(_judge, comparison=comparison, case=case, taught=taught)
    name = f"saved-{name_of(comparison.to_json(case))}"
    return Check(name, TITLE, REQUIREMENT, f"course: {stage.slug}", ADVICE, judge)


def _judge(
    session: ServerSession, *, comparison: AnyComparison, case: Case[Any], taught: frozenset[str]
) -> None:
    found = comparison.difference(
        session, case.conversation, taught, strict=case.strict, thorough=True
    )
    if found is not None:
        raise found.failure
