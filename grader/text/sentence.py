"""Owns how clauses become sentences: a capital at the beginning, a full stop at the end; and how
things are listed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENDS = (".", "!", "?")


def sentence(clause: str) -> str:
    """The clause as a sentence; empty when it is empty.

    >>> sentence("it sleeps at x.py:8")
    'It sleeps at x.py:8.'
    """
    end = "" if clause.endswith(_ENDS) else "."
    return clause[:1].upper() + clause[1:] + end if clause else ""


def sentences(*clauses: str) -> str:
    """The clauses as sentences, one after the other; empty ones are left out."""
    return " ".join(filter(None, map(sentence, clauses)))


def choice(things: Iterable[object]) -> str:
    """The things as a choice: "400, 411 or 501"."""
    *others, last = map(str, things)
    return f"{', '.join(others)} or {last}" if others else last
