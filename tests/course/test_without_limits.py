"""Servers without a limit for bodies, which answer nothing to five requests: how often each is
waited for in vain, counted in budgets and not by a clock."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Final

import pytest

from tests import forked
from tests.golden import ROOT

SUBMISSIONS: Final = ROOT / "tests" / "submissions"
SLEEPS: Final = SUBMISSIONS / "limits" / "no_limit_for_bodies.py"
TICKS: Final = Path(__file__).parent / "programs" / "no_limit_and_ticks.py"
SCALE: Final = 0.2
ANSWER_S: Final = 5 * SCALE
FAILED: Final = {
    "announced_body", "length_overflows", "nothing_is_smuggled", "others_are_served",
    "announced_chunk", "growing_body",
}  # fmt: skip


@pytest.mark.variant
@pytest.mark.parametrize(("program", "most"), [(SLEEPS, 0), (TICKS, 5)], ids=["sleeps", "ticks"])
def test_each_silence_is_waited_for_once(program: Path, most: int, tmp_path: Path) -> None:
    """And not at all where it is known to be one."""
    report, in_vain = tmp_path / "report.json", tmp_path / "in_vain.json"
    ended = forked.run(
        ["--quiet", "--seed=4", "--stage=limits", f"--timeout-scale={SCALE}",
         f"--report=json:{report}", f"--python={sys.executable}", "--", "python3", program],
        cwd=SUBMISSIONS,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": "/tmp", "IN_VAIN": str(in_vain)},
        timeout=600,
        module="tests.course.waits_in_vain",
    )  # fmt: skip
    assert not ended.err, ended.err.decode()
    checks = json.loads(report.read_text())["stages"][0]["checks"]
    failed = {check["id"] for check in checks if check["verdict"] == "failed"}
    assert failed == {f"limits/{name}" for name in FAILED}
    long = [budget for budget in json.loads(in_vain.read_text()) if budget > ANSWER_S / 2]
    assert len(long) == most
