"""What `grade book` shows, line by line. Pure."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from grader.jobs.class_screen import name_width, table_lines
from grader.jobs.reason_groups import shared_reasons
from grader.jobs.results import count
from grader.text.layout import counted, cut, hang, pad

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.book.model import BookRun
    from grader.book.policy import Policy
    from grader.jobs.book_reading import BookRow, Change
    from grader.jobs.results import ClassResult
    from grader.text.style import Style

_COMMAND_LINES = 3
_DAY_AND_MINUTE = len("2026-11-29T20:00")


def book_lines(
    path: str, runs: Sequence[BookRun], policy: Policy, rows: Sequence[BookRow], style: Style
) -> list[str]:
    """What is in the book, then a line for each of these results, and what they come to."""
    said = [f"{counted(len(runs), 'run')}, the last one {_when(runs[-1])}" if runs else "no run"]
    said += [f"class policy: {policy.says}"] if policy.says else []
    head = [] if style.quiet else [
        *hang("Book ", style.text(path), style.width),
        *chain(*(hang("  ", style.text(text), style.width) for text in said)),
        "",
    ]  # fmt: skip
    results = [row.result for row in rows]
    named = [(row.seat.name, row.result) for row in rows]
    wide = name_width(style.text(name) for name, _ in named)
    shared = shared_reasons((row.seat.name, row.seat.path, row.result) for row in rows)
    total = f"{counted(len(rows), 'submission')}: {count(results)}"
    last = [total] if rows else ["No result is like that."]
    return [
        *head,
        *table_lines(named, wide, style),
        *([""] if rows else []),
        *hang("", style.text(last[0]), style.width),
        *chain(*(hang("  ", style.text(text), style.width) for text in shared)),
    ]


def run_lines(runs: Sequence[BookRun], style: Style) -> list[str]:
    """A line for each run, and the command that it was."""
    lines = []
    for run in runs:
        ended = "" if run.ended_at else ", did not end"
        what = f"{counted(run.seats, 'submission')}, {run.graded} graded, seed {run.seed}{ended}"
        lines += hang(f"{run.number:4}  ", style.text(f"{_when(run)}: {what}"), style.width)
        command = cut(style.text(" ".join(run.command)), _COMMAND_LINES * (style.width - 6))
        lines += hang("      ", command, style.width)
    return lines or ["The book has no run."]


def change_lines(changes: Sequence[Change], first: int, second: str, style: Style) -> list[str]:
    """What is different between two runs. second: how the later one is called."""
    if not changes:
        return [f"Nothing is different between run {first} and {second}."]
    wide = name_width(style.text(it.name) for it in changes)
    lines = [f"From run {first} to {second}, {counted(len(changes), 'submission')} changed:"]
    for it in changes:
        says = f"{_short(it.before)} -> {_short(it.now)}"
        lines += hang(f"  {pad(style.text(it.name), wide)}  ", style.text(says), style.width)
        for what, ids in (("now passes", it.passes), ("now fails", it.fails)):
            if ids:
                text = style.text(f"{what}: {', '.join(ids)}")
                lines += hang(" " * (wide + 4), text, style.width)
    return lines


def _short(result: ClassResult | None) -> str:
    if result is None:
        return "not there"
    word = str(result.outcome).replace("_", " ")
    brief = result.scored
    return f"{word} {brief.score}/{brief.max_score}" if brief else word


def _when(run: BookRun) -> str:
    return run.began_at[:_DAY_AND_MINUTE].replace("T", " ")
