"""`--report class:DIR/`: the page of a class, and next to it the page of each submission, to which
its cells lead."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from grader.class_page.rows import ClassRow, row_of
from grader.errors import UsageError
from grader.jobs.places import NAME
from grader.reporters.destination import Destination
from grader.text.escape import printable
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.report.model import Report

PREFIX: Final = "class:"
_INDEX, _OF_EACH = "index.html", "submissions"


class ClassReport(Value, frozen=True):
    """Where the page of a class goes. anonymous: without names, and so without the pages of the
    submissions, which say them."""

    directory: Path
    anonymous: bool

    @property
    def index(self) -> Destination:
        """The page."""
        return Destination(self.directory / _INDEX)

    @property
    def book(self) -> Path:
        """Where the book of the class lies, if nothing else says so: not in the directory, which
        may be given to others."""
        whole = Path(os.path.abspath(self.directory))
        return whole.with_name(f"{whole.name}.sqlite")

    @property
    def of_each(self) -> tuple[str, ...]:
        """The `--report` options that write the pages of the submissions."""
        return () if self.anonymous else (f"html:{self.directory}/{_OF_EACH}/{NAME}.html",)

    def make(self) -> None:
        """Make the directory, one level of it; what is wrong is said when the page is tried."""
        with contextlib.suppress(OSError):
            self.directory.mkdir(exist_ok=True)

    def row(self, name: str, path: str, report: Report, took_s: float) -> ClassRow:
        """The row of a submission, as this page links it."""
        link = "" if self.anonymous else f"{_OF_EACH}/{quote(name)}.html"
        return row_of(name, path, link, report, took_s)

    def write(self, rows: Sequence[ClassRow], of: Report | None) -> None:
        """Write the page. of: a report of the class, which says by what it was graded. Raises
        `GraderError`."""
        from grader.class_page.masks import anonymous
        from grader.class_page.page import render

        shown = anonymous(rows) if self.anonymous else rows
        title = of.header.course_title if of else ""
        self.index.write(render(shown, title, _facts(of) if of else ()))


def split_reports(
    reports: Iterable[str], *, anonymous: bool
) -> tuple[ClassReport | None, tuple[str, ...]]:
    """The page of the class, if it is asked for, and the other `--report` options. Raises
    `UsageError`."""
    given = list(reports)
    asked = [it.removeprefix(PREFIX) for it in given if it.startswith(PREFIX)]
    others = tuple(it for it in given if not it.startswith(PREFIX))
    if len(asked) > 1:
        raise UsageError("--report class: is given twice: a class has one page")
    if not asked:
        if anonymous:
            raise UsageError("--anonymous is for the page of a class: add --report class:DIR/")
        return None, others
    (path,) = asked
    if path in ("", "-") or "\0" in path or NAME in path:
        raise UsageError("--report class: needs a directory, as in class:page/")
    if Path(path).exists() and not Path(path).is_dir():
        raise UsageError(f"--report class: needs a directory, and {printable(path)} is a file")
    report = ClassReport(Path(path), anonymous)
    return report, (*others, *report.of_each)


def _facts(report: Report) -> list[tuple[str, str]]:
    """By what the class was graded, as far as that is the same for all."""
    environment = report.header.environment
    facts = [("seed", f"{environment.seed}")]
    if environment.strict:
        facts.append(("strict", "advice counted as required"))
    if environment.policy:
        facts.append(("class policy", environment.policy))
    return [*facts, ("by", f"stage-grader {environment.grader_version}")]
