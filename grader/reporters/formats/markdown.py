"""Markdown for the comment of a pull request, or the summary of a job.

Source: GitHub Flavored Markdown 0.29. What a server answered stands in fences that are longer than
any run of backticks in it (4.5), and other text has every sign escaped that means something (2.4),
so that no answer becomes a link, an image, a mention or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.outcomes import Outcome
from grader.reporters.formats import told
from grader.text.escape import printable
from grader.text.layout import counted

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report

MOST_BYTES: Final = 60_000
"""A comment of GitHub may have 65,536 characters."""

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~@&:$/])")
_MARKS: Final = {
    "passed": "✅", "failed": "❌", "errored": "⚠️", "skipped": "⏭️", "note": "💡",
}  # fmt: skip


def render(report: Report) -> str:
    """A headline, a table of the stages, and each failure in full below it, folded."""
    return rendered(report, MOST_BYTES)


def rendered(report: Report, most_bytes: int) -> str:
    """The same within so many bytes of UTF-8: what has no room is counted instead."""
    parts = [f"### {escaped(told.summary(report))}", ""]
    if report.outcome is Outcome.GRADED or report.stages:
        parts += _table(report)
    failures = [
        _failure(check, report) for _, check in told.checks(report) if _is_told(check, report)
    ]
    room = most_bytes - _size("\n".join(parts)) - 200
    shown = 0
    for failure in failures:
        if _size(failure) > room:
            break
        room -= _size(failure)
        parts.append(failure)
        shown += 1
    if shown < len(failures):
        parts.append(f"\n{counted(len(failures) - shown, 'more failure')} not shown here.")
    return "\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown leaves as it is; a line break becomes a blank."""
    return _SIGNS.sub(r"\\\1", " ".join(printable(text).split()))


def fenced(text: str) -> str:
    """A block of code that the text cannot end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _table(report: Report) -> list[str]:
    lines = ["| | stage | points |", "|---|---|---|"]
    lines += [
        f"| {_MARKS[stage.verdict]} | {stage.number} {escaped(stage.slug)} |"
        f" {stage.points} of {stage.max_points} |"
        for stage in report.stages
    ]
    return [*lines, ""]


def _failure(check: CheckReport, report: Report) -> str:
    mark, title = _MARKS[told.mark(check, report)], escaped(check.title)
    said = escaped(told.sentence(check, report))
    return (
        f"<details><summary>{mark} {_html(printable(check.title))}</summary>\n\n"
        f"**{title}**: {said}\n\n{fenced(told.explanation(check, report))}\n\n</details>\n"
    )


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _is_told(check: CheckReport, report: Report) -> bool:
    return told.mark(check, report) in ("failed", "errored", "note")


def _size(text: str) -> int:
    return len(text.encode())
