"""What containment costs at each launch: a program that ends at once, launched by each level and
without any.

    python tests/benchmark/containment.py [LAUNCHES]

A launch counts from asking for it until its end has been seen and all of it is gone. Each level is
measured in a process of its own, for it moves the grader to another place; beside each launch, in
the same process and in turn, the same program is started with nothing around it but the grader's
pseudo-terminal.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grader.errors import GraderError  # noqa: E402
from grader.isolation import LEVELS, Needs, best, enter  # noqa: E402
from grader.limits import Limits  # noqa: E402
from grader.program.environment import submission_environment  # noqa: E402
from grader.program.find import find  # noqa: E402
from grader.program.launch import Launcher  # noqa: E402
from grader.program.program import Program  # noqa: E402
from grader.system.sockets import SocketTable  # noqa: E402

PROGRAM = "true"  # of coreutils: it does nothing, and that well


def main() -> None:
    """Measure every isolation level, and print the medians."""
    launches = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"{launches} launches of a program that ends at once (medians)")
    for name in LEVELS:
        run = subprocess.run(
            [sys.executable, __file__, str(launches), name],
            capture_output=True,
            text=True,
            check=False,
        )
        print(f"  {name:<12} {run.stdout.strip() or run.stderr.strip().splitlines()[-1]}")


def measure(name: str, launches: int) -> str:
    """What a launch takes by this isolation level and by none, in a sentence."""
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as own:
        directory, scratch = Path(own), Path(place) / "scratch"
        directory.chmod(0o755)
        Path(place).chmod(0o711)  # somebody without privileges gets to what is in it
        scratch.mkdir()
        os.chdir(directory)
        submission = find(None, [PROGRAM])
        environment = submission_environment(os.environ, str(scratch / "home"))
        level = best(name, scratch, Needs(directory, submission.named, environment, (), Limits()))
        try:
            enter(level)
            with SocketTable() as sockets:
                launcher = Launcher(submission, level, scratch, sockets)
                contained, bare = [], []
                for _ in range(launches):
                    contained.append(timed(lambda: launcher.launch((), None, lambda _: None)))
                    bare.append(
                        timed(
                            lambda: Program(submission.command, directory=directory, environment={})
                        )
                    )
        finally:
            level.leave()
    with_it, without = (statistics.median(taken) * 1000 for taken in (contained, bare))
    return f"{with_it:5.1f} ms, bare {without:5.1f} ms: {with_it - without:5.1f} ms more"


def timed(launch: object) -> float:
    """Seconds of one launch."""
    began = time.perf_counter()
    program = launch()  # type: ignore[operator]
    try:
        assert program.wait_exit(60)
    finally:
        program.kill()
    return time.perf_counter() - began


if __name__ == "__main__":
    if len(sys.argv) > 2:
        try:
            print(measure(sys.argv[2], int(sys.argv[1])))
        except GraderError as error:
            print(f"not here: {error}")
    else:
        main()
