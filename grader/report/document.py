"""The JSON report, format version 4, as types: what docs/report.schema.json and the tables of
docs/report.md are made from.

Within a version fields are only added, each with a default, so that older reports can still be
read; readers ignore what they do not know. Anything else is a new version.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from grader.codec import Escaped
from grader.outcomes import Outcome
from grader.report.check_document import CheckDocument, Count, Ordinal, Seconds, says
from grader.report.model import Verdict

FORMAT: Final = "stage-grader/report"
VERSION: Final = 4


class StageDocument(Struct, frozen=True):
    """One stage that was begun or skipped."""

    number: Annotated[
        Ordinal,
        says(
            "Its position in `stages.yaml`, counted from 1 over all tracks. It may"
            " change; the slug does not."
        ),
    ]
    slug: Annotated[str, says("Its name: that of its folder in `stages/`.")]
    title: Annotated[str, says("Its title, for people.")]
    track: Annotated[str, says("The slug of its track.")]
    verdict: Annotated[Verdict, says("What the stage came to.")]
    reason: Annotated[
        str | None,
        says("Why it was skipped or errored; null otherwise, as a rule."),
    ]
    points: Annotated[Count, says("The points its checks earned.")]
    max_points: Annotated[Count, says("The points its checks could earn.")]
    duration_s: Annotated[Seconds, says("How long it took, in seconds.")]
    checks: Annotated[
        tuple[CheckDocument, ...],
        says(
            "Its checks in the order in which they ran. A skipped stage lists those"
            " that would have run, skipped."
        ),
    ]


class LimitsDocument(Struct, frozen=True):
    """What the program was allowed to use: the course's limits, or what `--limit` said instead."""

    memory: Annotated[Ordinal, says("Resident memory of all its processes together, in MiB.")]
    processes: Annotated[Ordinal, says("Processes and threads alive at one time.")]
    cpu: Annotated[Ordinal, says("Processor time of one launch, in seconds.")]
    files: Annotated[Ordinal, says("Open files of each process.")]
    file_size: Annotated[Ordinal, says("The largest file that it may write, in MiB.")]
    disk: Annotated[
        Ordinal,
        says(
            "Everything that one launch writes, in MiB, where the isolation gives it a"
            " disk of its own."
        ),
    ]
    run: Annotated[Ordinal, says("Seconds by the clock on the wall, for all launches of one run.")]


class IsolationDocument(Struct, frozen=True):
    """How the program was contained."""

    level: Annotated[str, says("The name of the isolation level, as for `--sandbox`.")]
    weaknesses: Annotated[
        tuple[str, ...],
        says("What this level does not protect against, in words; empty when nothing is missing."),
    ]


class EnvironmentDocument(Struct, frozen=True):
    """Where, by what and how it was graded: what another run needs to come to the same result."""

    grader_version: Annotated[str, says("The version of the grader.")]
    python: Annotated[str, says("The version of Python that ran the grader.")]
    platform: Annotated[str, says("The operating system and its version.")]
    isolation: Annotated[IsolationDocument, says("How the program was contained.")]
    limits: Annotated[LimitsDocument, says("What the program was allowed to use.")]
    seed: Annotated[
        int,
        says("The seed of every random input: the same seed gives the same bytes on the wire."),
    ]
    strict: Annotated[bool, says("Whether failed advice counted as failure (`--strict`).")]
    checks: Annotated[
        tuple[str, ...],
        says(
            "The ids and patterns of the checks that were asked for (`--check`): the stages have no"
            " others, and no points for others. Empty when whole stages were graded."
        ),
    ]
    repeat: Annotated[
        Ordinal,
        says(
            "How many runs were asked for (`--repeat`). With more than one, the report is that of"
            " the first run that failed, or of the last one where none did; `repetitions` has them"
            " all."
        ),
    ] = 1
    policy: Annotated[
        str,
        says(
            "What the class counts otherwise than the course, in words (`--advice`, `--without`,"
            " `--points`); empty where it counts as the course does."
        ),
    ] = ""


class SubmissionDocument(Struct, frozen=True):
    """The program that was graded."""

    path: Annotated[str, says("The path as it was given on the command line.")]
    command: Annotated[
        tuple[str, ...],
        says(
            "The command the program was started with, one word each, without the"
            " arguments a track adds."
        ),
    ]
    built_by: Annotated[
        str,
        says("The command in short by which the grader built it; empty where it built nothing."),
    ] = ""


class CourseDocument(Struct, frozen=True):
    """The course the submission was graded against."""

    slug: Annotated[str, says("The course's name in `stages.yaml`.")]
    title: Annotated[str, says("The course's title, for people.")]
    version: Annotated[
        str,
        says(
            "A word that changes when the course's stages or checks do: two runs with"
            " the same one asked for the same."
        ),
    ]


class RepetitionDocument(Struct, frozen=True):
    """One run of several (`--repeat`)."""

    seed: Annotated[int, says("Its seed: `--seed` with it repeats this run.")]
    verdict: Annotated[Verdict, says("What it came to.")]
    failed: Annotated[tuple[str, ...], says("The ids of the failed checks that count.")]


class ReportDocument(Struct, frozen=True):
    """Everything one run of the grader found."""

    format: Annotated[Literal["stage-grader/report"], says("Always `stage-grader/report`.")]
    version: Annotated[Literal[4], says("Always 4. Within a version fields are only added.")]
    course: Annotated[CourseDocument, says("The course the submission was graded against.")]
    submission: Annotated[SubmissionDocument, says("The program that was graded.")]
    environment: Annotated[EnvironmentDocument, says("Where, by what and how it was graded.")]
    started_at: Annotated[
        str,
        Meta(
            description="When the run began (RFC 3339).",
            extra_json_schema={"format": "date-time"},
        ),
    ]
    duration_s: Annotated[Seconds, says("How long it took, in seconds.")]
    outcome: Annotated[
        Outcome,
        says("What became of the submission. Only what is `graded` has a score."),
    ]
    verdict: Annotated[
        Verdict,
        says(
            "What the whole run came to. `errored`: the grader, the machine or an"
            " interruption ended it. `skipped`: there was nothing to grade."
        ),
    ]
    reason: Annotated[str | None, says("Why the run was errored or skipped; null otherwise.")]
    output_tail: Annotated[
        Escaped,
        says(
            "The end of what the build printed, when it failed: bytes as escaped text;"
            " empty otherwise."
        ),
    ]
    score: Annotated[Count, says("The points earned.")]
    max_score: Annotated[Count, says("The points that could be earned in the stages listed.")]
    stages: Annotated[
        tuple[StageDocument, ...],
        says("The stages in course order. After an interruption, those that were begun."),
    ]
    repetitions: Annotated[
        tuple[RepetitionDocument, ...],
        says("What each run came to, in order, where several were asked for; else empty."),
    ] = ()
