"""The process that grades for pytest: asked by a thread, and beside others of its kind."""

from __future__ import annotations

import fcntl
import os
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

from grader.course import course_root
from grader.engine.settings import RunSettings
from grader.jobs.job import Job
from grader.pytest_plugin.gradings import JobProcess
from grader.report.codec import from_json
from grader.report.model import Verdict
from grader.system.untrusted_files import open_directory

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench

STAGE: Final = "bind-port"
_STEP_S: Final = 0.05


def test_without_a_network_of_its_own_a_grading_waits_for_its_turn(bench: Bench) -> None:
    """Two of them would need the same port."""
    path = bench.program("right.py")
    settings = RunSettings(7, keep_going=True, port=bench.port, sandbox="off")
    job = Job(str(course_root()), (STAGE,), path.name, settings)

    def verdict() -> Verdict:
        process = JobProcess(course_root(), [STAGE], path.parent)
        try:
            told = process.told(job)
            assert told.report is not None, told.reason
            return from_json(Path(told.report).read_bytes()).verdict
        finally:
            process.close()

    turn = open_directory(course_root().resolve())
    with ThreadPoolExecutor(1) as threads:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
            found = threads.submit(verdict)
            while not one_waits_for_a_lock():
                assert not wait([found], _STEP_S).done, "it did not wait"
        finally:
            os.close(turn)
        assert found.result() is Verdict.PASSED


def one_waits_for_a_lock() -> bool:
    """Whether a child of ours does: proc_locks(5)."""
    children = {str(it.pid) for it in psutil.Process().children()}
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return any("->" in words and children & {*words} for words in lines)
