"""What was raised, and through which calls, as a program printed it."""

from __future__ import annotations

from grader.value import Value

Step = tuple[str, int, str]
"""A file as the program names it, a line from 1, and a function ("" when unknown)."""


class Traceback(Value, frozen=True):
    """error: what was raised, in the program's own words. steps: the calls, the innermost first."""

    error: str
    steps: tuple[Step, ...]
