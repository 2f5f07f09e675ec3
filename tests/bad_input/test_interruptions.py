"""Ctrl-C and kill, at any moment: exit code 130, the report written, nothing left behind."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.bad_input.bench import ROOT, Bench, Finished

if TYPE_CHECKING:
    from pathlib import Path

POLITE = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


def _command(bench: Bench, *arguments: str) -> list[str | Path | bytes]:
    where = (
        "--port",
        str(bench.port),
        "--sandbox",
        bench.sandbox,
        "--report",
        f"json:{bench.report_path}",
    )
    return bench.command(*arguments, *where)


def _expect_interrupted(run: Finished) -> None:
    assert run.code == 130, run.out + run.err
    assert run.report is not None
    assert run.report["verdict"] == "errored"
    assert run.report["reason"] == "the run was interrupted"


@pytest.mark.parametrize("number", POLITE)
def test_while_a_check_waits(either: Bench, number: signal.Signals) -> None:
    either.program("silent.py")
    with either.started(_command(either, "submission/silent.py", "--stage", "ok")) as running:
        running.until(lambda: running.is_connected(either.port), "a connection")
        running.signal(number)
        out, err = running.process.communicate()
    run = either.finished(running.process.returncode, out, err)
    _expect_interrupted(run)
    assert "INTERRUPTED: 0 of 1 stage judged" in run.said


def test_during_the_build(either: Bench) -> None:
    either.program("right.py")
    either.write(
        "submission/grade.yaml",
        "entry: right.py\nbuild: trap '' INT TERM HUP; sleep 39.75; exit 1\n",
    )
    with either.started(_command(either, "submission", "--stage", "ok")) as running:
        running.until(lambda: running.runs("39.75"), "the build")
        running.press_ctrl_c()
        out, err = running.process.communicate()
    _expect_interrupted(either.finished(running.process.returncode, out, err))


@pytest.mark.parametrize("number", POLITE)
def test_while_the_sandbox_is_tried(bench: Bench, number: signal.Signals) -> None:
    bench.program("right.py")
    with bench.started(_command(bench, "submission/right.py", "--stage", "ok")) as running:
        running.until(lambda: bool(os.listdir(bench.scratch)), "a directory of the grader's own")
        running.signal(number)
        out, err = running.process.communicate()
    assert bench.finished(running.process.returncode, out, err).code == 130


def test_while_a_program_starts(either: Bench) -> None:
    either.program("stubborn.py").write_text(
        "import signal\nfor n in (1, 2, 15):\n    signal.signal(n, signal.SIG_IGN)\n"
        "from listener import live_on\nlive_on()\n"
    )
    with either.started(_command(either, "submission/stubborn.py", "--stage", "ok")) as running:
        running.until(lambda: running.runs("/stubborn.py"), "the program")
        running.press_ctrl_c()
        out, err = running.process.communicate()
    _expect_interrupted(either.finished(running.process.returncode, out, err))


def test_an_impatient_user(either: Bench) -> None:
    """Ctrl-C again and again until it ends."""
    either.program("daemons.py")
    with either.started(
        _command(either, "submission/daemons.py", "--stage", "1-9", "--all")
    ) as running:
        running.until(lambda: running.runs("/daemons.py"), "the program")
        running.press_ctrl_c()
        while not running.ended_within(0.001):
            running.press_ctrl_c()
        out, err = running.process.communicate()
    _expect_interrupted(either.finished(running.process.returncode, out, err))


def test_twice(bench: Bench) -> None:
    bench.program("silent.py")
    with bench.started(_command(bench, "submission/silent.py", "--stage", "ok")) as running:
        running.until(lambda: running.is_connected(bench.port), "a connection")
        running.press_ctrl_c()
        running.press_ctrl_c()
        out, err = running.process.communicate()
    _expect_interrupted(bench.finished(running.process.returncode, out, err))


@pytest.mark.parametrize("number", POLITE)
def test_while_the_course_is_read(bench: Bench, number: signal.Signals) -> None:
    """Before the first line, and before there is anything to report."""
    bench.program("right.py")
    course = bench.directory("course")
    os.mkfifo(course / "stages.yaml")
    with bench.started(_command(bench, "submission/right.py", "--course", "course")) as running:
        with open(course / "stages.yaml", "wb"):  # opens when the other end is opened
            running.signal(number)
            assert running.ended_within(10)
        out, err = running.process.communicate()
    run = bench.finished(running.process.returncode, out, err)
    assert run.code == 130
    assert run.err.strip() == "interrupted"
    assert run.report is None


@pytest.mark.parametrize("module", ["click", "yaml", "pexpect"])
def test_while_it_is_imported(bench: Bench, module: str) -> None:
    bench.program("right.py")
    os.mkfifo(bench.place / "pipe")
    bench.write(f"modules/{module}.py", f"open({str(bench.place / 'pipe')!r}).read()\n")
    path = f"{bench.place / 'modules'}:{ROOT}"
    with bench.started(_command(bench, "submission/right.py"), {"PYTHONPATH": path}) as running:
        with open(bench.place / "pipe", "wb"):
            running.press_ctrl_c()
            assert running.ended_within(10)
        out, err = running.process.communicate()
    assert bench.finished(running.process.returncode, out, err).code == 130


@pytest.mark.parametrize("lines", [1, 2, 4, 6])
def test_after_any_line(either: Bench, lines: int) -> None:
    either.program("right.py")
    with either.started(
        _command(either, "submission/right.py", "--stage", "1-9", "--all")
    ) as running:
        assert running.process.stdout is not None
        begun = b"".join(running.process.stdout.readline() for _ in range(lines))
        running.press_ctrl_c()
        out, err = running.process.communicate()
    _expect_interrupted(either.finished(running.process.returncode, begun + out, err))


def test_a_grader_that_is_killed(either: Bench) -> None:
    """What it started ends with it: only its temporary directory has to stay."""
    either.program("stubborn.py")
    with either.started(
        _command(either, "submission/stubborn.py", "--stage", "1-9", "--all")
    ) as running:
        running.until(lambda: running.runs("/stubborn.py"), "the program")
        running.process.kill()
    assert either.left_behind == []
