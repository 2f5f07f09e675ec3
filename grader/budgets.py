"""How long each kind of wait may last, in seconds of time that the server was able to run."""

from __future__ import annotations

from msgspec.structs import astuple

from grader.value import Value


class Budgets(Value, frozen=True):
    """A stage's budgets, in seconds.

    start: from the launch to listening.
    answer: silence until the first byte of an answer, and between two.
    message: a whole answer.
    close: from the last byte to the end of a connection that has to end.
    quiet: the longest look that decides that a server does nothing.
    """

    start: float
    answer: float
    message: float
    close: float
    quiet: float

    def scaled(self, factor: float) -> Budgets:
        """Every budget `factor` times as long."""
        return Budgets(*(budget * factor for budget in astuple(self)))
