"""What a run says at its end: the score, the survivors with their diffs, and the matrix of mutants
and checks."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.mutation.grading import CAUGHT, ERRORED, SURVIVED, Outcome
from tests.mutation.known import EQUIVALENT, UNCAUGHT, Entry, entry_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tests.mutation.mutants import Mutant

ENOUGH: Final = 0.97
# standard deviations on either side of the mean that hold 95 % of a normal distribution
_Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcomes of a run, each mutant in one of the lists.

    unlisted: survivors that nobody has judged yet; with `uncaught`, they count against the score.
    """

    caught: Mapping[Mutant, Outcome]
    equivalent: Sequence[Mutant]
    uncaught: Sequence[Mutant]
    unlisted: Sequence[Mutant]
    errored: Mapping[Mutant, Outcome]

    @property
    def score(self) -> float:
        """How many of the wrong servers are caught, from 0 to 1."""
        return len(self.caught) / self.wrong if self.wrong else 1.0

    @property
    def wrong(self) -> int:
        """How many of them are wrong servers."""
        return len(self.caught) + len(self.uncaught) + len(self.unlisted) + len(self.errored)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the score of all mutants lies if these are a random sample of them, with a
        confidence of 95 %."""
        return wilson(len(self.caught), self.wrong)

    @property
    def counts(self) -> dict[str, int]:
        counted = {
            "caught": len(self.caught),
            "equivalent": len(self.equivalent),
            "uncaught": len(self.uncaught),
            "unlisted": len(self.unlisted),
            "errored": len(self.errored),
        }
        return {"mutants": sum(counted.values()), **counted}


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The score interval of a share, from 0 to 1 (Wilson 1927), with a confidence of 95 %."""
    if not trials:
        return 0.0, 1.0
    share, weight = successes / trials, _Z**2 / trials
    middle = share + weight / 2
    half = _Z * math.sqrt(share * (1 - share) / trials + weight / (4 * trials))
    return max(0.0, (middle - half) / (1 + weight)), min(1.0, (middle + half) / (1 + weight))


def summarise(outcomes: Mapping[Mutant, Outcome], entries: Collection[Entry]) -> Summary:
    """Sort the mutants into the lists, in their own order."""
    kinds = {mutant: _kind(mutant, outcome, entries) for mutant, outcome in outcomes.items()}

    def all_of(kind: str) -> list[Mutant]:
        return [mutant for mutant, found in kinds.items() if found == kind]

    return Summary(
        {mutant: outcomes[mutant] for mutant in all_of(CAUGHT)},
        all_of(EQUIVALENT),
        all_of(UNCAUGHT),
        all_of(SURVIVED),
        {mutant: outcomes[mutant] for mutant in all_of(ERRORED)},
    )


def _kind(mutant: Mutant, outcome: Outcome, entries: Collection[Entry]) -> str:
    entry = entry_for(entries, mutant) if outcome.verdict == SURVIVED else None
    return entry.kind if entry else outcome.verdict


def lines(summary: Summary) -> Iterator[str]:
    """The summary for people; the score comes last."""
    for title, mutants in (
        ("uncaught", summary.uncaught),
        ("survivors that nobody has judged", summary.unlisted),
    ):
        if mutants:
            yield f"{title}:"
            yield from (f"  {mutant.id} {mutant.where}\n    {mutant.diff}" for mutant in mutants)
    for mutant, outcome in summary.errored.items():
        yield f"errored: {mutant.id}: {' '.join(outcome.checks)} {outcome.why}\n    {mutant.diff}"
    yield ", ".join(f"{count} {name}" for name, count in summary.counts.items())
    yield f"score {100 * summary.score:.1f} %: caught / (mutants - equivalent)"


def never_first(summary: Summary, checks: Sequence[str]) -> Iterator[str]:
    """Which of these checks are never the first to catch a mutant: that says something about the
    mutants, and perhaps about the check."""
    first = {outcome.checks[0] for outcome in summary.caught.values()}
    idle = [check for check in checks if check not in first]
    yield (
        f"{len(idle)} of {len(checks)} checks are never the first to catch a"
        f" mutant{':' if idle else ''}"
    )
    yield from (f"  {check}" for check in idle)


def as_json(summary: Summary, obtained: Mapping[str, str | float]) -> str:
    """The matrix for programs: one line for each mutant. obtained: how, when, and where."""
    return json.dumps({**obtained, **figures(summary)}, indent=1, ensure_ascii=False) + "\n"


def figures(summary: Summary) -> dict[str, Any]:
    """The same without how it was obtained."""
    return {
        "score": round(summary.score, 4),
        "counts": summary.counts,
        "caught": {
            mutant.id: " ".join(outcome.checks) for mutant, outcome in summary.caught.items()
        },
        "equivalent": {mutant.id: mutant.diff for mutant in summary.equivalent},
        "uncaught": {mutant.id: mutant.diff for mutant in (*summary.uncaught, *summary.unlisted)},
        "errored": {mutant.id: outcome.why for mutant, outcome in summary.errored.items()},
    }
