"""One line of results.jsonl, format version 1, as types: docs/result.schema.json and the tables of
docs/gradebooks.md are made from them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Struct

from grader.gradebooks.result import ResultOutcome
from grader.report.check_document import Count, says
from grader.report.model import Verdict

FORMAT: Final = "stage-grader/result"
VERSION: Final = 1


class StudentDocument(Struct, frozen=True):
    """Whose the submission is, as far as that is known: each field may be empty."""

    id: Annotated[str, says("The number in the learning platform.")]
    login: Annotated[str, says("The login.")]
    email: Annotated[str, says("The e-mail address.")]
    name: Annotated[str, says("The name.")]
    group: Annotated[str, says("The group; students of one group share a submission.")]


class StageDocument(Struct, frozen=True):
    """What one stage came to."""

    stage: Annotated[str, says("Its slug.")]
    track: Annotated[str, says("The slug of its track.")]
    verdict: Annotated[Verdict, says("What it came to.")]
    points: Annotated[Count, says("The points earned.")]
    max_points: Annotated[Count, says("The points that could be earned.")]


class ResultDocument(Struct, frozen=True, kw_only=True):
    """What became of one submission, as the class counts it."""

    format: Annotated[Literal["stage-grader/result"], says("Always `stage-grader/result`.")]
    version: Annotated[Literal[1], says("Always 1. Within a version fields are only added.")]
    submission: Annotated[str, says("The name of the submission.")]
    students: Annotated[
        tuple[StudentDocument, ...], says("Whose it is; empty when only its name is known.")
    ]
    verdict: Annotated[
        ResultOutcome,
        says("What became of it. Only `passed` and `failed` have a score."),
    ]
    score: Annotated[
        int | float | None,
        says("The score by scale and weights, rounded; null when there is none."),
    ]
    max_score: Annotated[int | float | None, says("What the score is out of.")]
    points: Annotated[Count | None, says("The points earned, before scale and weights.")]
    max_points: Annotated[Count | None, says("The points that could be earned.")]
    stages: Annotated[
        tuple[StageDocument, ...], says("Its stages in order; empty when it was not judged.")
    ]
    first_failed_check: Annotated[
        str | None, says("The id of the first check that counts and failed.")
    ]
    kind: Annotated[str | None, says("The sort of that failure: `failure.kind` of the report.")]
    problem: Annotated[
        str | None, says("That failure in one sentence: `failure.summary` of the report.")
    ]
    reason: Annotated[str | None, says("Why it was not judged, or has no score; else null.")]
    late: Annotated[
        bool | None,
        says("Whether it was late; null when nobody says. Nothing is subtracted for it."),
    ]
    policy: Annotated[str, says("What the class counts otherwise than the course, in words.")]
    hidden: Annotated[
        tuple[str, ...],
        says("The ids of the checks that are hidden from learners; `problem` is never theirs."),
    ]
    counting: Annotated[
        str, says("Scale, weights and rounding, in words; empty when the score is the points.")
    ]
    seed: Annotated[int | None, says("The seed of every random input.")]
