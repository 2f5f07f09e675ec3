"""Whether verdicts stay the same: many runs of the same servers, on an idle machine and on a busy one.

    python tests/benchmark/steady.py [RUNS] [BUSY_LOOPS ...]      (default: 20 runs, with 0 and with 8 busy loops)

Every run has a seed of its own. Prints a row for each server and load, and fails if any two runs differ.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SERVERS = {
    "reference": ["--", sys.executable, "-m", "reference"],
    "examples/finished": ["examples/finished"],
    "examples/stuck_at_headers": ["examples/stuck_at_headers"],
}


def main(arguments: Sequence[str]) -> int:
    """Run, print, and return 1 if verdicts differed."""
    runs = int(arguments[0]) if arguments else 20
    steady = True
    for loops in [int(loops) for loops in arguments[1:]] or [0, 8]:
        with busy(loops):
            for name, command in SERVERS.items():
                began = time.monotonic()
                outcomes = Counter(verdicts(command, seed) for seed in range(runs))
                steady &= len(outcomes) == 1
                each = (time.monotonic() - began) / runs
                print(f"{loops} busy loops, {name}: {describe(outcomes)}; {each:.1f} s a run", flush=True)
    return 0 if steady else 1


@contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many processes that compute for nothing; each ends with this one."""
    program = "import os\nwhile os.getppid() == int(os.environ['PARENT']): pass"
    environment = {**os.environ, "PARENT": str(os.getpid())}
    running = [subprocess.Popen([sys.executable, "-c", program], env=environment) for _ in range(loops)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


def verdicts(command: Sequence[str], seed: int) -> str:
    """The exit code and every check's verdict, as one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.json")
        grade = [sys.executable, "-m", "grader", "--all", "--seed", str(seed), "--report", f"json:{path}", *command]
        code = subprocess.run(grade, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode
        report = json.loads(path.read_text())
    checks = {check["id"]: check["verdict"] for stage in report["stages"] for check in stage["checks"]}
    return json.dumps([code, checks], sort_keys=True)


def describe(outcomes: Counter[str]) -> str:
    """ "20 alike", or what differs and how often."""
    (common, count), *others = outcomes.most_common()
    if not others:
        code, checks = json.loads(common)
        return f"{count} of {count} runs alike (exit {code}, {Counter(checks.values())['passed']} checks passed)"
    usual = json.loads(common)[1]
    odd = Counter(
        f"{check} {verdict}"
        for other, times in others
        for check, verdict in json.loads(other)[1].items()
        if usual.get(check) != verdict
        for _ in range(times)
    )
    return f"NOT alike: {dict(odd)}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
