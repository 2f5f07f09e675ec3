"""The process that grades for pytest: asked by threads, and beside others of its kind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import course_root
from grader.engine.settings import RunSettings
from grader.jobs.job import Job
from grader.pytest_plugin.gradings import JobProcess
from grader.report.codec import from_json
from grader.report.model import Verdict

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench

STAGE = "bind-port"


def test_without_networks_of_their_own_gradings_take_turns(bench: Bench) -> None:
    """Each needs the port that the other one has."""
    path = bench.program("right.py")
    settings = RunSettings(7, keep_going=True, port=bench.port, sandbox="off")
    job = Job(str(course_root()), (STAGE,), path.name, settings)

    def verdict(_: int) -> Verdict:
        process = JobProcess(course_root(), [STAGE], path.parent)
        try:
            told = process.told(job)
            assert told.report is not None, told.reason
            return from_json(Path(told.report).read_bytes()).verdict
        finally:
            process.close()

    with ThreadPoolExecutor(2) as threads:
        assert [*threads.map(verdict, range(2))] == [Verdict.PASSED] * 2
