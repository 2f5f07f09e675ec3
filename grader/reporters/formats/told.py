"""What a format that has room for one text says of a check, and of the place where it failed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from grader.report.model import CheckReport, Report, Verdict
from grader.reporters.closing import headline
from grader.reporters.failure_block import failure_text
from grader.reporters.progress import outcome, worth_fixing
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.report.model import StageReport

_LINE_END: Final = "\n"
LONGEST: Final = 16_000
"""Characters of one check's text: no format needs more, and some have a limit for the whole."""


def summary(report: Report) -> str:
    """What the run came to, in one line."""
    return printable(headline(report))


def is_strict(report: Report) -> bool:
    return report.header.environment.strict


def mark(check: CheckReport, report: Report) -> str:
    """ "passed", "failed", "skipped", "errored", or "note": advice that failed and does not
    count."""
    return outcome(check, strict=is_strict(report))


def sentence(check: CheckReport, report: Report) -> str:
    """One line: what was seen, or why the check was not judged; empty where it passed."""
    if mark(check, report) == "note":
        return printable(worth_fixing(check))
    if check.failure is not None and check.verdict is Verdict.FAILED:
        return printable(check.failure.summary)
    return printable(check.reason or "")


def explanation(check: CheckReport, report: Report, longest: int = LONGEST) -> str:
    """What is required and, below it, what the terminal shows of the failure; empty where it
    passed."""
    if check.verdict is Verdict.PASSED:
        return ""
    if check.hidden:
        return shortened(required(check), longest)
    below = failure_text(check) if check.failure is not None else sentence(check, report)
    return shortened(f"{required(check)}\n\n{printable(below, keep=_LINE_END)}", longest)


def required(check: CheckReport) -> str:
    """What the check decides, and where that is written, in one line."""
    return printable(f"{check.requirement} ({check.cite})" if check.cite else check.requirement)


def place(check: CheckReport, report: Report) -> tuple[str, int] | None:
    """Where the submission failed: a file, as it is called from the directory in which grade runs,
    and a line. A report has it as the submission calls it, which may lie further down."""
    failure = check.failure
    if failure is None or not failure.file or not failure.line:
        return None
    named = report.header.submission_path
    if not os.path.exists(named):  # a command, which runs in that directory
        return failure.file, failure.line
    above = named if os.path.isdir(named) else os.path.dirname(named)
    return os.path.normpath(os.path.join(os.path.relpath(above or "."), failure.file)), failure.line


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning with a note that the rest was left out."""
    note = "\n[the rest is left out]"
    return text if len(text) <= longest else text[: longest - len(note)] + note


def checks(report: Report) -> Iterator[tuple[StageReport, CheckReport]]:
    """All checks, each with its stage, in order."""
    for stage in report.stages:
        for check in stage.checks:
            yield stage, check
