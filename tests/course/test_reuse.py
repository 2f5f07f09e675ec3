"""One running server for many checks changes no verdict: every submission is graded as when each
check has its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.slow

ROOT: Final = Path(__file__).parents[2]
SUBMISSIONS: Final = ROOT / "tests" / "submissions"
SCRIPTS: Final = sorted(str(path.relative_to(SUBMISSIONS)) for path in SUBMISSIONS.rglob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_reuse_changes_no_verdict(script: str, tmp_path: Path) -> None:
    assert _verdicts(script, tmp_path / "reused.json") == _verdicts(
        script, tmp_path / "fresh.json", "--fresh"
    )


def _verdicts(script: str, report: Path, *options: str) -> dict[str, str]:
    command = [
        sys.executable,
        "-m",
        "grader",
        "--all",
        "--strict",
        "--quiet",
        "--seed=4",
        f"--report=json:{report}",
    ]
    subprocess.run(
        [*command, *options, f"--python={sys.executable}", "--", "python3", script],
        cwd=SUBMISSIONS,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    stages = json.loads(report.read_text())["stages"]
    return {check["id"]: check["verdict"] for stage in stages for check in stage["checks"]}
