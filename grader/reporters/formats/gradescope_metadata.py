"""What Gradescope says of a submission: when it came, and when it was due.

Source: gradescope-autograders.readthedocs.io, "Submission Metadata" (submission_metadata.json
beside the directory of the results) and "Controlling Test Case Visibility". The format may change
there, so what is missing or has another form is as if it were not said.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from grader.errors import UsageError
from grader.value import Value

if TYPE_CHECKING:
    from pathlib import Path

_FILE: Final = "submission_metadata.json"
_RESULTS: Final = ("results", "results.json")  # where Gradescope reads them, below /autograder
VARIABLE: Final = "GRADESCOPE_VISIBILITY"
VISIBILITIES: Final = ("visible", "after_due_date", "after_published", "hidden")
_WITHOUT_A_DATE: Final = "after_published"
_MOST_BYTES: Final = 64 << 20  # it has the results of all earlier submissions in it


class Metadata(Value, frozen=True):
    """created, due: with their time zones, or None where they are not known. visibility: of the
    tests, as it was asked for."""

    created: datetime | None = None
    due: datetime | None = None
    visibility: str = "visible"

    @property
    def shown(self) -> str:
        """The visibility that the tests get. A due date that does not exist never comes: then
        learners see them when the grades are published."""
        if self.visibility == "after_due_date" and self.due is None:
            return _WITHOUT_A_DATE
        return self.visibility

    @property
    def late(self) -> timedelta | None:
        """How much too late the submission came; None when it did not."""
        if self.created is None or self.due is None or self.created <= self.due:
            return None
        return self.created - self.due

    def sentence(self) -> str:
        """What is said of the due date; empty for a submission in time."""
        if (late := self.late) is None or self.due is None:
            return ""
        when = self.due.isoformat(" ", "minutes")
        return (
            f"Submitted {_spoken(late)} after the due date ({when}). The score is without any"
            " deduction."
        )

    def extra(self) -> dict[str, Any]:
        """The same for programs: seconds, and RFC 3339."""
        found = {"due_date": self.due.isoformat() if self.due else None}
        return found | {"late_seconds": round(self.late.total_seconds()) if self.late else 0}


def beside(results: Path | None) -> Path | None:
    """The file that belongs to these results, where they are written to where Gradescope reads
    them."""
    if results is None or results.parts[-2:] != _RESULTS:
        return None
    return results.parent.parent / _FILE


def read(path: Path | None, visibility: str | None = None) -> Metadata:
    """Of the file at `path`, which need not be there. visibility: as it was asked for, or None.
    Raises `UsageError` for one that Gradescope does not know."""
    asked = visibility or VISIBILITIES[0]
    if asked not in VISIBILITIES:
        raise UsageError(f"{VARIABLE} must be one of {', '.join(VISIBILITIES)}, not {asked!r}")
    document = None
    try:
        if path is not None and path.stat().st_size <= _MOST_BYTES:
            document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        pass
    assignment = _part(document, "assignment")
    return Metadata(_time(document, "created_at"), _time(assignment, "due_date"), asked)


def _part(document: object, name: str) -> object:
    return document.get(name) if isinstance(document, dict) else None


def _time(document: object, name: str) -> datetime | None:
    text = _part(document, name)
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None


def _spoken(late: timedelta) -> str:
    """Days, hours and minutes, the two largest that there are."""
    minutes = max(1, round(late.total_seconds() / 60))
    parts = [
        (minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"),
    ]  # fmt: skip
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(said[:2])
