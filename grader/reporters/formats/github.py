"""Annotations of GitHub Actions, and the summary of the job.

Source: docs.github.com, "Workflow commands for GitHub Actions": data escapes %, CR and LF, and a
property also : and the comma. A step shows at most 10 errors, 10 warnings and 10 notices
(actions/toolkit, docs/problem-matchers.md); what is beyond that is counted in the last one. The
summary of a step has at most 1 MiB; it is written where GITHUB_STEP_SUMMARY names a file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from grader.errors import GraderError
from grader.reporters.formats import told
from grader.reporters.formats.markdown import rendered as markdown
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report
    from grader.reporters.destination import Destination

MOST: Final = 10
MOST_SUMMARY: Final = (1 << 20) - 1024
_COMMANDS: Final = {"failed": "error", "errored": "error", "note": "warning"}


def render(report: Report) -> str:
    """At most ten errors (failed checks, those that count) and ten warnings (advice)."""
    if not report.stages:
        return _command("error", None, "grade", told.summary(report)) + "\n"
    lines: list[str] = []
    for command in ("error", "warning"):
        found = [
            check
            for _, check in told.checks(report)
            if _COMMANDS.get(told.mark(check, report)) == command
        ]
        lines += [_annotation(command, check, report) for check in found[: _shown(len(found))]]
        if (more := len(found) - _shown(len(found))) > 0:
            lines.append(_command(command, None, "grade", f"{more} more; see the report"))
    lines.append(_command("notice", None, "grade", told.summary(report)))
    return "\n".join(lines) + "\n"


def write(report: Report, destination: Destination) -> None:
    """The annotations to where they belong, and the summary to the job's. Raises `GraderError`."""
    destination.write(render(report), commands=True)
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(markdown(report, MOST_SUMMARY))
        except OSError as error:
            raise GraderError(f"cannot write the summary to {path}: {error.strerror}") from error


def _shown(count: int) -> int:
    return count if count <= MOST else MOST - 1


def _annotation(command: str, check: CheckReport, report: Report) -> str:
    text = f"{told.sentence(check, report)} ({printable(check.id)})"
    found = told.place(check, report)
    place = (printable(found[0]), found[1]) if found else None
    return _command(command, place, printable(check.title), text)


def _command(name: str, place: tuple[str, int] | None, title: str, text: str) -> str:
    properties = [f"file={_property(place[0])}", f"line={place[1]}"] if place else []
    properties.append(f"title={_property(title)}")
    return f"::{name} {','.join(properties)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
