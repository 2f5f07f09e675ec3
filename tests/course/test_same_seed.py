"""The same seed and the same server: the same bytes, the same verdicts, and the same report but for
its times."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from tests.golden import WHOLE_TRANSCRIPTS

ROOT: Final = Path(__file__).parents[2]
SUBMISSIONS: Final = ROOT / "tests" / "submissions"
SEED: Final = 11
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
def test_two_runs_of_one_seed_differ_in_nothing_but_times(name: str, tmp_path: Path) -> None:
    first, second = (_report(name, SEED, tmp_path / f"{number}.json") for number in (1, 2))

    assert first == second


def test_another_seed_sends_other_bytes(tmp_path: Path) -> None:
    first, second = (
        _sent(_report("a right server", seed, tmp_path / f"{seed}.json"))
        for seed in (SEED, SEED + 1)
    )

    same = first & second  # what no word occurs in: /, and words of one letter
    assert len(same) < len(first) / 4


def _report(name: str, seed: int, path: Path) -> Any:  # noqa: ANN401  (JSON)
    directory, command = SERVERS[name]
    subprocess.run(
        [sys.executable, *WHOLE_TRANSCRIPTS, "--all", "--strict", "--quiet", f"--seed={seed}",
         f"--report=json:{path}", "--", *command],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )  # fmt: skip
    return _without_times(json.loads(_PLACES_AND_DATES.sub("x", path.read_text())))


def _without_times(value: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, dict):
        return {
            key: _without_times(item)
            for key, item in value.items()
            if not key.endswith(("_s", "_at"))
        }
    return [_without_times(item) for item in value] if isinstance(value, list) else value


def _sent(report: Any) -> set[str]:  # noqa: ANN401  (JSON)
    checks = [check for stage in report["stages"] for check in stage["checks"]]
    return {
        entry["bytes"]
        for check in checks
        for entry in check["transcript"]
        if entry["direction"] == "sent"
    }
