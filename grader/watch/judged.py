"""What a run has told so far, and what `h` and `f` show of it: hints step by step, and the run in
another form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.watch.orders import RunTold

FAILED: Final = "failed"
NOTE: Final = "note"
_NOTHING_YET: Final = "Nothing has been graded yet."
_NOTHING_FAILED: Final = "Nothing has failed."


def hint_steps(judged: Sequence[RunTold]) -> tuple[str, ...]:
    """What `h` says, one after the other: the hints of each failure, then each note and its own.
    What fails as another check does is not explained twice."""
    explained: dict[tuple[str | None, tuple[str, ...]], RunTold] = {}
    for verdict in (FAILED, NOTE):
        for told in judged:
            if told.verdict == verdict:
                explained.setdefault((told.text, told.hints), told)
    return tuple(step for told in explained.values() for step in _steps(told))


def _steps(told: RunTold) -> Iterator[str]:
    """A note says first what it is about: on the screen it may have been cut."""
    if told.verdict == NOTE:
        yield " ".join([f"{told.name}, not required:", told.text or "", *told.hints[:1]])
    elif told.hints:
        yield f"{told.name}: {told.hints[0]}"
    else:
        yield f"{told.name}: there is no hint; its page explains the rule (press space)."
    for number, hint in enumerate(told.hints[1:], start=2):
        yield f"{told.name}, hint {number} of {len(told.hints)}: {hint}"


class RunSoFar:
    """One run as the watch hears of it. `h` begins at the first hint again with each run."""

    def __init__(self) -> None:
        self._told: list[RunTold] = []
        self._hinted = 0

    def add(self, told: RunTold) -> None:
        self._told.append(told)

    def last(self, what: str) -> RunTold | None:
        """The last of what was told that is of this kind."""
        return next((told for told in reversed(self._told) if told.what == what), None)

    def verdicts(self) -> dict[str, str]:
        """By the slug of a stage that was judged, its verdict."""
        return {told.name: told.verdict for told in self._told if told.what == "stage"}

    def failing(self, slug: str) -> list[str]:
        """The checks of this stage that have failed."""
        return [
            told.name
            for told in self._checks()
            if told.verdict == FAILED and told.name.startswith(f"{slug}/")
        ]

    def hint(self) -> str:
        """The next hint, and whether there is another one."""
        judged = self._checks()
        if not (steps := hint_steps(judged)):
            return _NOTHING_FAILED if judged else _NOTHING_YET
        if self._hinted >= len(steps):
            self._hinted = 0
            return "That was the last hint. Press space for the page of the stage."
        step = steps[self._hinted]
        self._hinted += 1
        return f"{step} (h: next)" if self._hinted < len(steps) else step

    def shown(self, *, folded: bool) -> str:
        """All that the run has shown, in this form; empty as long as it has not ended."""
        name = "folded" if folded else "unfolded"
        found = (told.text for told in self._told if told.what == "shown" and told.name == name)
        return next(found, None) or ""

    def _checks(self) -> list[RunTold]:
        return [told for told in self._told if told.what == "check"]
