"""The brief report, format version 3, as types: a class is counted by it."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Struct, field

from grader.outcomes import Outcome
from grader.report.check_document import Count, Seconds, says
from grader.report.model import Verdict

FORMAT: Final = "stage-grader/brief"
VERSION: Final = 3


class FirstFailed(Struct, frozen=True):
    """The first check that counts and failed."""

    check: Annotated[str, says("Its id.")]
    requirement: Annotated[str, says("Its sentence.")]
    kind: Annotated[str, says("The sort of failure: `failure.kind` of the whole report.")] = ""
    problem: Annotated[
        str, says("What was seen, in a sentence: `failure.summary` of the whole report.")
    ] = ""


class Brief(Struct, frozen=True, kw_only=True):
    """What a run came to, in a few kilobytes at most."""

    format: Annotated[Literal["stage-grader/brief"], says("Always `stage-grader/brief`.")]
    version: Annotated[Literal[3], says("Always 3. Within a version fields are only added.")]
    seed: Annotated[int, says("The seed of every random input.")]
    level: Annotated[
        str,
        says("What contained the submission: `environment.isolation.level` of the whole report."),
    ] = field(name="isolation_level")
    outcome: Annotated[Outcome, says("What became of the submission.")]
    verdict: Annotated[Verdict, says("What the whole run came to.")]
    reason: Annotated[
        str | None,
        says(
            "Why the run, or the first stage or check of it, could not be judged; null otherwise."
        ),
    ]
    score: Annotated[Count, says("The points earned.")]
    max_score: Annotated[Count, says("The points that could be earned in the stages listed.")]
    stages_passed: Annotated[Count, says("How many stages passed.")]
    stages: Annotated[Count, says("How many stages are listed in the report.")]
    checks_judged: Annotated[Count, says("How many checks passed or failed.")]
    first_failed: Annotated[
        FirstFailed | None,
        says(
            "The first check that counts and failed: `check` is its id, `requirement` its sentence,"
            " `kind` and `problem` what is wrong."
        ),
    ]
    duration_s: Annotated[Seconds, says("How long it took, in seconds.")]

    @property
    def check(self) -> str | None:
        """The id of the first check that counts and failed."""
        return self.first_failed.check if self.first_failed else None

    @property
    def requirement(self) -> str | None:
        """What that check requires."""
        return self.first_failed.requirement if self.first_failed else None
