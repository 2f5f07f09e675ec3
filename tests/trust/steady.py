"""Whether verdicts stay the same: many runs of the same servers, each with a seed of its own, idle
and under load."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from tests.trust.load import busy, graded

RUNS = 20
LOADS = (0, 8)
SERVERS = {
    "reference": ("--", sys.executable, "-m", "reference"),
    "examples/finished": ("examples/finished",),
    "examples/stuck_at_headers": ("examples/stuck_at_headers",),
}
Verdicts = frozenset[tuple[str, str]]


def measured(jobs: int) -> dict[str, Any]:
    """How many of the runs are alike: the most common set of verdicts. `jobs` is ignored: one run
    after the other."""
    del jobs
    rows = []
    for loops in LOADS:
        with busy(loops):
            for name, command in SERVERS.items():
                outcomes = Counter(_verdicts(graded(command, seed)) for seed in range(RUNS))
                rows.append(_row(name, loops, outcomes))
                print(rows[-1], flush=True)
    return {"servers": rows}


def _verdicts(report: dict[str, Any]) -> Verdicts:
    checks = (check for stage in report["stages"] for check in stage["checks"])
    return frozenset((check["id"], check["verdict"]) for check in checks)


def _row(name: str, loops: int, outcomes: Counter[Verdicts]) -> dict[str, Any]:
    (usual, alike), *others = outcomes.most_common()
    odd = sorted({f"{check} {verdict}" for other, _ in others for check, verdict in other - usual})
    return {
        "server": name,
        "loops": loops,
        "runs": sum(outcomes.values()),
        "alike": alike,
        "differing": odd,
    }
