"""What a comparison of a class has found. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.similarity.pairs import LEAST_TOKENS, Pair, is_comparable, similar_pairs
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.similarity.programs import Program

HINT: Final = (
    "This is a hint and no verdict. Programs can also be similar because they follow the same"
    " tutorial, were written in a group, or solve a small task in the usual way."
    " Read both programs, and ask their authors, before you decide anything."
)
GIVEN: Final = (
    "Is the common part code that you gave to all? Name it with --starter PATH, and it does not"
    " count."
)


class Comparison(Value, frozen=True):
    """threshold: in percent. compared: how many programs. pairs: those at or above the threshold,
    the most similar first. left_out: why a submission is not compared, or not whole, by its
    name. notes: what is said about the class."""

    threshold: int
    compared: int
    pairs: tuple[Pair, ...]
    left_out: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """What was found, in one sentence."""
        several = self.compared * (self.compared - 1) // 2
        what = (
            f"{self.compared} programs compared ({several:,} {'pair' if several == 1 else 'pairs'})"
        )
        if self.compared < 2:
            return "Nothing to compare: fewer than two programs have enough code of their own."
        if not self.pairs:
            return f"{what}: no pair has {self.threshold} % or more in common."
        have = "1 pair has" if len(self.pairs) == 1 else f"{len(self.pairs)} pairs have"
        return f"{what}: {have} {self.threshold} % or more in common."


def comparison(
    programs: Sequence[Program], threshold: int, refused: Mapping[str, str], notes: Sequence[str]
) -> Comparison:
    """refused: why there is no program of a submission, by its name."""
    left_out = dict(refused)
    for program in programs:
        if not is_comparable(program):
            left_out[program.name] = (
                f"too short to compare: {program.size} tokens are its own, {LEAST_TOKENS} are"
                " needed"
            )
        elif program.note:
            left_out[program.name] = f"not compared as a whole: {program.note}"
    pairs = similar_pairs(programs, threshold / 100)
    count = sum(map(is_comparable, programs))
    return Comparison(threshold, count, tuple(pairs), left_out, tuple(notes))


def percent(share: float) -> int:
    """As it is shown: 100 only where it is all, and never more than it is."""
    return int(share * 100 + 1e-9)
