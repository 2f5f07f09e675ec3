"""The nearest of what was answered rightly, and what makes the difference. Pure.

How it works. What was asked has aspects, which are equal or not, and texts, which are compared by
their traits: most are random. Whatever was answered rightly and is equal in all aspects is *kin*.
Where there is kin, the text that has what no text of the kin has is the difference. Where there is
none, the difference is the one aspect in which the nearest differ.

Why so. A sentence about a difference reads like a cause, and a wrong one misleads for an hour. So
it is said only where there is one difference: nothing is said when two aspects differ, when the
nearest differ in different aspects, or when the texts differ as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.diagnosis.traits import is_longer, new_traits
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked.

    named: how a sentence calls it. aspects: what is equal or is not; one that is missing is as if
    it were None. texts: what is free, by name. cut: not all of its texts are known, so their
    lengths say nothing.
    """

    named: str
    aspects: Mapping[str, object] = field(hash=False)
    texts: Mapping[str, bytes] = field(default_factory=dict, hash=False)
    cut: bool = False


class Difference(Value, frozen=True):
    """near: the nearest that was answered rightly. name: of the aspect or of the text that differs.
    traits: what this text has, and none that was answered rightly; empty for an aspect. longer:
    this text is longer than all those."""

    near: Asked
    name: str
    traits: tuple[str, ...] = ()
    longer: bool = False


def nearest(asked: Asked, rightly: Sequence[Asked]) -> Difference | None:
    """What differs from what was answered rightly, in the order in which that was; `None` where
    nothing certain can be said."""
    differing = [(_differing(asked, right), right) for right in rightly]
    if kin := [right for names, right in differing if not names]:
        found = _texts(asked, kin)
        return found[0] if len(found) == 1 else None
    near = [(names[0], right) for names, right in differing if len(names) == 1]
    if len({name for name, _ in near}) != 1:
        return None
    others = [right for _, right in near]
    if any(other.name != near[-1][0] for other in _texts(asked, others)):
        return None
    return Difference(_example(others), near[-1][0])


def _example(kin: Sequence[Asked]) -> Asked:
    """The last of those that have the shortest name: all of them would do."""
    return min(reversed(kin), key=lambda right: len(right.named))


def _differing(asked: Asked, right: Asked) -> list[str]:
    names = dict.fromkeys((*asked.aspects, *right.aspects))
    return [name for name in names if asked.aspects.get(name) != right.aspects.get(name)]


def _texts(asked: Asked, kin: Sequence[Asked]) -> list[Difference]:
    """Each text that differs from all of the kin's. One with more than a single trait that is new
    may differ in what is none, and counts as two."""
    found = []
    for name, text in asked.texts.items():
        others = [right.texts[name] for right in kin if name in right.texts]
        if not others:
            continue
        traits, longer = new_traits(text, others), is_longer(text, others)
        if traits or longer:
            unsure = len(traits) > 1 or (longer and any(right.cut for right in kin))
            found += [Difference(_example(kin), name, traits, longer)] * (2 if unsure else 1)
    return found
