"""Reports of an earlier run, moved aside before anything starts, so that none passes for a new
one."""

from __future__ import annotations

import itertools
import os
from datetime import datetime
from typing import TYPE_CHECKING, Final

from grader.errors import UsageError
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EARLIER: Final = "earlier"
"""The folder beside the reports in which they come to lie, in one for each day."""


def move_aside(reports: Iterable[Path]) -> list[Path]:
    """Move those of these files that are there to `earlier/DAY/` beside them, by the day on which
    they were written; the folders that they are in now. Nothing is overwritten. Raises
    `UsageError`."""
    folders: dict[Path, None] = {}
    for report in reports:
        try:
            if not report.is_file():
                continue
            written = datetime.fromtimestamp(report.stat().st_mtime).astimezone()
            folder = report.parent / EARLIER / written.date().isoformat()
            folder.mkdir(parents=True, exist_ok=True)
            os.rename(report, _free(folder, report.name))
        except OSError as error:
            why = error.strerror or error
            raise UsageError(
                f"cannot move the earlier report {printable(str(report))} aside: {why}"
            ) from error
        folders[folder] = None
    return [*folders]


def _free(folder: Path, name: str) -> Path:
    """A name in this folder that is not taken: `ada.json`, `ada-2.json`."""
    stem, dot, ending = name.partition(".")
    numbered = (f"{stem}-{count}{dot}{ending}" for count in itertools.count(2))
    places = (folder / it for it in itertools.chain([name], numbered))
    return next(place for place in places if not os.path.lexists(place))
