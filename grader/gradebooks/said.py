"""What is said of every export, as not every file has room for it: the policy of the class, how
scores are counted, who was late, and who was graded in other stages than most. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.text.escape import printable
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.gradebooks.result import Result
    from grader.gradebooks.scores import Counting


def said_of(results: Sequence[Result], counting: Counting) -> list[str]:
    """One sentence each."""
    return [printable(note) for note in _notes(results, counting)]


def _notes(results: Sequence[Result], counting: Counting) -> Iterator[str]:
    for policy in dict.fromkeys(it.policy for it in results if it.policy):
        yield f"class policy: {policy}"
    if hidden := {check for it in results for check in it.hidden}:
        yield f"hidden from learners: {counted(len(hidden), 'check')}"
    if counting.says:
        yield f"scores: {counting.says}"
    if late := [it.name for it in results if it.late]:
        yield f"late, and nothing is subtracted for it: {', '.join(late)}"
    scored = [it for it in results if it.is_scored]
    worth = Counter(it.max_points for it in scored)
    if len(worth) > 1:
        ((most, _),) = worth.most_common(1)
        others = [f"{it.name} ({it.max_points})" for it in scored if it.max_points != most]
        yield f"graded in other stages than most, which are out of {most}: {', '.join(others)}"
