"""Owns every way in which an answer can be malformed or incomplete: a row each, with its words."""

from grader.http1.wire.malformed import Rule
from grader.http1.wire.rules import body, end, head

ALL: tuple[Rule, ...] = tuple(
    row for module in (head, body, end) for row in vars(module).values() if isinstance(row, Rule)
)
