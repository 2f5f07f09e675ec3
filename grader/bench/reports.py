"""The reports of a bench: which formats there are, and what `--report FORMAT[:PATH]` means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reporters.result_reports import parse_result_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.bench.result import BenchResult
    from grader.reporters.result_reports import ResultReport


def _json(result: BenchResult) -> str:
    from grader import codec
    from grader.bench.document import document_of

    return codec.to_json(document_of(result), indent=2, shown=True) + "\n"


def _html(result: BenchResult) -> str:
    from grader.bench.html_page.page import render

    return render(result)


FORMATS: Final = {"json": _json, "html": _html}


def parse_reports(specs: Iterable[str]) -> Sequence[ResultReport[BenchResult]]:
    """As `parse_result_reports`."""
    return parse_result_reports(specs, FORMATS, " of a bench")
