"""GitLab's code quality report: failures that have a line, beside the changes of a merge request.

Source: docs.gitlab.com, "Code Quality", "Code Quality report format": a list of objects with
description, check_name, fingerprint, severity and location; a path that begins with `./` is not
found.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from grader import codec
from grader.reporters.formats import told

if TYPE_CHECKING:
    from grader.report.model import CheckReport, Report

_SEVERITY: Final = {"failed": "major", "note": "minor"}


def render(report: Report) -> str:
    """The failures with a file and a line; an empty list where there are none."""
    found = [
        _entry(check, report)
        for _, check in told.checks(report)
        if told.mark(check, report) in _SEVERITY and told.place(check, report)
    ]
    return codec.to_json(found, indent=2, shown=True) + "\n"


def _entry(check: CheckReport, report: Report) -> dict[str, Any]:
    place = told.place(check, report)
    assert place is not None
    file, line = place
    return {
        "description": f"{check.title}: {told.sentence(check, report)}",
        "check_name": check.id,
        # the same from run to run, whatever the inputs were; a moved line is another problem
        "fingerprint": hashlib.sha256(f"{check.id}\0{file}\0{line}".encode()).hexdigest(),
        "severity": _SEVERITY[told.mark(check, report)],
        "location": {"path": file, "lines": {"begin": line}},
    }
