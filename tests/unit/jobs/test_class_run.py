"""Who is graded beside whom: nobody beside others who would share a network with them, and nobody
is forgotten."""

from __future__ import annotations

import io
import json
import pickle
from typing import TYPE_CHECKING

import pytest

from grader.codec import from_json, to_json
from grader.course import course_root, load_course
from grader.engine.settings import RunSettings
from grader.intake.given import Given
from grader.isolation import LEVELS, NOT_BESIDE_OTHERS, Needs
from grader.jobs.assignment import Assignment, ClassEntry
from grader.jobs.class_run import ClassRun
from grader.jobs.class_screen import ClassScreen
from grader.jobs.job import Job
from grader.jobs.neighbours import NOBODY
from grader.jobs.options import ClassOptions
from grader.jobs.processes import GradingProcess
from grader.jobs.results import ClassOutcome, ProcessEnd
from grader.jobs.room import ONE, Bounds
from grader.reproduce.server import Again
from grader.text.style import Style

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("one", "crowded", "two", "three")
BRIEF = {
    "format": "stage-grader/brief", "version": 3, "seed": 1, "duration_s": 1.0,
    "outcome": "graded", "verdict": "passed", "reason": None, "score": 2,
    "isolation_level": "landlock",
    "max_score": 2, "stages_passed": 1, "stages": 1, "checks_judged": 6, "first_failed": None,
}  # fmt: skip
REFUSED = f"grade: {NOT_BESIDE_OTHERS}; no namespaces: it was not in the mood"


class Told:
    """Starts nothing: the gradings end as `said` has it, by the name of the submission, one after
    the other."""

    def __init__(self, **said: list[str]) -> None:
        self.working: list[GradingProcess] = []
        self.began: list[tuple[str, bool, int]] = []
        self.hunts = False
        self._said = said

    def start(self, number: int, job: Job, place: Path) -> None:
        self.working.append(GradingProcess(number, place, None, 0.0, 0.0))  # type: ignore[arg-type]
        beside = job.settings.beside_others
        self.began.append((job.submission or "", beside, len(self.working)))
        assert from_json(to_json(job), Job) == job == pickle.loads(pickle.dumps(job))

    def ended(self, within_s: float | None = None) -> list[GradingProcess]:
        return self.working[:1]

    def dismiss(self, worker: GradingProcess) -> ProcessEnd:
        self.working.remove(worker)
        said = self._said.get(NAMES[worker.number])
        if said and (sentence := said.pop(0)):
            return ProcessEnd(3, sentence, None, 1.0, 600.0)
        return ProcessEnd(0, "", json.dumps(BRIEF), 1.0, 600.0)

    def kill_strays(self) -> None:
        assert not self.working
        self.hunts = True


def graded(
    tmp_path: Path, level: str, pool: Told, *, sandbox: str = "auto"
) -> tuple[ClassRun, str]:
    course = load_course(course_root(), only=())
    options = RunSettings(7, sandbox=sandbox)
    assignment = Assignment(
        course, course.stages[:1], options, Again({}, None), ClassOptions(2), None,
        (), 0,
    )  # fmt: skip
    stream = io.StringIO()
    refused = [Given(name, refused="nothing is packed") for name in NAMES]
    entries = [ClassEntry(it.path, it.path, (), NOBODY, it) for it in refused]
    room = ClassRun(
        assignment,
        entries,
        LEVELS[level](tmp_path, Needs()),
        pool,
        ClassScreen(stream, Style(80), NAMES),
        tmp_path,
    )  # type: ignore[arg-type]
    private = LEVELS[level](tmp_path, Needs()).private_network
    assert not room.grade(Bounds(2, 2) if private else ONE)
    assert list(tmp_path.iterdir()) == []
    return room, stream.getvalue()


def test_all_are_graded_beside_others(tmp_path: Path) -> None:
    pool = Told()
    room, _ = graded(tmp_path, "namespaces", pool)
    assert [result.outcome for result in room.results] == [ClassOutcome.PASSED] * 4
    assert [(name, beside) for name, beside, _ in pool.began] == [(name, True) for name in NAMES]
    assert not pool.hunts


def test_who_cannot_be_graded_beside_others_comes_last_and_alone(tmp_path: Path) -> None:
    pool = Told(crowded=[REFUSED], three=[REFUSED])
    room, said = graded(tmp_path, "namespaces", pool)
    assert [result.outcome for result in room.results] == [ClassOutcome.PASSED] * 4
    assert pool.began[4:] == [("crowded", False, 1), ("three", False, 1)]
    assert pool.hunts  # what they leave running could answer in the place of the next one
    assert said.count("crowded") == 1


def test_who_cannot_be_graded_alone_either_is_errored(tmp_path: Path) -> None:
    why = "--require-sandbox: the program cannot be isolated here: no landlock: it is too old"
    room, _ = graded(tmp_path, "namespaces", Told(crowded=[REFUSED, f"grade: {why}"]))
    assert [result.outcome for result in room.results] == [
        ClassOutcome.PASSED,
        ClassOutcome.ERRORED,
        *[ClassOutcome.PASSED] * 2,
    ]
    assert room.results[1].reason == why


@pytest.mark.parametrize("sandbox", ["auto", "landlock"])
def test_where_all_share_a_network_each_is_alone_already(tmp_path: Path, sandbox: str) -> None:
    pool = Told()
    graded(tmp_path, "landlock", pool, sandbox=sandbox)
    assert pool.began == [(name, False, 1) for name in NAMES]
