"""How a check is declared: its title, one requirement, its source, its level, its function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from grader.value import Value

if TYPE_CHECKING:
    from grader.check.failure import Hint

CheckFunction = Callable[[Any], None]
"""What judges: it is called with a session of the protocol that its track speaks."""


class Level(StrEnum):
    """`required`: failing it fails the stage. `advice`: always shown, counts with --strict."""

    REQUIRED = "required"
    ADVICE = "advice"


REQUIRED = Level.REQUIRED
ADVICE = Level.ADVICE

LONGEST_TITLE = 60
_KEYWORD = re.compile(r"\b(?:MUST|SHOULD)\b")


class Check(Value, frozen=True):
    """A declared check.

    name: the function's name; unique in its stage, part of the id `<slug>/<name>`.
    title: the check in at most 60 columns, as lists show it; unique in its stage.
    requirement: one sentence with one MUST or SHOULD, which the check decides. No full stop.
    cite: where that is written ("RFC 9110 5.1", "course: echo").
    hint: as in `Failure`, for whoever fails it, whatever was seen. A hint that is chosen by what
    was seen belongs to the failure.
    asks: the checks by their ids that must not have failed, for this one asks what they ask, too:
    ("files/stores_a_body",) of a check that stores a file. Else it is skipped: it would fail for
    the same reason.
    own_launch: judge it on a freshly started program, never on one that has served other checks.
    beside: it mostly waits, so it runs beside the checks that follow the stage's ordinary case.
    """

    name: str
    title: str
    requirement: str
    cite: str
    level: Level
    judge: CheckFunction
    own_launch: bool = False
    beside: bool = False
    hint: Hint | None = None
    asks: tuple[str, ...] = ()


def check(
    title: str,
    requirement: str,
    *,
    cite: str,
    hint: Hint | None = None,
    asks: tuple[str, ...] = (),
    level: Level = REQUIRED,
    own_launch: bool = False,
    beside: bool = False,
) -> Callable[[CheckFunction], Check]:
    """Declare the function below as a check. It passes by returning and fails by raising `Failure`.

    >>> @check("A request is answered", "A server MUST answer a request", cite="RFC 9110 3.4")
    ... def answers(session):
    ...     session.get("/")
    >>> answers.name, answers.title, answers.level.value
    ('answers', 'A request is answered', 'required')
    """

    def declare(judge: CheckFunction) -> Check:
        return Check(
            judge.__name__, title, requirement, cite, level, judge, own_launch, beside, hint, asks
        )

    return declare


def asks_for(check: Check, method: str) -> bool:
    """Whether its function itself calls this method of the session, so that what the method needs
    can be prepared. What does so in another way has to wait for it."""
    code = getattr(check.judge, "__code__", None)
    return code is not None and method in code.co_names


def wording_problems(check: Check) -> Iterator[str]:
    """What is wrong with the title and the requirement of a check."""
    title, requirement = check.title, check.requirement
    if len(title) > LONGEST_TITLE:
        yield f"the title has {len(title)} columns, and at most {LONGEST_TITLE} are shown"
    if not title[:1].isupper():
        yield "the title must begin with a capital letter"
    keywords = _KEYWORD.findall(requirement)
    if len(keywords) != 1:
        yield f"the requirement needs exactly one MUST or SHOULD, and has {len(keywords)}"
    elif check.level is Level.REQUIRED and keywords != ["MUST"]:
        yield "the requirement of a required check says MUST"
    for what, sentence in (("title", title), ("requirement", requirement)):
        if sentence.endswith("."):
            yield f"the {what} must not end with a full stop"
