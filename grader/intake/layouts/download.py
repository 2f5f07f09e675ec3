"""What all downloads come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.intake.given import Given


@dataclass(frozen=True, slots=True)
class Download:
    """platform: whose it is. given: its submissions, in the order of their names. others: names
    that belong to none."""

    platform: str
    given: tuple[Given, ...]
    others: tuple[str, ...] = ()
