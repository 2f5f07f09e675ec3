"""The reports of `grade similar`: which formats there are, and what `--report` means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reporters.result_reports import parse_result_reports

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.reporters.result_reports import ResultReport
    from grader.similarity.comparison import Comparison


def _json(result: Comparison) -> str:
    from grader import codec
    from grader.similarity.document import document_of

    return codec.to_json(document_of(result), indent=2, shown=True) + "\n"


def _html(result: Comparison) -> str:
    from grader.similarity.page import render

    return render(result)


FORMATS: Final = {"json": _json, "html": _html}


def parse_reports(specs: Iterable[str]) -> Sequence[ResultReport[Comparison]]:
    """As `parse_result_reports`."""
    return parse_result_reports(specs, FORMATS, " of pairs")
