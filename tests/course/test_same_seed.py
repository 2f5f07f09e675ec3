"""The same seed and the same server: the same bytes, the same verdicts, and the same report but for
its times."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.course.test_submissions import BROKEN, SEED, SUBMISSIONS
from tests.golden import ROOT, Grading, Gradings

if TYPE_CHECKING:
    from pathlib import Path

# Where a run keeps its files is another place each time, and so is when the server made its answer.
# How often a server that hangs is started again, each time with a directory of its own, is up to
# the moment.
_PLACES_AND_DATES: Final = re.compile(r"grade-\w+(/shared-\d+)?|Date: \w{3}, [\w :]+ GMT")

REFERENCE: Final = (ROOT, (sys.executable, "-m", "reference"))
RIGHT: Final = (SUBMISSIONS, ("python3", "right_server.py"))
WRONG: Final = {
    "wrong": "files/no_guard",
    "hangs": "concurrency/one_at_a_time",
    "ends": "ok/handler_raises",
}


def test_two_runs_of_one_seed_differ_in_nothing_but_times(
    gradings: Gradings, tmp_path: Path
) -> None:
    """Other tests look at the first one, too: the second is a grading of its own."""
    first, second = (
        of.whole(*REFERENCE, "http", seed=SEED + 1) for of in _twice(gradings, tmp_path)
    )

    assert _same_each_time(first) == _same_each_time(second)


@pytest.mark.variant
@pytest.mark.parametrize("name", WRONG)
def test_of_a_wrong_server_they_do_not_either(
    name: str, gradings: Gradings, tmp_path: Path
) -> None:
    """By its stage alone: its other stages are those of a right one."""
    broken = next(broken for broken in BROKEN if broken.name == WRONG[name])
    first, second = (broken.graded(of) for of in _twice(gradings, tmp_path))

    assert first.checks("failed")
    assert _same_each_time(first) == _same_each_time(second)


def _twice(gradings: Gradings, place: Path) -> tuple[Gradings, Gradings]:
    return gradings, Gradings(place / "again")


@pytest.mark.variant
def test_another_seed_sends_other_bytes(gradings: Gradings) -> None:
    first, second = (_sent(gradings.whole(*RIGHT, "http", seed=seed)) for seed in (SEED, SEED + 1))

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
