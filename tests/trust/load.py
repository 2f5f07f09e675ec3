"""Makes a machine busy, and grades servers on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many processes that compute for nothing; each ends with this one."""
    program = "import os\nwhile os.getppid() == int(os.environ['PARENT']): pass"
    environment = {**os.environ, "PARENT": str(os.getpid())}
    running = [
        subprocess.Popen([sys.executable, "-c", program], env=environment) for _ in range(loops)
    ]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def graded(
    command: Sequence[str], seed: int, *options: str, directory: Path = ROOT
) -> dict[str, Any]:
    """The JSON report of one run of `grade` over the whole base track, advice included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        grade = [
            sys.executable,
            "-m",
            "grader",
            "--all",
            "--quiet",
            "--seed",
            str(seed),
            "--report",
            f"json:{path}",
        ]
        subprocess.run(
            [*grade, *options, *command],
            cwd=directory,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        report: dict[str, Any] = json.loads(path.read_text())
    return report
