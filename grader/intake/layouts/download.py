"""What all downloads come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from grader.intake.given import Given


class Download(Value, frozen=True):
    """platform: whose it is. given: its submissions, in the order of their names. others: names
    that belong to none."""

    platform: str
    given: tuple[Given, ...]
    others: tuple[str, ...] = ()
