"""Where the reports of a class go: one `--report` option becomes one destination for each
submission."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import GraderError, UsageError
from grader.reporters import REPORTERS, ReportSpec, parse_spec, parse_specs
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.jobs.results import ClassResult
    from grader.report.model import RunStarted
    from grader.reporters.destination import Destination

NAME = "{name}"


def report_places(options: Sequence[str], names: Sequence[str]) -> list[tuple[ReportSpec, ...]]:
    """For each name its reports, one for each option; `{name}` stands for the name in a path, and
    in a directory the files are called by it. UsageError for a path that would be the same for all,
    or that two reports would share."""
    patterns = [_pattern(option) for option in options]
    parsed = parse_specs(pattern.replace(NAME, name) for name in names for pattern in patterns)
    return [
        parsed[start : start + len(patterns)] for start in range(0, len(parsed), len(patterns) or 1)
    ] or [() for _ in names]


def prove_writable(
    places: Sequence[tuple[ReportSpec, ...]], summaries: Sequence[Destination]
) -> None:
    """Make the directories that are missing (one level of them), and raise UsageError if a file
    cannot be written."""
    destinations = [spec.destination for specs in places for spec in specs]
    targets = {it.target for it in destinations}
    for summary in summaries:
        if summary.target in targets:
            raise UsageError(f"a report and the summary cannot both go to {summary}")
    if len({it.target for it in summaries}) < len(summaries):
        raise UsageError(f"two summaries cannot both go to {summaries[0]}")
    destinations += summaries
    for destination in destinations:
        if destination.path is not None:
            with contextlib.suppress(OSError):  # what is wrong is said by the next line
                destination.path.parent.mkdir(exist_ok=True)
        destination.prove_writable()


def deliver(spec: ReportSpec, written: Path, started: RunStarted, found: ClassResult) -> None:
    """Let the report that a grading has written appear in its place. Where there is none, it is
    written here: one that says errored, with the reason, so that no older report passes for this
    one. Raises GraderError."""
    if written.is_file():
        spec.destination.take(written)
        return
    reporter = REPORTERS[spec.format].factory(spec.destination)
    reporter.handle(started)
    reporter.close(GraderError(found.reason or "its grading wrote no report"))


def _pattern(option: str) -> str:
    """The option with `{name}` in its path."""
    spec = parse_spec(option)
    path = option.partition(":")[2]
    if NAME in path:
        return option
    name = f"{NAME}.{REPORTERS[spec.format].extension}"
    if path.endswith("/") or (spec.destination.path and Path(path).is_dir()):
        return f"{spec.format}:{path.rstrip('/')}/{name}"
    example = f"{spec.format}:reports/{name}"
    raise UsageError(
        f"--report {printable(option)}: with several submissions the path is a directory or has"
        f" {NAME} in it, as in {example}"
    )
