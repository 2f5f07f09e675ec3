"""The reports of a bench: which formats there are, and what `--report FORMAT[:PATH]` means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.reporters.destination import parse_destination, require_different

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.bench.result import BenchResult
    from grader.reporters.destination import Destination


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
    found = [BenchReport(*parse_destination(spec, FORMATS, " of a bench")) for spec in specs]
    require_different(report.destination for report in found)
    for report in found:
        report.destination.prove_writable()
    return found
