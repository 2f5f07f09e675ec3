"""The same seed and the same server: the same bytes, the same verdicts, and the same report but for
its times."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.course.test_submissions import SEED, SUBMISSIONS
from tests.golden import ROOT, Grading, Gradings

if TYPE_CHECKING:
    from pathlib import Path

# Where a run keeps its files is another place each time, and so is when the server made its answer.
# How often a server that hangs is started again, each time with a directory of its own, is up to
# the moment.
_PLACES_AND_DATES: Final = re.compile(r"grade-\w+(/shared-\d+)?|Date: \w{3}, [\w :]+ GMT")

SERVERS: Final = {
    "the reference": (ROOT, (sys.executable, "-m", "reference")),
    "a right server": (SUBMISSIONS, ("python3", "right_server.py")),
    "wrong in one stage": (SUBMISSIONS, ("python3", "files/no_guard.py")),
    "hangs": (SUBMISSIONS, ("python3", "concurrency/one_at_a_time.py")),
}


@pytest.mark.parametrize("name", SERVERS)
def test_two_runs_of_one_seed_differ_in_nothing_but_times(
    name: str, gradings: Gradings, tmp_path: Path
) -> None:
    """Other tests look at the first one, too: the second is a grading of its own."""
    first, second = (
        of.whole(*SERVERS[name], "http", seed=SEED + 1)
        for of in (gradings, Gradings(tmp_path / "again"))
    )

    assert _same_each_time(first) == _same_each_time(second)


def test_another_seed_sends_other_bytes(gradings: Gradings) -> None:
    first, second = (
        _sent(gradings.whole(*SERVERS["a right server"], "http", seed=seed))
        for seed in (SEED, SEED + 1)
    )

    same = first & second  # what no word occurs in: /, and words of one letter
    assert len(same) < len(first) / 4


def _same_each_time(grading: Grading) -> Any:  # noqa: ANN401  (JSON)
    written = json.dumps(grading.report, ensure_ascii=False)
    return _without_times(json.loads(_PLACES_AND_DATES.sub("x", written)))


def _without_times(value: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, dict):
        return {
            key: _without_times(item)
            for key, item in value.items()
            if not key.endswith(("_s", "_at"))
        }
    return [_without_times(item) for item in value] if isinstance(value, list) else value


def _sent(grading: Grading) -> set[str]:
    checks = [check for stage in grading.report["stages"] for check in stage["checks"]]
    return {
        entry["bytes"]
        for check in checks
        for entry in check["transcript"]
        if entry["direction"] == "sent"
    }
