"""What a worker does, without a cluster: it grades as a class does here, and grades nothing where
it is not what the class wants."""

from __future__ import annotations

import sys
import zlib
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.codec import from_json, to_json
from grader.course import course_root, course_version
from grader.engine.settings import RunSettings
from grader.intake.given import Given
from grader.isolation import LEVELS
from grader.jobs.cluster.grade_one import grade_one, look_around
from grader.jobs.cluster.sealed_job import SealedJob, Wanted, sealed
from grader.jobs.job import Job
from grader.jobs.neighbours import NOBODY
from grader.jobs.packing import packed
from grader.jobs.results import ClassOutcome, result
from grader.jobs.versions import grader_version
from grader.report.codec import from_json as report_from_json
from tests.bad_input.bench import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform != "linux":
    pytest.skip("a worker needs a network of its own for each submission", allow_module_level=True)

WANTED = Wanted(grader_version(course_root()), course_version(course_root()), "network")
SERVERS = {
    "right": (EXAMPLES / "finished" / "server.py").read_text(),
    "broken": "raise SystemExit('out of order')\n",
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Executor]:
    """A process that does jobs, and with which all ends that it has started."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        yield executor


def _sealed(place: Path, name: str, wanted: Wanted = WANTED) -> SealedJob:
    (folder := place / name).mkdir(parents=True)
    (folder / "server.py").write_text(SERVERS[name])
    (own := place / f"{name}-packed").mkdir()
    found = packed(Given(str(folder)), NOBODY, own)
    job = Job(
        str(course_root()), ("bind-port",), str(folder), RunSettings(7), python=sys.executable,
        reports=(f"json:{own}/whole",), leaves=str(own), pack=found.pack, known_as=found.known_as,
    )  # fmt: skip
    return sealed(job, wanted, 600.0)


def test_it_grades_as_a_class_does_here(worker: Executor, tmp_path: Path) -> None:
    jobs = [_sealed(tmp_path, name) for name in SERVERS]
    refused, level, _ = worker.submit(look_around, jobs[0]).result()
    if refused:
        pytest.skip(f"no private network here: {refused}")
    right, broken = worker.map(grade_one, jobs)
    assert result(right.how).outcome is ClassOutcome.PASSED
    assert result(broken.how).outcome is ClassOutcome.FAILED
    report = report_from_json(zlib.decompress(right.files["whole"]))
    assert report.header.environment.isolation.level == level
    assert report.header.submission_path == str(tmp_path / "right")
    assert right.files.keys() == {"whole", "outline", "stdout"}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (replace(WANTED, grader="0.0.1+abc"), "it has grader "),
        (replace(WANTED, course="abc"), f"it has course {WANTED.course}"),
    ],
)
def test_it_refuses_what_is_not_the_same(
    worker: Executor, tmp_path: Path, wanted: Wanted, why: str
) -> None:
    job = _sealed(tmp_path, "right", wanted)
    assert worker.submit(look_around, job).result()[0].startswith(why)
    found = worker.submit(grade_one, job).result()
    assert found.refused.startswith(why)
    assert (found.ending, found.files) == ("", {})


@pytest.mark.parametrize("level", ["landlock", "plain"])
def test_it_refuses_a_level_that_shares_the_network(
    worker: Executor, tmp_path: Path, level: str
) -> None:
    """Whatever the class has sent."""
    sent = _sealed(tmp_path, "right")
    job = from_json(sent.job, Job)
    job = replace(job, settings=replace(job.settings, sandbox=level))
    sent = replace(sent, job=to_json(job))
    assert worker.submit(grade_one, sent).result().refused
    assert [*LEVELS].index(level) > [*LEVELS].index(WANTED.least)
