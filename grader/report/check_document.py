"""One check in the JSON report, as types: what was required, what is wrong, what went over the
wire."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.codec import Escaped
from grader.report.model import Verdict

Count = Annotated[int, Meta(ge=0)]
Ordinal = Annotated[int, Meta(ge=1)]
Seconds = Annotated[float, Meta(ge=0)]
ValueKind = Literal["text", "bytes"]


def says(text: str) -> Meta:
    """What a field means, in the schema and on the page."""
    return Meta(description=text)


class EntryDocument(Struct, frozen=True):
    """One event on one connection, seen from the grader."""

    connection: Annotated[
        Ordinal, says("The number of the connection in this check, counted from 1.")
    ]
    direction: Annotated[
        Direction,
        says(
            "What happened. `sent` and `received` carry bytes; `signal`, to the program, its name."
        ),
    ]
    by: Annotated[
        str,
        says(
            "Whose act it was: `grader`, or `server` for what came and for ends the"
            " program brought about."
        ),
    ]
    at_s: Annotated[Seconds, says("When, in seconds since the check began.")]
    bytes: Annotated[Escaped, says("The bytes as escaped text; empty when nothing was carried.")]
    left_out: Annotated[
        Count,
        says("How many bytes followed in the same direction that are not kept here."),
    ]


class FailureDocument(Struct, frozen=True):
    """What is wrong, and what shows it."""

    kind: Annotated[Kind, says("The sort of failure.")]
    summary: Annotated[str, says("One sentence for the learner.")]
    file: Annotated[
        str | None,
        says(
            "The file of the submission whose code raised or blocks, relative to the"
            " submission's directory; null when that is not known."
        ),
    ]
    line: Annotated[
        Ordinal | None, says("The line in `file`, counted from 1; null without `file`.")
    ]
    expected: Annotated[
        str | None,
        says(
            "What should have come: prose, or bytes as escaped text; null when there is"
            " nothing to compare."
        ),
    ]
    expected_kind: Annotated[
        ValueKind | None,
        says("Whether `expected` is prose or escaped bytes; null when it is null."),
    ]
    actual: Annotated[
        str | None,
        says("What came: prose, or bytes as escaped text; null when there is nothing to compare."),
    ]
    actual_kind: Annotated[
        ValueKind | None,
        says("Whether `actual` is prose or escaped bytes; null when it is null."),
    ]
    offset: Annotated[
        Count | None,
        says(
            "The first byte that is wrong of what came, counted from 0 in bytes, before escaping:"
            " the one at `offset` - `skipped` in `actual`; null when `actual` is not bytes."
        ),
    ]
    hint: Annotated[
        str | None,
        says("One sentence that teaches: the first of `hints`; null when there is none."),
    ]
    cite: Annotated[
        str | None,
        says(
            "The rule that was broken, where it is narrower than the check's own"
            " `cite`; null otherwise."
        ),
    ]
    launch: Annotated[
        str | None,
        says(
            "The command that runs the server, in one terminal, for `reproduce` in"
            " another; null when there is none."
        ),
    ]
    reproduce: Annotated[
        str | None,
        says("A shell command that shows the failure by hand; null when there is none."),
    ]
    output_tail: Annotated[
        Escaped,
        says(
            "The end of what the program printed, standard output and error together:"
            " bytes as escaped text."
        ),
    ]
    hints: Annotated[
        tuple[str, ...],
        says("The hint in steps: what to look at, then where, then what others did wrong there."),
    ] = ()
    cause: Annotated[
        str,
        says(
            "What the failure comes from, in words for programs: failures with the same words have"
            " one cause. Empty when it is not known."
        ),
    ] = ""
    connections: Annotated[
        tuple[int, ...],
        says("The connections in `transcript` that the failure is about; empty: all of them."),
    ] = ()
    skipped: Annotated[
        Count,
        says(
            "Of many bytes 64 KiB are kept, around the first wrong one: how many come before those"
            " of `expected` and `actual`."
        ),
    ] = 0
    expected_size: Annotated[
        Count | None,
        says("How many bytes should have come; null when `expected` is not bytes."),
    ] = None
    actual_size: Annotated[
        Count | None,
        says("How many bytes came; null when `actual` is not bytes."),
    ] = None
    decoded: Annotated[
        tuple[str, ...],
        says("What the last bytes say, in words: the frames of a WebSocket, a line for each."),
    ] = ()


class CheckDocument(Struct, frozen=True):
    """One requirement and what came of it."""

    id: Annotated[
        str,
        says("Its name, `<stage>/<check>`; it stays the same from run to run."),
    ]
    title: Annotated[str, says("What it is about, in at most 60 columns.")]
    requirement: Annotated[str, says("The sentence it decides, with one MUST or SHOULD.")]
    cite: Annotated[str, says("Where that is written, as in `RFC 9110 5.1` or `course: echo`.")]
    level: Annotated[
        Level,
        says(
            "`required`: failing it fails the stage. `advice`: it counts only when"
            " `strict` is true."
        ),
    ]
    verdict: Annotated[
        Verdict,
        says("What the check came to. Advice may be `failed` in a stage that `passed`."),
    ]
    reason: Annotated[str | None, says("Why it was skipped or errored; null otherwise.")]
    points: Annotated[Count, says("The points it earned.")]
    max_points: Annotated[Count, says("The points it could earn.")]
    duration_s: Annotated[Seconds, says("How long it took, in seconds.")]
    failure: Annotated[
        FailureDocument | None,
        says("What is wrong, when the verdict is `failed`; null otherwise."),
    ]
    transcript: Annotated[
        tuple[EntryDocument, ...],
        says(
            "What went over the wire, in order; what was received in a row is one"
            " entry. It may be cut off after a few hundred kilobytes; of a check that passed, only"
            " the beginning is kept: 20 events and 2 KiB."
        ),
    ]
    events_left_out: Annotated[Count, says("How many events followed those of `transcript`.")]
    hidden: Annotated[
        bool,
        says("Whether learners see its name and its points alone (`--hide`); this report has all."),
    ] = False
