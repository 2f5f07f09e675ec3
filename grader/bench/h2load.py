"""Reads what h2load prints, and the log that it writes of each answer. Pure.

h2load --h1 -c CONNECTIONS -D SECONDS --log-file=FILE URL: h2load(1). Its summary has no
percentiles; a line of the log has the start of a request, its status and how long it took, both
times in microseconds, separated by tabs. The status is -1 where no answer came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.bench.figures import LoadFigures, UnreadOutput, latencies_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FINISHED: Final = re.compile(r"^finished in ([\d.]+)(us|ms|s|m|h),", re.MULTILINE)
_REQUESTS: Final = re.compile(
    r"^requests: .*?(\d+) failed, (\d+) errored, (\d+) timeout$", re.MULTILINE
)
_UNITS: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_LINE: Final = re.compile(r"\d+\t(-?\d+)\t(\d+)")


def read(printed: str, log: str) -> LoadFigures:
    """The figures of one run. Raises `UnreadOutput`."""
    finished, requests = _FINISHED.search(printed), _REQUESTS.search(printed)
    if finished is None or requests is None:
        raise UnreadOutput("no summary of the requests")
    answers = list(_answers(log))
    refused = sum(status >= 400 for status, _ in answers)
    failed = int(requests[1])  # which an error of the connection is, and a status of 400 or more
    return LoadFigures(
        float(finished[1]) * _UNITS[finished[2]],
        len(answers),
        refused,
        max(failed - refused, 0),
        latencies_of([seconds for _, seconds in answers]),
    )


def _answers(log: str) -> Iterator[tuple[int, float]]:
    """Status and seconds of each answer; the last line may be cut off."""
    for line in log.splitlines():
        found = _LINE.fullmatch(line)
        if found and int(found[1]) > 0:
            yield int(found[1]), int(found[2]) / 1e6
