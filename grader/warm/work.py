"""What is said to a warm process: what it loads, and each piece of work."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

from grader.value import Value

Work = Callable[[Sequence[str], Sequence[int]], int]
"""What a child does: it gets the arguments of its command line, and the descriptors that it was
given besides the usual three, and returns its exit code."""

AHEAD = "loaded"
"""The function of a module that loads all that its work needs, with what is known ahead of it, and
returns the work."""


class WorkOrder(Value, frozen=True):
    """One piece of work. arguments: for who looks at processes. directory: where it is done; that
    of the warm process by default. own_group: whether it leaves the process group, so that a
    terminal's Ctrl-C is not for it."""

    arguments: tuple[str, ...]
    directory: str | None = None
    own_group: bool = True


def work_of(module: str, ahead: Sequence[str]) -> Work:
    """Load it."""
    work: Work = getattr(importlib.import_module(module), AHEAD)(ahead)
    return work
