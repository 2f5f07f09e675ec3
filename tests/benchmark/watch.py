"""How soon a watch has its first verdict after a save, as a ratio to what the server needs to start
at all.

    python tests/benchmark/watch.py [RUNS]

Counted is from the end of the debounce, which is when the watch says that it is checking. Both are
measured in the same minute and in turn, on the example server, so that a busy machine slows both.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect

EXAMPLE = Path(__file__).parents[2] / "examples" / "finished" / "server.py"
PORT = 4221


def main() -> None:
    """Measure, and print the medians."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory(prefix="watch-") as name:
        server = Path(shutil.copy(EXAMPLE, name))
        measured = measure(server, runs)
    verdict, start = (statistics.median(column) for column in zip(*measured, strict=True))
    ratio = statistics.median(one / other for one, other in measured)
    print(f"first verdict after a save, {runs} runs (medians)")
    print(
        f"  first verdict     {verdict * 1000:6.0f} ms  (fastest"
        f" {min(one for one, _ in measured) * 1000:.0f})"
    )
    print(f"  one bare start-up {start * 1000:6.0f} ms")
    print(f"  first verdict = {ratio:.2f} x a bare start-up")


def measure(server: Path, runs: int) -> list[tuple[float, float]]:
    """Seconds: until the first verdict, and of a bare start-up, for each save."""
    words = [
        "-P",
        "-m",
        "grader",
        "watch",
        str(server),
        "--stage",
        "ok",
        "--python",
        sys.executable,
        "--no-color",
    ]
    environment = {**os.environ, "CI": "", "PYTHONPATH": str(EXAMPLE.parents[2])}
    watch = pexpect.spawn(
        sys.executable, words, encoding="utf-8", timeout=60, env=environment, dimensions=(50, 100)
    )
    found = []
    for _ in range(runs):
        watch.expect_exact("q quit")
        start = bare_start(server)
        server.touch()
        watch.expect_exact("changed: checking")
        began = time.perf_counter()
        watch.expect(" ok {5}")
        found.append((time.perf_counter() - began, start))
    watch.send("q")
    watch.expect(pexpect.EOF)
    watch.close()
    return found


def bare_start(server: Path) -> float:
    """Seconds from spawning the server until it accepts a connection; meanwhile the watch has time
    to prepare."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, str(server)], stdout=subprocess.DEVNULL) as process:
        while True:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", PORT)) == 0:
                    break
        elapsed = time.perf_counter() - began
        # until the next worker is prepared: nobody saves twice within a second of a verdict
        time.sleep(1)
        process.kill()
    return elapsed


if __name__ == "__main__":
    main()
