"""How long the page of a class takes to open in Chromium.

    python -m tests.benchmark.class_page [SUBMISSIONS] [--stages N] [--rounds N]

Opened from a file, 1280 pixels wide, with its script run. By the clock: from the start of the
navigation to the end of `load` (`PerformanceNavigationTiming.loadEventEnd`), which other programs
on the machine make longer; and in processor time of the page's main thread, which they change less
(`Performance.getMetrics` in the time domain `threadTicks`). Shown are the shortest and the median.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from grader.class_page.page import render
from grader.class_page.rows import row_of
from tests.browser.chromium import browser, installed
from tests.unit.class_page.classes import check, plausible

if TYPE_CHECKING:
    from tests.browser.chromium import Browser

_LOADED = "return performance.getEntriesByType('navigation')[0].loadEventEnd / 1000"
_CHECKS = 10  # of each stage, as in the course


def main() -> None:
    """Make a page, open it several times, and say how long that took."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.class_page")
    parser.add_argument("submissions", nargs="?", type=int, default=1000)
    parser.add_argument("--stages", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=7)
    asked = parser.parse_args()
    if (found := installed()) is None:
        raise SystemExit("no Chromium with its driver")
    with tempfile.TemporaryDirectory() as place:
        page = Path(place, "index.html")
        page.write_text(_page(asked.submissions, asked.stages), encoding="utf-8")
        with browser(*found, Path(place, "profile")) as chromium:
            times = [_opened(chromium, page) for _ in range(asked.rounds)]
        size = page.stat().st_size / 1e6
    print(f"{asked.submissions} submissions, {asked.stages} stages: {size:.1f} MB;", end=" ")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for what, of_it in zip(
        ("by the clock", "processor time"), zip(*times, strict=True), strict=True
    ):
        print(f"{what}: {min(of_it):.2f} s at least, {median(of_it):.2f} s median")


def _page(submissions: int, stages: int) -> str:
    random = Random(5)
    outline = [[check(f"stage-{n}/check_{m}") for m in range(_CHECKS)] for n in range(stages)]
    rows = [
        row_of(f"learner-{n}", f"class/learner-{n}", f"submissions/learner-{n}.html",
               plausible(random, outline, random.betavariate(5, 2)))
        for n in range(submissions)
    ]  # fmt: skip
    return render(rows, "Build your own HTTP server")


def _opened(chromium: Browser, page: Path) -> tuple[float, float]:
    """By the clock, and in processor time, in seconds."""
    driver = chromium.driver
    driver.get("about:blank")
    driver.execute_cdp_cmd("Performance.disable", {})
    driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    chromium.open(page, width=1280)
    loaded = chromium.run(_LOADED)
    metrics = driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(loaded), next(it["value"] for it in metrics if it["name"] == "TaskDuration")


if __name__ == "__main__":
    main()
