"""What an examination looks like: on a screen. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.doctor.finding import Examination, Finding, State
from grader.text.layout import columns, hang

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.text.style import Style

_NAME = 13


def screen_lines(found: Examination, style: Style) -> list[str]:
    """A line for each finding, below it what there is to say and to do; then what it comes to."""
    title = f"grade {found.grader_version}, Python {found.python}, {found.platform}"
    lines = [*hang("", style.text(title), style.width), ""]
    for finding in found.findings:
        lines += _finding(finding, style)
    return [*lines, "", *hang("", _closing(found), style.width)]


def _mark(finding: Finding) -> str:
    if finding.fails:
        return "failed"
    return "passed" if finding.state is State.OK else "note"


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    mark = _mark(finding)
    start = f"{style.mark(mark)}{finding.name:<{_NAME}} "
    first, *rest = hang(start, style.text(finding.says), style.width)
    yield style.marked(mark, first)
    yield from rest
    below = " " * columns(start)
    for detail in finding.details:
        yield from hang(f"{below}- ", style.text(detail), style.width)
    for remedy in finding.remedies:
        why = f"{remedy.why}; to change it:" if remedy.why else "to get it:"
        yield from hang(f"{below}- ", style.text(why), style.width)
        yield f"{below}    {style.text(remedy.command)}"  # in one piece, to be copied


def _closing(found: Examination) -> str:
    lacking = [finding.name for finding in found.findings if finding.fails]
    if lacking:
        return f"Grading does not work here yet: see {', '.join(lacking)}."
    less = [finding.name for finding in found.findings if finding.state is not State.OK]
    return (
        f"Ready to grade. Some things could be better: see {', '.join(less)}."
        if less
        else "Ready to grade."
    )
