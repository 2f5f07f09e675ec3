"""Fingerprints of a sequence of tokens: few of its parts, chosen so that equal parts are chosen
alike. Pure.

How it works. Every K tokens in a row have a hash (a rolling one: Karp and Rabin). Of each WINDOW
hashes in a row the smallest is kept, the last of equal ones. So whatever two programs have in
common over K + WINDOW - 1 tokens shows in a fingerprint of both, and nothing under K tokens does.

Source: S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document
Fingerprinting", SIGMOD 2003, section 3.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

K: Final = 16
"""How many tokens in a row make a fingerprint."""

WINDOW: Final = 8
"""Of so many in a row at least one is kept."""

_PRIME: Final = (1 << 61) - 1
_BASE: Final = 1_000_003


def hashes(kinds: Sequence[int], k: int = K) -> list[int]:
    """The hash of every `k` tokens in a row, by the place where they begin."""
    if len(kinds) < k:
        return []
    top = pow(_BASE, k - 1, _PRIME)
    value = 0
    for kind in kinds[:k]:
        value = (value * _BASE + kind) % _PRIME
    found = [value]
    for old, new in zip(kinds, kinds[k:], strict=False):
        value = ((value - old * top) * _BASE + new) % _PRIME
        found.append(value)
    return found


def fingerprints(
    kinds: Sequence[int], k: int = K, window: int = WINDOW
) -> Iterator[tuple[int, int]]:
    """Hashes that are kept, each with the place where its tokens begin; of fewer than a window the
    smallest."""
    values = hashes(kinds, k)
    waiting: deque[int] = deque()  # places whose hashes rise: the first is the smallest
    last = -1
    for place, value in enumerate(values):
        while waiting and values[waiting[-1]] >= value:
            waiting.pop()
        waiting.append(place)
        if waiting[0] <= place - window:
            waiting.popleft()
        is_full = place >= window - 1 or place == len(values) - 1
        if is_full and waiting[0] != last:
            last = waiting[0]
            yield values[last], last
