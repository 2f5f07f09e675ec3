"""What a campaign prints: what it will do, what it found, and how it ended. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from grader.check.declaration import Level
from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.comparing.odd_rules import ROOT, SERVED, SIBLING
from grader.comparing.routes import SECRET, SECRET_NAME, Route, route_of
from grader.http1 import reproduce
from grader.report.model import CheckReport, FailureDetail, RunHeader, Verdict
from grader.reporters.failure_block import failure_block
from grader.reporters.progress import isolation_of
from grader.reproduce.printing import written
from grader.text.layout import counted, hang

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.comparing.conversation import Conversation
    from grader.fuzz.campaign import FoundDifference, SearchResult
    from grader.text.style import Style

_SEEN_BY_CURL = frozenset({Kind.MISMATCH, Kind.FILES, Kind.SILENCE})
_LONGEST_VALUE = 64 * 1024
_PLACE = "/tmp/www"  # as the pages of the course call the directory


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
        _detail(failure, None, output),
        (),
        style,
    )


def finding_lines(finding: FoundDifference, port: int, style: Style) -> list[str]:
    """The finding as a failure is shown: bytes, the field that differs, a command to repeat it."""
    asked, found = finding.conversation, finding.difference
    raw = found.failure.kind not in _SEEN_BY_CURL
    detail = _detail(
        found.failure,
        by_hand(asked, finding.attempt.transcript, port, raw=raw),
        finding.attempt.output,
    )
    which = f"request {found.index + 1} of {len(asked.asks)}, " if len(asked.asks) > 1 else ""
    title = (
        f"Your server and the reference differ in the {found.field}:"
        f" {which}{asked.asks[found.index]}"
    )
    return _block(title, detail, cut_apart(finding.attempt.transcript), style)


def closing(result: SearchResult, seed: int, style: Style, saved: str | None = None) -> list[str]:
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
    if saved is not None:
        lines += hang("  ", style.text(f"saved: {saved}"), style.width)
    return [*lines, *_unsteady(result.unsteady, style)]


def _unsteady(findings: Sequence[FoundDifference], style: Style) -> list[str]:
    if not findings:
        return []
    found = findings[0]
    count = "1 difference was" if len(findings) == 1 else f"{len(findings)} differences were"
    text = (
        f"{count} not seen again on a freshly started server, so not counted: "
        f"{found.conversation.asks[found.difference.index]}: {found.difference.failure.summary}"
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


def _detail(failure: Failure, command: str | None, output: bytes) -> FailureDetail:
    return FailureDetail(
        failure.kind, failure.summary, _bounded(failure.expected), _bounded(failure.actual),
        failure.offset, failure.hints, failure.cite, command, output,
    )  # fmt: skip


def _bounded(value: str | bytes | None) -> str | bytes | None:
    return value if value is None else value[:_LONGEST_VALUE]


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


def by_hand(
    conversation: Conversation, entries: Sequence[Entry], port: int, *, raw: bool
) -> str | None:
    """Commands that repeat the conversation: the files, who is silent, and one for each connection
    after that, in the order of their first bytes."""
    lines = [
        f"{written(content)} > {_PLACE}/'{name}'  # and start the server with --directory {_PLACE}"
        for name, content in conversation.files
    ]
    silent = len(conversation.beside)  # they are the first to be connected
    for data in conversation.beside:
        said = f"{written(data)}; " if data else ""
        lines.append(f"({said}sleep 5) | nc -w 8 localhost {port} &")
    spoken = (entry.connection for entry in entries if entry.direction is Direction.SENT)
    for number in dict.fromkeys(number for number in spoken if number > silent):
        own = [entry for entry in entries if entry.connection == number]
        if (command := reproduce.command(own, port, raw=raw)) is not None:
            lines.append(command)
    return _elsewhere(conversation, "\n".join(lines)) or None


def _elsewhere(conversation: Conversation, commands: str) -> str:
    """The commands for a served directory where the reader has it, with what lies outside of it."""
    root, _, name = _PLACE.rpartition("/")
    leading = [ask.target for ask in conversation.asks if route_of(ask) is Route.OUTSIDE]
    for target in leading:
        pattern = re.escape(target).replace("%", "%%?")
        for place in (ROOT, SERVED):
            pattern = pattern.replace(re.escape(place.decode()), r"[^\s']+?")
        here = target.replace(ROOT.decode(), root).replace(SERVED.decode(), name)
        commands = re.sub(pattern, here.replace("\\", r"\\"), commands)
    if not leading or not commands:
        return commands
    outside = f"mkdir -p {_PLACE}{SIBLING}; {written(SECRET)} | tee {root}/{SECRET_NAME}"
    return (
        f"{outside} > {_PLACE}{SIBLING}/{SECRET_NAME}  # outside --directory {_PLACE}\n{commands}"
    )
