"""What two programs have in common, and which pairs of a class have most of it. Pure.

How it works. A fingerprint that both have shows where to look. From there the equal tokens are
followed to both sides, so what is counted is what is equal, and no hash. A pair's share is the
larger of the two: who adds code to a copy makes only the share of the copy smaller.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.similarity.programs import Program, SourceFile

LEAST_TOKENS: Final = 150
"""Of its own that a program has to have: shorter ones are alike without being copied."""

_MOST_PLACES: Final = 8
"""Where one fingerprint is looked for in the other program: no more, so that a program that repeats
itself for ever takes no time."""

_WORTH_A_LOOK: Final = 0.4
"""The share of common fingerprints, by the share of common tokens, that is worth a closer look: the
ends of what is equal have none."""


class Stretch(Value, frozen=True):
    """Tokens of one file: from `begin`, and without `end`."""

    file: int
    begin: int
    end: int


class Pair(Value, frozen=True):
    """matches: what is equal, first in the one and then in the other. shares: how much of the own
    tokens of each that is, from 0 to 1."""

    programs: tuple[Program, Program]
    matches: tuple[tuple[Stretch, Stretch], ...]
    shares: tuple[float, float]

    @property
    def share(self) -> float:
        """What the pairs of a class are ordered by."""
        return max(self.shares)


def is_comparable(program: Program) -> bool:
    """Whether it is long enough."""
    return program.size >= LEAST_TOKENS


def similar_pairs(programs: Sequence[Program], threshold: float) -> list[Pair]:
    """The pairs whose share is at least this, from 0 to 1, the most similar ones first. Programs
    that are too short are in none."""
    found = []
    for one, other in combinations(filter(is_comparable, programs), 2):
        if _estimate(one, other) >= threshold * _WORTH_A_LOOK:
            pair = compared(one, other)
            if pair.share >= threshold:
                found.append(pair)
    return sorted(found, key=lambda pair: (-pair.share, -sum(pair.shares)))


def compared(one: Program, other: Program) -> Pair:
    """What these two have in common."""
    matches = tuple(_matches(one, other))
    first = _covered(one, [match[0] for match in matches])
    second = _covered(other, [match[1] for match in matches])
    shares = (first / max(one.size, 1), second / max(other.size, 1))
    return Pair((one, other), matches, shares)


def _estimate(one: Program, other: Program) -> float:
    """Roughly the share, without a look at the tokens."""
    common = len(one.prints & other.prints)
    return common / max(min(len(one.prints), len(other.prints)), 1)


def _matches(one: Program, other: Program) -> Iterator[tuple[Stretch, Stretch]]:
    """What of the one is in the other, in order; no token of the one is in two of them."""
    common = one.prints & other.prints
    starts = sorted((*place, value) for value in common for place in one.places[value])
    file, reached = 0, 0
    for number, place, value in starts:
        if number != file:
            file, reached = number, 0
        if place < reached:
            continue
        here = one.files[number]
        candidates = [
            (there, *_followed(here, place, reached, other.files[there], at))
            for there, at in other.places[value][:_MOST_PLACES]
        ]
        there, begin, at, length = max(candidates, key=lambda it: it[-1])
        if length:
            reached = begin + length
            yield Stretch(number, begin, reached), Stretch(there, at, at + length)


def _followed(
    one: SourceFile, place: int, least: int, other: SourceFile, at: int
) -> tuple[int, int, int]:
    """Where the equal tokens around these places begin in both files, and how many they are; given
    code ends them, and the place `least` in the one."""
    kinds, others = one.tokens.kinds, other.tokens.kinds
    begin, first = place, at
    while (
        begin > least and first > 0 and kinds[begin - 1] == others[first - 1]
        and one.own[begin - 1] and other.own[first - 1]
    ):  # fmt: skip
        begin, first = begin - 1, first - 1
    end, last = place, at
    while (
        end < len(kinds) and last < len(others) and kinds[end] == others[last]
        and one.own[end] and other.own[last]
    ):  # fmt: skip
        end, last = end + 1, last + 1
    return begin, first, end - begin


def _covered(program: Program, stretches: Sequence[Stretch]) -> int:
    """How many tokens are in any of them."""
    marked = [bytearray(len(file.own)) for file in program.files]
    for it in stretches:
        marked[it.file][it.begin : it.end] = b"\1" * (it.end - it.begin)
    return sum(map(sum, marked))
