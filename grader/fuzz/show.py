"""What a campaign prints: what it will do, what it found, and how it ended. Pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.transcript import Direction, Entry
from grader.engine.detail import detail_of
from grader.report.model import CheckReport, FailureDetail, RunHeader, Verdict
from grader.reporters.failure_block import failure_block
from grader.reporters.progress import isolation_of
from grader.text.layout import counted, hang

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.failure import Failure
    from grader.comparing.comparison import AnyComparison
    from grader.fuzz.campaign import FoundDifference, SearchResult
    from grader.text.style import Style


def opening(header: RunHeader, stages: Sequence[str], limit: str, style: Style) -> list[str]:
    """What is compared with the reference, and how the program is contained."""
    strict = ", strict" if header.environment.strict else ""
    what = (
        f"{header.submission_path}: {', '.join(stages)}; seed {header.environment.seed},"
        f" {limit}{strict}"
    )
    below = hang("  ", style.text(isolation_of(header, style)), style.width)
    return [*hang("Fuzzing ", style.text(what), style.width), *below, ""]


def does_not_start(failure: Failure, output: bytes, style: Style) -> list[str]:
    """Why there is nothing to compare."""
    return _block(
        "Your server MUST start before it can be compared",
        detail_of(failure, None, None, output),
        (),
        style,
    )


def finding_lines(
    comparison: AnyComparison, finding: FoundDifference, port: int, style: Style
) -> list[str]:
    """The finding as a failure is shown: bytes, the field that differs, a command to repeat it."""
    found, entries = finding.difference, finding.attempt.transcript
    command = comparison.by_hand(finding.conversation, found.failure, entries, port)
    detail = detail_of(found.failure, command, None, finding.attempt.output)
    asked = comparison.requests(finding.conversation)
    which = f"request {found.index + 1} of {len(asked)}, " if len(asked) > 1 else ""
    title = (
        f"Your server and the reference differ in the {found.field}: {which}{asked[found.index]}"
    )
    return _block(title, detail, cut_apart(finding.attempt.transcript), style)


def closing(comparison: AnyComparison, result: SearchResult, seed: int, style: Style) -> list[str]:
    """What the campaign came to; the first line alone says it."""
    tried = f"{counted(result.examples, 'conversation')}, {counted(result.requests, 'request')}"
    if result.finding is None:
        first = f"NOTHING FOUND: {tried} in {result.seconds:.1f} s, seed {seed}"
        lines = [style.paint(first, "green", bold=True)]
    else:
        first = f"FOUND a difference: {tried} in {result.seconds:.1f} s, seed {seed}"
        lines = [
            style.paint(first, "red", bold=True),
            f"  shrunk in {result.shrinking_s:.1f} s",
        ]
    return [*lines, *_unsteady(comparison, result.unsteady, style)]


def _unsteady(
    comparison: AnyComparison, findings: Sequence[FoundDifference], style: Style
) -> list[str]:
    if not findings:
        return []
    found = findings[0]
    asked = comparison.requests(found.conversation)[found.difference.index]
    count = "1 difference was" if len(findings) == 1 else f"{len(findings)} differences were"
    text = (
        f"{count} not seen again on a freshly started server, so not counted: "
        f"{asked}: {found.difference.failure.summary}"
    )
    return hang("  ", style.text(text), style.width)


def _block(title: str, detail: FailureDetail, entries: Iterable[Entry], style: Style) -> list[str]:
    check = CheckReport(
        "fuzz",
        title,
        title,
        detail.cite or "",
        Level.REQUIRED,
        Verdict.FAILED,
        failure=detail,
        transcript=tuple(entries),
    )
    head = hang(style.mark("failed"), style.text(title), style.width)
    block = failure_block(check, style, wanted="reference", found="yours")
    return [style.marked("failed", head[0]), *head[1:], *block]


def cut_apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, where each piece that was sent by itself is one act: what follows without a
    break is else shown as one."""
    found: list[Entry] = []
    for _, run in groupby(entries, key=lambda entry: (entry.connection, entry.direction)):
        pieces = list(run)
        if len(pieces) > 1 and pieces[0].direction is Direction.SENT:
            pieces = [
                replace(entry, by=f"{entry.by}, piece {number}")
                for number, entry in enumerate(pieces, 1)
            ]
        found += pieces
    return tuple(found)
