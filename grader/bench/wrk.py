"""Reads what wrk prints. Pure.

wrk -c CONNECTIONS -t THREADS -d SECONDSs --latency URL: https://github.com/wg/wrk
"""

from __future__ import annotations

import re
from typing import Final

from grader.bench.figures import PERCENTILES, Latencies, LoadFigures, UnreadOutput

_UNITS: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_DONE: Final = re.compile(r"^ +(\d+) requests in ([\d.]+)(us|ms|s|m|h),", re.MULTILINE)
_PERCENTILE: Final = re.compile(r"^ +(\d+)% +([\d.]+)(us|ms|s|m|h) *$", re.MULTILINE)
_ERRORS: Final = re.compile(
    r"^ +Socket errors: connect (\d+), read (\d+), write (\d+)", re.MULTILINE
)
_REFUSED: Final = re.compile(r"^ +Non-2xx or 3xx responses: (\d+)$", re.MULTILINE)


def read(printed: str) -> LoadFigures:
    """The figures of one run. What took longer than wrk's own time limit counts as an answer.
    Raises `UnreadOutput`."""
    done = _DONE.search(printed)
    if done is None:
        raise UnreadOutput("no line with the number of requests")
    errors, refused = _ERRORS.search(printed), _REFUSED.search(printed)
    answers = int(done[1])
    return LoadFigures(
        float(done[2]) * _UNITS[done[3]],
        answers,
        int(refused[1]) if refused else 0,
        sum(map(int, errors.groups())) if errors else 0,
        _latencies(printed) if answers else None,
    )


def _latencies(printed: str) -> Latencies:
    found = {
        int(percent): float(number) * _UNITS[unit]
        for percent, number, unit in _PERCENTILE.findall(printed)
    }
    if not found.keys() >= set(PERCENTILES):
        raise UnreadOutput("no latency distribution")
    return Latencies(*(found[percent] for percent in PERCENTILES))
