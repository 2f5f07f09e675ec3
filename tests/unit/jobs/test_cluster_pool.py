"""A class on other machines: each grading has one result, whoever dies, and leaves no path of ours
in what is sent."""

from __future__ import annotations

import pickle
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.codec import from_json, to_json
from grader.course import course_root, load_course
from grader.engine.settings import RunSettings
from grader.errors import MachineError, UsageError
from grader.isolation import NOT_BESIDE_OTHERS
from grader.jobs.assignment import Assignment
from grader.jobs.cluster import executor_pool
from grader.jobs.cluster.connecting import _checked, _wanted
from grader.jobs.cluster.executor_pool import ExecutorMachines, ExecutorPool, FarGrading
from grader.jobs.cluster.sealed_job import SealedDone, SealedJob, Wanted, opened, sealed
from grader.jobs.job import Job
from grader.jobs.neighbours import NOBODY
from grader.jobs.options import ClassOptions
from grader.jobs.results import ProcessEnd, Stop
from grader.reproduce.server import Again

if TYPE_CHECKING:
    from pathlib import Path

WANTED = Wanted("0.1.0+abc", "def", "network")
PASSED = ProcessEnd(0, "", "{}", 1.0, 600.0)


@dataclass
class ToldMachines:
    """Nobody grades: each job waits until the test says what became of it. gone: whose machines
    are lost. absent: why no machine may grade."""

    at_once: int = 2
    begun: list[Future[SealedDone]] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    absent: str = ""

    def begin(self, job: SealedJob) -> Future[SealedDone]:
        if self.absent:
            raise MachineError(self.absent)
        self.begun.append(Future())
        return self.begun[-1]

    def look(self) -> None:
        """Whoever is gone, is gone."""

    def is_lost(self, future: Future[SealedDone]) -> bool:
        return self.begun.index(future) in self.gone


@dataclass
class Clock:
    """It is two seconds later whenever somebody looks."""

    now: float = 0.0

    def __call__(self) -> float:
        self.now += 2.0
        return self.now


def a_job(place: Path) -> Job:
    (place / "pack").write_bytes(b"what was handed in")
    told = replace(NOBODY, hidden=("/class/other",))
    return Job(
        str(course_root()), ("bind-port",), "ann.py", RunSettings(7, hidden=("/class/notes",)),
        neighbours=told, reports=(f"html:{place}/report-0", f"json:{place}/whole"),
        leaves=str(place), pack=str(place / "pack"), known_as="/class/ann",
    )  # fmt: skip


def begun(place: Path) -> tuple[ExecutorPool, ToldMachines]:
    machines = ToldMachines()
    pool = ExecutorPool(machines, WANTED, limit_s=600.0, clock=Clock())
    pool.start(0, a_job(place), place)
    return pool, machines


def done(ending: ProcessEnd = PASSED, refused: str = "", **files: bytes) -> SealedDone:
    packed = {name: zlib.compress(content) for name, content in files.items()}
    return SealedDone(to_json(ending), packed, refused, "there:1")


def ended(pool: ExecutorPool) -> ProcessEnd:
    (grading,) = pool.ended()
    ending = pool.dismiss(grading)
    assert pool.working == []
    return ending


def test_what_is_sent_has_no_path_of_ours(tmp_path: Path) -> None:
    sent = sealed(a_job(tmp_path), WANTED, 600.0)
    assert pickle.loads(pickle.dumps(sent)) == sent
    assert sent.pack == b"what was handed in"
    assert str(tmp_path) not in sent.job
    assert "/class/other" not in sent.job
    assert "/class/notes" not in sent.job
    there = from_json(sent.job, Job)
    assert (there.settings.require_sandbox, there.settings.beside_others) == (True, True)


def test_it_is_the_same_job_in_another_place(tmp_path: Path) -> None:
    (here := tmp_path / "here").mkdir()
    (there := tmp_path / "there").mkdir()
    sent = sealed(a_job(here), WANTED, 600.0)
    job = opened(from_json(sent.job, Job), course_root(), sent.pack, there, ("/a/key",))
    assert job.reports == (f"html:{there}/report-0", f"json:{there}/whole")
    assert (job.leaves, job.pack) == (str(there), str(there / "pack"))
    assert (there / "pack").read_bytes() == b"what was handed in"
    assert job.settings.hidden == ("/a/key",)


def test_what_comes_back_is_written_under_the_names_that_were_asked_for(tmp_path: Path) -> None:
    pool, machines = begun(tmp_path)
    files = {"whole": b"1", "report-0": b"2", "../escaped": b"3", "pack": b"4", "outline": b"5"}
    machines.begun[0].set_result(done(**files))
    assert ended(pool) == PASSED
    assert not (tmp_path.parent / "escaped").exists()
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    handed = b"what was handed in"
    assert found == {"pack": handed, "whole": b"1", "report-0": b"2", "outline": b"5"}


def test_a_job_whose_machines_are_gone_is_done_again_and_counts_once(tmp_path: Path) -> None:
    pool, machines = begun(tmp_path)
    machines.gone.add(0)
    assert pool.ended(within_s=1.0) == []
    first, second = machines.begun
    assert first.cancelled()
    second.set_result(done())
    assert ended(pool) == PASSED
    assert pool.ended() == []


def test_where_no_machine_is_left_it_is_errored(tmp_path: Path) -> None:
    pool, machines = begun(tmp_path)
    machines.gone.add(0)
    machines.absent = "the cluster has no worker"
    assert pool.ended(within_s=1.0) == []
    assert ended(pool).said == "grade: the cluster has no worker"
    with pytest.raises(MachineError, match="no worker"):
        pool.start(1, a_job(tmp_path), tmp_path)
    assert pool.has_one(0)  # that one finds out
    assert pool.working == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (done(refused="it has grader 2"), "the worker there:1 refuses it: it has grader 2"),
        (done(ProcessEnd(3, f"grade: {NOT_BESIDE_OTHERS}: no", None, 1.0, 600.0)),
         f"on the cluster {NOT_BESIDE_OTHERS}"),
        (SealedDone(to_json(PASSED), {"whole": zlib.compress(b"x" * 99)[:-1]}),
         "its result cannot be used: it is cut off or too long"),
        (SealedDone("{", {}), "its result cannot be used: it is not valid JSON"),
        (RuntimeError("Tried 4 workers. See their logs."),
         "the cluster could not grade it: RuntimeError: Tried 4 workers"),
    ],
)  # fmt: skip
def test_what_is_no_result_is_errored(
    tmp_path: Path, found: SealedDone | Exception, said: str
) -> None:
    pool, machines = begun(tmp_path)
    if isinstance(found, Exception):
        machines.begun[0].set_exception(found)
    else:
        machines.begun[0].set_result(found)
    ending = ended(pool)
    assert (ending.code, ending.brief, ending.said) == (3, None, f"grade: {said}")


def test_an_interrupted_class_waits_for_nobody(tmp_path: Path) -> None:
    pool, machines = begun(tmp_path)
    machines.begun[0].set_running_or_notify_cancel()
    pool.stop()
    assert ended(pool).stopped is Stop.INTERRUPTED


def test_no_more_are_under_way_than_there_are_places() -> None:
    machines = ToldMachines(at_once=3)
    pool = ExecutorPool(machines, WANTED, limit_s=600.0)
    assert [pool.has_one(count) for count in range(4)] == [True, True, True, False]
    assert not ExecutorPool(machines, WANTED, limit_s=600.0, most=1).has_one(1)
    machines.at_once = 5
    assert pool.has_one(3)


def test_any_executor_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executor_pool, "grade_one", lambda job: done(said=job.pack))
    with ThreadPoolExecutor(2) as executor:
        pool = ExecutorPool(ExecutorMachines(executor, 2), WANTED, limit_s=600.0)
        places = [tmp_path / str(number) for number in range(5)]
        for number, place in enumerate(places):
            place.mkdir()
            pool.start(number, a_job(place), place)
        found: list[FarGrading] = []
        while some := pool.ended():
            found += some
            assert [pool.dismiss(grading) for grading in some] == [PASSED] * len(some)
    assert sorted(grading.number for grading in found) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("address", ["tls://cluster.example:8786", "tls://10.1.2.3:8786"])
def test_by_tls_any_host_will_do(address: str) -> None:
    assert _checked(address)


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"]
)
def test_without_tls_there_is_loopback(address: str) -> None:
    assert not _checked(address)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://10.1.2.3:8786", "needs TLS, as in tls://10.1.2.3:8786"),
        ("tcp://localhost.example:8786", "needs TLS"),
        ("cluster.example:8786", "needs an address"),
        ("tls://cluster.example", "needs an address"),
        ("tls://cluster.example:port", "needs an address"),
        ("inproc://1/2", "needs an address"),
        ("", "needs an address"),
    ],
)
def test_other_addresses_are_refused(address: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        _checked(address)


@pytest.mark.parametrize("sandbox", ["off", "plain", "landlock", "nonsense"])
def test_a_level_without_a_network_of_its_own_is_refused(sandbox: str) -> None:
    with pytest.raises(UsageError, match="could reach the cluster"):
        _wanted(_assignment(sandbox))


@pytest.mark.parametrize(("sandbox", "least"), [("auto", "network"), ("bubblewrap",) * 2])
def test_the_least_level_is_what_was_asked_for(sandbox: str, least: str) -> None:
    assert _wanted(_assignment(sandbox)).least == least


def _assignment(sandbox: str) -> Assignment:
    course = load_course(course_root(), only=())
    settings = RunSettings(7, sandbox=sandbox)
    return Assignment(
        course, course.stages[:1], settings, Again({}, None), ClassOptions(), None, (), 0
    )
