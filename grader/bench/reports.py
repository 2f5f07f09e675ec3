"""The reports of a bench: which formats there are, and what `--report FORMAT[:PATH]` means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.reporters.destination import Destination
from grader.text.escape import printable
from grader.text.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.bench.result import BenchResult


def _json(result: BenchResult) -> str:
    from grader import codec
    from grader.bench.document import document_of

    return codec.to_json(document_of(result), indent=2, shown=True) + "\n"


def _html(result: BenchResult) -> str:
    from grader.bench.html_page.page import render

    return render(result)


FORMATS: Final = {"json": _json, "html": _html}


@dataclass(frozen=True, slots=True)
class BenchReport:
    """One `--report` option."""

    format: str
    destination: Destination

    def write(self, result: BenchResult) -> None:
        """Write it whole."""
        self.destination.write(FORMATS[self.format](result))


def parse_reports(specs: Iterable[str]) -> Sequence[BenchReport]:
    """Read every `--report` of a command line, and try whether each can be written. Raises
    `UsageError`, also for two that go to the same place."""
    found = [_parsed(spec) for spec in specs]
    taken: set[Path | None] = set()
    for report in found:
        if report.destination.target in taken:
            raise UsageError(f"two reports cannot both go to {report.destination}")
        taken.add(report.destination.target)
        report.destination.prove_writable()
    return found


def _parsed(spec: str) -> BenchReport:
    name, colon, path = spec.partition(":")
    if name not in FORMATS:
        known = did_you_mean(name, FORMATS) or f"; there are: {', '.join(FORMATS)}"
        raise UsageError(f"there is no report format '{printable(name)}' of a bench{known}")
    if colon and not path:
        raise UsageError(f"--report {name}: needs a path after the colon ('-' is standard output)")
    return BenchReport(name, Destination(None if path in ("", "-") else Path(path)))
