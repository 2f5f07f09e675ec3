"""How fast the grader is, aim by aim.

    python -m tests.benchmark speed [NAME...] [--rounds N] [--before DIR] [--most N]

Each aim is a ratio of what is measured in turn in the same minute, so that a busy machine slows
both, or a limit; figures are medians of the rounds, and those over their limit are marked. For
root, all of it has a network of its own, so that nobody else has the port of a bare server. The
other benchmarks are commands of their own: launches, containment, throughput.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import tempfile
from pathlib import Path

from grader.isolation.namespaces import loopback_up
from grader.isolation.syscalls import NEWNET, unshare
from tests.benchmark.counter import ROOT, counted_by
from tests.benchmark.speed import AIMS, Asked


def main() -> None:
    """Measure what is named, or all of it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    speed = parser.add_subparsers(required=True).add_parser("speed")
    speed.add_argument("names", nargs="*", metavar="NAME", help=", ".join(AIMS))
    speed.add_argument("--rounds", type=int, default=5)
    speed.add_argument(
        "--before", type=Path, default=ROOT, help="the checkout that a class is compared with"
    )
    speed.add_argument("--most", type=int, default=200, help="submissions of the largest class")
    asked = parser.parse_args()
    if unknown := set(asked.names) - AIMS.keys():
        parser.error(f"no such aim: {', '.join(sorted(unknown))}; there are {', '.join(AIMS)}")
    print(f"{os.cpu_count()} cores, {asked.rounds} rounds; processor time by {counted_by()}")
    with contextlib.suppress(OSError):
        unshare(NEWNET)
        loopback_up()
    for name in asked.names or AIMS:
        with tempfile.TemporaryDirectory(prefix="speed-") as place:
            Path(place).chmod(0o755)
            given = Asked(asked.rounds, Path(place), asked.before.resolve(), asked.most)
            for aim in AIMS[name](given):
                print(aim.line(), flush=True)


if __name__ == "__main__":
    main()
