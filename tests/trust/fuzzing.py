"""Whether fuzzing finds a difference where there is none: every right server against the
reference."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from tests.right_servers.servers import RightServer, frameworks, odd, references
from tests.trust import figures
from tests.trust.figures import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

PYTHON = os.environ.get("RIGHT_SERVERS_PYTHON", sys.executable)
SECONDS = {"reference": 60, "framework": 60, "odd": int(os.environ.get("ODD_SECONDS", "60"))}
SEED = 7
CLOSING = re.compile(
    r"^(NOTHING FOUND|FOUND a difference): (\d+) conversations?, (\d+) requests? in ([\d.]+) s",
    re.MULTILINE,
)


def measured(jobs: int, only: Sequence[str] = ()) -> dict[str, Any]:
    """Each right server fuzzed within the stages that it passes, `jobs` at a time. only: these
    servers; the others keep their figures."""
    servers = [*references(), *frameworks(), *odd()]
    chosen = [server for server in servers if not only or server.name in only]
    with ThreadPoolExecutor(jobs) as threads:
        rows = {row["server"]: row for row in threads.map(_fuzzed, chosen)}
    if not only:
        return {"servers": list(rows.values())}
    before = figures.load("fuzz") or {"servers": ()}
    kept = [rows.get(row["server"], row) for row in before["servers"]]
    return {"minutes": before.get("minutes"), "servers": kept}


def _fuzzed(server: RightServer) -> dict[str, Any]:
    if server.build:
        subprocess.run(server.build, cwd=server.directory, check=True)
    seconds = SECONDS[server.name.partition("-")[0]]
    command = [PYTHON if word == "PYTHON" else word for word in server.command]
    selected = [f"--stage={slug}" for slug in server.passes]
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "grader",
            "fuzz",
            f"--seconds={seconds}",
            f"--seed={SEED}",
            *selected,
            "--",
            *command,
        ],
        cwd=server.directory,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    closing = CLOSING.search(ended.stdout)
    if closing is None:
        print(f"{server.name}: {ended.stdout[-2000:]}{ended.stderr[-2000:]}", flush=True)
        return {
            "server": server.name,
            "examples": 0,
            "requests": 0,
            "seconds": 0.0,
            "differences": 1,
        }
    if ended.returncode:
        print(f"{server.name}: {ended.stdout}", flush=True)
    return {
        "server": server.name,
        "examples": int(closing[2]),
        "requests": int(closing[3]),
        "seconds": float(closing[4]),
        "differences": int(closing[1] != "NOTHING FOUND"),
    }
