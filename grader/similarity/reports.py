"""The reports of `grade similar`: which formats there are, and what `--report` means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.reporters.destination import parse_destination, require_different

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.reporters.destination import Destination
    from grader.similarity.comparison import Comparison


def _json(result: Comparison) -> str:
    from grader import codec
    from grader.similarity.document import document_of

    return codec.to_json(document_of(result), indent=2, shown=True) + "\n"


def _html(result: Comparison) -> str:
    from grader.similarity.page import render

    return render(result)


FORMATS: Final = {"json": _json, "html": _html}


@dataclass(frozen=True, slots=True)
class SimilarityReport:
    """One `--report` option."""

    format: str
    destination: Destination

    def write(self, result: Comparison) -> None:
        """Write it whole."""
        self.destination.write(FORMATS[self.format](result))


def parse_reports(specs: Iterable[str]) -> Sequence[SimilarityReport]:
    """Read every `--report` of a command line, and try whether each can be written. Raises
    `UsageError`, also for two that go to the same place."""
    found = [SimilarityReport(*parse_destination(spec, FORMATS, " of pairs")) for spec in specs]
    require_different(report.destination for report in found)
    for report in found:
        report.destination.prove_writable()
    return found
