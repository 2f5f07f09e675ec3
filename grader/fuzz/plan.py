"""What a search is for, and how long it may take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection


class SearchPlan(Value, frozen=True):
    """What to search: requests that `taught` stages teach, for so many seconds or examples,
    whichever is over first.

    strict: also what advice covers.
    """

    taught: Collection[str]
    seed: int
    seconds: float
    examples: int | None = None
    strict: bool = False
