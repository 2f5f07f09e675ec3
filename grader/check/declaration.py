"""How a check is declared: one requirement, its source, its level, and its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

CheckFunction = Callable[[Any], None]
"""What judges: it is called with a session of the protocol that its track speaks."""


class Level(StrEnum):
    """`required`: failing it fails the stage. `advice`: always shown, counts with --strict."""

    REQUIRED = "required"
    ADVICE = "advice"


REQUIRED = Level.REQUIRED
ADVICE = Level.ADVICE


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check.

    name: the function's name; unique in its stage, part of the id `<slug>/<name>`.
    requirement: one sentence with MUST, SHOULD or MAY that the check decides.
    cite: where that is written ("RFC 9110 5.1", "course: echo").
    own_launch: judge it on a freshly started program, never on one that has served other checks.
    beside: it mostly waits, so it runs beside the checks that follow the stage's ordinary case.
    """

    name: str
    requirement: str
    cite: str
    level: Level
    judge: CheckFunction
    own_launch: bool = False
    beside: bool = False


def check(
    requirement: str,
    *,
    cite: str,
    level: Level = REQUIRED,
    own_launch: bool = False,
    beside: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Declare the function below as a check. It passes by returning and fails by raising `Failure`.

    >>> @check("A server MUST answer", cite="RFC 9110 3.4")
    ... def answers(session):
    ...     session.get("/")
    >>> answers.name, answers.level.value
    ('answers', 'required')
    """

    def declare(judge: CheckFunction) -> Check:
        return Check(judge.__name__, requirement, cite, level, judge, own_launch, beside)

    return declare
