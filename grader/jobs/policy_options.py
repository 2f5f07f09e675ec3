"""What `--advice`, `--without` and `--points` say, as a policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.book.policy import Policy, StagePoints, required_known
from grader.errors import UsageError
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_MOST: Final = 100_000


def asked_policy(
    advice: Sequence[str],
    without: Sequence[str],
    points: Sequence[str],
    known: Callable[[], Collection[str]],
) -> Policy | None:
    """The policy; None where none of the options is given. known: the ids of all checks. Raises
    `UsageError`."""
    if not (advice or without or points):
        return None
    ids = known()
    stages = {one.partition("/")[0] for one in ids}
    for word in advice:
        if word in stages:
            raise UsageError(f"--advice takes checks, as {word}/NAME; to leave it out: --without")
    required_known(advice, ids, "--advice")
    required_known(without, ids, "--without")
    worth = tuple(_points(word) for word in points)
    required_known([it.stage for it in worth], stages, "--points")
    if both := sorted({*advice} & {*without}):
        raise UsageError(f"{both[0]} is given to both --advice and --without")
    return Policy(tuple(advice), tuple(without), worth)


def _points(word: str) -> StagePoints:
    stage, equals, number = word.rpartition("=")
    if not (equals and number.isascii() and number.isdigit() and len(number) < 9):
        raise UsageError(f"--points {printable(word)}: write it as STAGE=N, as in files=20")
    if int(number) > _MOST:
        raise UsageError(f"--points {printable(word)}: a stage is worth at most {_MOST} points")
    return StagePoints(stage, int(number))
