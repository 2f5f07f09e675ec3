"""Whether servers are caught of which one step does the wrong thing: each fault of each step, or a
sample of them."""

from __future__ import annotations

from typing import Any

from tests.mutation.known import problems, read
from tests.mutation.running import How, Unreliable, told
from tests.mutation.scope import drawn
from tests.mutation.semantic.mutants import LISTED, step_mutants
from tests.mutation.subject import STEPS
from tests.mutation.summary import ENOUGH, Summary, figures, lines, summarise

COURSE_SEED, TIMEOUT_SCALE = 1, 0.3


def measured(jobs: int, sample: int | None = None, seed: int = 1) -> dict[str, Any]:
    """The mutants graded, `jobs` at a time, and what is wrong with that."""
    every = step_mutants()
    try:
        found = told(
            drawn(every, sample, seed),
            How(jobs, COURSE_SEED, TIMEOUT_SCALE, whole=False, subject=STEPS),
        )
    except Unreliable as error:
        raise SystemExit(f"no score: {error}") from error
    entries = read(LISTED.read_text(encoding="utf-8"))
    summary = summarise(found, entries)
    print(*lines(summary), sep="\n")
    wrong = [*problems(entries, every, found), *_short(summary, whole=sample is None)]
    interval = [round(end, 4) for end in summary.interval]
    return {"of": len(every), "interval": interval, **figures(summary), "problems": wrong}


def _short(summary: Summary, *, whole: bool) -> list[str]:
    """What is missing. Of a sample the score says too little: there no survivor may be one that
    nobody has judged."""
    found = [f"errored: {mutant.id}" for mutant in summary.errored]
    if whole and summary.score < ENOUGH:
        found.append(f"the score is {summary.score:.1%}, and should be {ENOUGH:.0%}")
    return (
        found
        if whole
        else [*found, *(f"nobody has judged {mutant.id}" for mutant in summary.unlisted)]
    )
