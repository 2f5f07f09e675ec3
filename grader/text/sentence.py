"""Owns how clauses become sentences: a capital at the beginning, a full stop at the end; and how
things are listed. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ENDS = (".", "!", "?")
_MOST_LISTED = 4


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


def listed(numbers: Sequence[int]) -> str:
    """Numbers in their order, the first of many.

    >>> listed([1, 2]), listed([1, 2, 3, 4, 5]), listed([1, 3, 7, 8, 9, 11])
    ('1 and 2', '1 to 5', '1, 3, 7, 8 and 2 more')
    """
    if len(numbers) > 2 and list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    names = [str(number) for number in numbers]
    more = len(names) - _MOST_LISTED
    last = f"{more} more" if more > 0 else names.pop()
    return f"{', '.join(names[:_MOST_LISTED])} and {last}" if names else last
