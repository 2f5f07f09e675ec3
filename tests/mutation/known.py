"""What is known about survivors: which are no wrong servers (equivalent), and which ask for a check
(uncaught)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from tests.mutation.grading import CAUGHT, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tests.mutation.mutants import Mutant

LISTED: Final = Path(__file__).with_name("known.yaml")
EQUIVALENT, UNCAUGHT = "equivalent", "uncaught"
_KEYS: Final = {EQUIVALENT: "why", UNCAUGHT: "check"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A judgement on mutants. kind: EQUIVALENT or UNCAUGHT. where: file and qualified name. diffs:
    as `Mutant.diff` gives them. In both, `*` stands for any text. reason: why it is no wrong
    server, or the check that it asks for."""

    kind: str
    where: str
    diffs: tuple[str, ...]
    reason: str

    def matching(self, mutant: Mutant) -> Iterator[str]:
        """Those of the diffs that stand for this mutant."""
        if _fits(self.where, f"{mutant.file} {mutant.where}"):
            yield from (diff for diff in self.diffs if _fits(diff, mutant.diff))


def read(text: str) -> tuple[Entry, ...]:
    """The entries of known.yaml. Raises ValueError with one sentence."""
    loaded = yaml.safe_load(text) or {}
    if not isinstance(loaded, dict) or set(loaded) - set(_KEYS):
        raise ValueError(f"expected the lists {' and '.join(_KEYS)}")
    return tuple(_entry(kind, item) for kind in _KEYS for item in loaded.get(kind) or ())


def _entry(kind: str, item: object) -> Entry:
    wanted = {"where", "mutants", _KEYS[kind]}
    if not isinstance(item, dict) or set(item) != wanted:
        raise ValueError(f"{kind}: expected {', '.join(sorted(wanted))}, found {item!r}")
    diffs = item["mutants"]
    if not isinstance(diffs, list) or not all(isinstance(diff, str) for diff in diffs):
        raise ValueError(f"{kind}: {item['where']}: mutants are a list of lines")
    return Entry(kind, str(item["where"]), tuple(diffs), str(item[_KEYS[kind]]))


def _fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern's. Quotes are all alike: how f-strings are written depends on
    the Python."""
    parts = pattern.replace('"', "'").split("*")
    return (
        re.fullmatch(".*".join(map(re.escape, parts)), text.replace('"', "'"), re.DOTALL)
        is not None
    )


def entry_for(entries: Iterable[Entry], mutant: Mutant) -> Entry | None:
    """What is known about this mutant."""
    return next((entry for entry in entries if any(entry.matching(mutant))), None)


def problems(
    entries: Sequence[Entry], every: Iterable[Mutant], graded: Mapping[Mutant, Outcome]
) -> Iterator[str]:
    """What is wrong with the lists: lines that stand for no mutant of `every`, or for caught ones
    only, and mutants that two kinds of entries stand for."""
    unused = {(entry, diff) for entry in entries for diff in entry.diffs}
    needed, caught = set[tuple[Entry, str]](), dict[tuple[Entry, str], str]()
    for mutant in every:
        found = [(entry, diff) for entry in entries for diff in entry.matching(mutant)]
        unused.difference_update(found)
        outcome = graded.get(mutant)
        if outcome is not None and outcome.verdict == CAUGHT:
            caught |= {
                line: f"{outcome.checks[0]} catches it: {_line(*line)} ({mutant.id})"
                for line in found
            }
        else:
            needed.update(found)
        if len({entry.kind for entry, _ in found}) > 1:
            yield f"both equivalent and uncaught: {_line(*found[0])} ({mutant.id})"
    yield from sorted(f"stale, {why}" for line, why in caught.items() if line not in needed)
    yield from sorted(
        f"stale, there is no such mutant: {_line(entry, diff)}" for entry, diff in unused
    )


def _line(entry: Entry, diff: str) -> str:
    return f"{entry.kind}: {entry.where}: {diff}"
