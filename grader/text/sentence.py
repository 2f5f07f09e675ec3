"""Owns how clauses become sentences: a capital at the beginning, a full stop at the end. Pure."""

from __future__ import annotations

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
