"""What a run leaves that is killed by SIGKILL, at any moment and at every level, is removed by the
next one."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import psutil
import pytest

from grader.isolation import LEVELS
from tests.bad_input.bench import ROOT, Bench, Running
from tests.hostile.examined import missing

if TYPE_CHECKING:
    from pathlib import Path

# a silent server keeps its grading busy for longer than any test
PATIENT = ("--stage", "ok", "--timeout-scale", "100")
Moment = Callable[[Bench, Running], bool]


def has_a_directory(bench: Bench, running: Running) -> bool:
    return bool(os.listdir(bench.scratch))


def has_launched(bench: Bench, running: Running) -> bool:
    return running.runs("silent.py")


def asks(bench: Bench, running: Running) -> bool:
    return running.is_connected(bench.port)


MOMENTS = (has_a_directory, has_launched, asks)
QUICK = {("namespaces", asks), ("landlock", asks)}
SLOW = pytest.mark.slow


def moments() -> list[object]:
    found = list[object]()
    for level, moment in itertools.product(LEVELS, MOMENTS):
        marks = () if (level, moment) in QUICK else (SLOW,)
        found.append(pytest.param(level, moment, id=f"{level}-{moment.__name__}", marks=marks))
    return found


def command(bench: Bench, *arguments: str | Path) -> list[str | Path | bytes]:
    return bench.command(*arguments, "--port", str(bench.port), "--sandbox", bench.sandbox)


def kill(process: psutil.Process) -> None:
    with contextlib.suppress(ProcessLookupError):  # it has just ended with another one
        os.kill(process.pid, signal.SIGKILL)


def next_run(bench: Bench) -> None:
    """It asserts itself that nothing is left, of it and of those before it."""
    bench.grade(bench.program("right.py"), expect=0)


@pytest.mark.parametrize(("level", "moment"), moments())
def test_a_run_that_is_killed(bench: Bench, level: str, moment: Moment) -> None:
    if why := missing(level):
        pytest.skip(f"no {level} here: {why}")
    bench.sandbox = level
    bench.program("silent.py")
    with bench.started(command(bench, "submission/silent.py", *PATIENT)) as running:
        running.until(lambda: moment(bench, running), "the moment")
        running.process.kill()
    assert len(os.listdir(bench.scratch)) == 1
    next_run(bench)


def test_one_that_lives_keeps_what_is_its_own(either: Bench) -> None:
    """While another one begins, removes what a dead one left, and ends."""
    either.program("silent.py").parent.rename(either.place / "silent")
    (either.scratch / "grade-0123456789abcdef" / "copy-0").mkdir(mode=0, parents=True)
    (either.scratch / "grade-0123456789abcdef").chmod(0o700)
    with either.started(command(either, "silent/silent.py", *PATIENT)) as running:
        running.until(lambda: running.is_connected(either.port), "a connection")
        (own,) = os.listdir(either.scratch)
        environment = {**os.environ, "TMPDIR": str(either.scratch), "PYTHONPATH": str(ROOT)}
        other = either.command("doctor", "--port", str(either.port + 1))
        assert (
            subprocess.run(
                other, env=environment, stdout=subprocess.DEVNULL, check=False
            ).returncode
            == 0
        )
        assert os.listdir(either.scratch) == [own]
        assert running.is_connected(either.port)
        running.press_ctrl_c()
        out, err = running.process.communicate()
    assert either.finished(running.process.returncode, out, err).code == 130


@pytest.mark.parametrize(
    "sandbox", ["auto", pytest.param("landlock", marks=SLOW), pytest.param("off", marks=SLOW)]
)
def test_a_class_that_is_killed_as_a_whole(bench: Bench, sandbox: str) -> None:
    """Its own place with the reports, and those of all gradings that were under way."""
    bench.sandbox = sandbox
    names = ["one", "other"]
    for name in names:
        bench.program("silent.py").rename(bench.place / "submission" / "server.py")
        (bench.place / "submission").rename(bench.place / name)
    with bench.started(command(bench, *names, *PATIENT, "--jobs", "2")) as running:
        running.until(lambda: running.is_connected(bench.port), "a connection")
        running.until(lambda: len(os.listdir(bench.scratch)) > 1, "a place for each of two")
        whole = running.descendants()
        running.process.send_signal(signal.SIGSTOP)  # or else it would begin others
        for process in [psutil.Process(running.process.pid), *whole]:
            kill(process)
    assert len(os.listdir(bench.scratch)) > 1
    next_run(bench)


@pytest.mark.parametrize("sandbox", ["auto", pytest.param("off", marks=SLOW)])
def test_a_launch_that_is_killed(bench: Bench, sandbox: str) -> None:
    """With the directory that other terminals see."""
    bench.sandbox = sandbox
    bench.program("silent.py")
    with bench.started(
        command(bench, "launch", "submission/silent.py", "--stage", "files")
    ) as running:
        running.until(lambda: has_launched(bench, running), "the program")
        running.process.kill()
    assert len(os.listdir(bench.scratch)) == 2
    next_run(bench)
