"""Owns the words for a broken answer: the rule, the place, what came, and the smallest change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text.escape import shown
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.check.failure import Hint

_WINDOW = 2048


class Rule(Value, frozen=True):
    """One way to be malformed: a stable name, the section that says so, and the words for a
    learner.

    `summary`, `expected` and `hint` are `str.format` templates over the facts given where the rule
    is applied.
    """

    name: str
    cite: str
    summary: str
    expected: str
    hint: Hint


class Malformed(Exception):
    """A message that breaks a rule of HTTP/1.1 on which clients depend.

    Attributes: `rule` (stable name, "bare-lf"), `summary` (one sentence: what came and what the
    rule is), `cite` ("RFC 9112 2.2"), `expected`, `hint` (the smallest change that helps), `offset`
    (in bytes, from the start of the message), `start` (in bytes, from the first byte of the
    connection to the start of the message), `raw` (at most 4 KiB of the message around the offset)
    and `raw_start` (the offset in the message at which `raw` begins). All sentences are printable
    ASCII: every byte from the server is escaped.
    """

    def __init__(
        self,
        rule: Rule,
        *,
        message: bytes | bytearray,
        offset: int = 0,
        start: int = 0,
        **facts: bytes | str | int,
    ) -> None:
        words = {
            key: shown(fact) if isinstance(fact, bytes) else fact for key, fact in facts.items()
        }
        self.rule = rule.name
        self.cite = rule.cite
        self.summary = rule.summary.format(**words)
        self.expected = rule.expected.format(**words)
        self.hint = _filled(rule.hint, words)
        self.offset = offset
        self.start = start
        self.raw_start = max(0, offset - _WINDOW)
        self.raw = bytes(message[self.raw_start : offset + _WINDOW])
        super().__init__(self.summary)


def _filled(hint: Hint, words: Mapping[str, str | int]) -> Hint:
    if isinstance(hint, str):
        return hint.format(**words)
    return tuple(step.format(**words) for step in hint)


class Incomplete(Malformed):
    """A message that was right as far as it came, and did not come to its end."""
