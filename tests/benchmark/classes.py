"""A mixed class, written and graded for time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tests.benchmark.counter import ROOT, Spent, grade, spend
from tests.benchmark.mixed import write_class

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def written(place: Path, count: int) -> list[Path]:
    """So many submissions below this new directory."""
    place.mkdir()
    return write_class(place, count)


def graded(submissions: Sequence[Path], checkout: Path = ROOT) -> Spent:
    """What the class takes with the default jobs by this checkout, in which it is always fresh."""
    words = ["--quiet", f"--python={sys.executable}", *map(str, submissions)]
    found = spend(grade(*words), submissions[0].parent.parent, checkout)
    if found.code != 1:  # some are broken, and every one can be judged
        raise SystemExit(f"the class cannot be graded: exit code {found.code}\n{found.out}")
    return found
