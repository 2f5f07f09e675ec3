"""Whether a busy machine turns a right server into a failed one, and how long a hanging one can
keep the grader."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.right_servers.servers import RightServer, odd, references
from tests.trust.figures import ROOT
from tests.trust.load import busy, graded

LOOPS = 24
GRADINGS = 200
AT_ONCE = 8  # gradings beside each other, so that 200 of them take less than hours
ODD = (
    "chunked",
    "closes_late",
    "fork_per_connection",
    "one_byte_at_a_time",
    "preforked",
    "select_loop",
    "slow_start",
)
SUBMISSIONS = ROOT / "tests" / "submissions"
HANGING = {
    "sleeps, and never listens": ("bind-port", "bind-port/sleeps.py"),
    "reads until the client closes": ("ok", "ok/waits_for_the_end.py"),
    "one client at a time": ("concurrency", "concurrency/one_at_a_time.py"),
}


def measured(jobs: int) -> dict[str, Any]:
    """Right servers graded again and again under load, each time with another seed. `jobs` is
    ignored."""
    del jobs
    with busy(LOOPS), ThreadPoolExecutor(AT_ONCE) as threads:
        hanging = [_hanging(name, slug, script) for name, (slug, script) in HANGING.items()]
        results = list(threads.map(_passes, islice(cycle(_right()), GRADINGS), range(GRADINGS)))
    passes, failed = Counter(name for name, failures in results if not failures), Counter[str]()
    for name, failures in results:
        failed.update(f"{name}: {failure}" for failure in failures)
    return {
        "loops": LOOPS,
        "jobs": AT_ONCE,
        "gradings": GRADINGS,
        "graded": dict(Counter(name for name, _ in results)),
        "passes": dict(passes),
        "failed": dict(failed),
        "hanging": hanging,
    }


def _right() -> list[RightServer]:
    """Those of which everything required passes, and that need no more than the grader does."""
    chosen = [server for server in odd() if server.name.removeprefix("odd-") in ODD]
    own = [it for it in references() if not it.fails and "PYTHON" not in it.command]
    return [*own, *chosen]


def _passes(server: RightServer, seed: int) -> tuple[str, list[str]]:
    """The server's name, and what was wrong with it: nothing."""
    report = graded(("--", *server.command), seed, directory=server.directory)
    checks = [check for stage in report["stages"] for check in stage["checks"]]
    wrong = [
        f"{check['id']} {check['verdict']}: {check['reason'] or check['failure']['summary']}"
        for check in checks
        if check["verdict"] != "passed"
        and (check["level"] == "required" or check["verdict"] == "errored")
    ]
    if not checks or report["verdict"] != "passed":
        wrong = wrong or [f"verdict {report['verdict']}"]
    if wrong:
        print(f"{server.name}, seed {seed}: {wrong}", flush=True)
    return server.name, wrong


def _hanging(name: str, slug: str, script: str) -> dict[str, Any]:
    """A server that hangs has to fail, and within a time that can be told."""
    began = time.monotonic()
    report = graded(("--", "python3", script), 4, f"--stage={slug}", directory=Path(SUBMISSIONS))
    return {
        "server": name,
        "verdict": report["verdict"],
        "seconds": round(time.monotonic() - began, 1),
    }
