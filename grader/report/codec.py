"""The report as JSON, and back: what is read back says the same to every reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader import codec
from grader.report.as_document import document_of
from grader.report.as_report import report_of
from grader.report.document import ReportDocument

if TYPE_CHECKING:
    from grader.report.model import Report


def to_json(report: Report) -> str:
    """The report as JSON text: ASCII only, for any pipe, with a final line break."""
    return codec.to_json(document_of(report), indent=2, shown=True) + "\n"


def from_json(text: str | bytes) -> Report:
    """The report in a text that `to_json` has written, of this grader or of a later one with the
    same version of the format: what is not known is ignored. Raises `BrokenJson`.

    Of a check that passed, it has the beginning of the transcript alone.
    """
    return report_of(codec.from_json(text, ReportDocument))
