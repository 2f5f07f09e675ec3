"""How fast the grader is, aim by aim.

    python -m tests.benchmark speed [NAME...] [--rounds N] [--before DIR] [--most N]
    python -m tests.benchmark class_rate|class_kills|class_growth [OPTION...] [-- GRADE-OPTION...]

Each aim is a ratio of what is measured in turn in the same minute, so that a busy machine slows
both, or a limit; figures are medians of the rounds, and those over their limit are marked. For
root, all of it has a network of its own, so that nobody else has the port of a bare server.

class_rate grades a generated class and says what that takes. class_kills ends it again and again by
SIGKILL, and compares what the same command then comes to with an undisturbed run. class_growth
says what one submission costs in larger and larger classes. The words after -- are options of
`grade`. The other benchmarks are commands of their own: launches, containment, throughput.
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
from tests.benchmark.unattended import AskedClass, growth, kills, rate

CLASSES = {"class_rate": rate, "class_kills": kills, "class_growth": growth}


def main() -> None:
    """Measure what is named, or all of it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmark",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True)
    speed = commands.add_parser("speed")
    speed.add_argument("names", nargs="*", metavar="NAME", help=", ".join(AIMS))
    speed.add_argument("--rounds", type=int, default=5)
    speed.add_argument(
        "--before", type=Path, default=ROOT, help="the checkout that a class is compared with"
    )
    speed.add_argument("--most", type=int, default=200, help="submissions of the largest class")
    speed.set_defaults(run=_speed)
    for name in CLASSES:
        of_class = commands.add_parser(name)
        of_class.add_argument("--count", type=int, default=300, help="submissions")
        of_class.add_argument("--jobs", type=int, default=2, help="graded at a time")
        of_class.add_argument("--kills", type=int, default=10)
        of_class.add_argument("--draws", type=int, default=1, help="the seed of random moments")
        of_class.add_argument("--sizes", default="20,200,1000", help="of classes that grow")
        of_class.add_argument("options", nargs="*", metavar="GRADE-OPTION", default=["--all"])
        of_class.set_defaults(run=_class, name=name)
    asked = parser.parse_args()
    asked.run(parser, asked)


def _speed(parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
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


def _class(_parser: argparse.ArgumentParser, asked: argparse.Namespace) -> None:
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; processor time by {counted_by()}"
    )
    with tempfile.TemporaryDirectory(prefix="class-", dir="/var/tmp") as place:
        Path(place).chmod(0o755)
        sizes = [int(size) for size in asked.sizes.split(",")]
        given = AskedClass(
            Path(place), asked.count, asked.jobs, asked.kills, asked.draws, sizes, asked.options
        )
        for found in CLASSES[asked.name](given):
            print(found if isinstance(found, str) else found.line(), flush=True)


if __name__ == "__main__":
    main()
