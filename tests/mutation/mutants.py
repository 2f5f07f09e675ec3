"""All mutants of a source text: each is the whole text again, with one place changed, a name and a
one-line diff."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from tests.mutation.operators import OPERATORS, Replacement
from tests.mutation.places import Place, places

if TYPE_CHECKING:
    from collections.abc import Iterator

_AROUND: Final = 30  # characters of a long line that are shown on either side of what differs
_LONGEST_LINE: Final = 100


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed program.

    file: as it was given. operator: the name in `OPERATORS`. number: which of those at its place,
    from 1. where: the qualified name of the function or constant it is in. was, now: what the first
    changed line was and became, as `ast.unparse` writes it; long lines are cut around what differs,
    and what reads the same as another mutant there is numbered. text: the whole mutated source.
    """

    file: str
    line: int
    column: int
    operator: str
    number: int
    where: str
    was: str
    now: str
    text: str = field(repr=False)

    @property
    def id(self) -> str:
        """The same in every run on the same source."""
        return f"{self.file}:{self.line}:{self.column}:{self.operator}:{self.number}"

    @property
    def diff(self) -> str:
        return f"{self.was} -> {self.now}"


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """The mutants of `source`, in its order; no two have the same text, and each differs from the
    source."""
    tree = ast.parse(source, file)
    original = ast.unparse(tree)
    seen = {original}
    numbers = Counter[tuple[int, int, str]]()
    alike = Counter[tuple[str, str, str]]()
    for place in list(places(tree)):
        for operator, replacement in _replacements(place):
            text = _text_with(tree, place, replacement)
            if text in seen:
                continue
            seen.add(text)
            key = (place.line, place.column, operator)
            numbers[key] += 1
            was, now = _first_difference(original, text)
            alike[place.where, was, now] += 1
            nth = alike[place.where, was, now]
            yield Mutant(
                file,
                *key,
                numbers[key],
                place.where,
                was,
                f"{now} ({nth})" if nth > 1 else now,
                text,
            )


def printed(source: str) -> str:
    """The source as mutants are written: what differs from it is the mutation alone."""
    return ast.unparse(ast.parse(source))


def _replacements(place: Place) -> Iterator[tuple[str, Replacement]]:
    for name, operator in OPERATORS.items():
        if (
            place.is_told
            or (name == "statement" and not place.may_be_left_out)
            or (name == "answer" and not place.may_be_none)
        ):
            continue
        for replacement in operator(place.node):
            yield name, replacement


def _text_with(tree: ast.Module, place: Place, replacement: Replacement) -> str:
    """The whole text with the replacement at the place. The tree is changed for that long only."""
    kept: Any = getattr(place.holder, place.field)
    new: Any = replacement
    if place.index is not None:
        statements = replacement if isinstance(replacement, list) else [replacement]
        new = [*kept[: place.index], *statements, *kept[place.index + 1 :]]
    setattr(place.holder, place.field, new)
    try:
        return ast.unparse(tree)
    finally:
        setattr(place.holder, place.field, kept)


def _first_difference(was: str, now: str) -> tuple[str, str]:
    lines = zip_longest(was.splitlines(), now.splitlines(), fillvalue="")
    old, new = next(pair for pair in lines if pair[0] != pair[1])
    return _cut(old.strip(), new.strip())


def _cut(old: str, new: str) -> tuple[str, str]:
    """Both lines; long ones around what differs."""
    if max(len(old), len(new)) <= _LONGEST_LINE:
        return old, new
    same = range(min(len(old), len(new)))
    before = next((at for at in same if old[at] != new[at]), len(same))
    after = next(
        (at for at in same[: len(same) - before] if old[-1 - at] != new[-1 - at]),
        len(same) - before,
    )
    begin = max(0, before - _AROUND)
    return _window(old, begin, len(old) - after + _AROUND), _window(
        new, begin, len(new) - after + _AROUND
    )


def _window(line: str, begin: int, end: int) -> str:
    window = (
        line[begin:end] if end - begin <= 3 * _AROUND else f"{line[begin : begin + 3 * _AROUND]}"
    )
    return f"{'...' if begin else ''}{window}{'...' if begin + len(window) < len(line) else ''}"
