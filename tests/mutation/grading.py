"""Grades one mutant by the course: `python -m tests.mutation.grading` reads a task as JSON and
writes its outcome.

A process for each: the grader moves its own process into the sandbox. The mutant is the submission,
in a directory of its own; the grader, the course and the oracle are those of the checkout.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import course_root, load_course
from grader.engine.run import grading
from grader.engine.settings import RunSettings
from grader.errors import GraderError
from grader.program.submission import Submission
from grader.report.model import CheckFinished, CheckReport, Event, RunFinished, RunStarted, Verdict
from grader.system.signals import install

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CAUGHT, SURVIVED, ERRORED = "caught", "survived", "errored"


@dataclass(frozen=True, slots=True)
class Task:
    """What to grade, and how.

    copied, launch: as in `Subject`. sources: the mutated texts by their path. place: an existing
    directory for the mutated tree, outside of /tmp, of which a sandbox shows another one. seed,
    timeout_scale: as in the grader's options. whole: grade every check, instead of stopping at the
    first that fails. tracks: by their stages. stages: only by so many of the first ones of these.
    only: only by the stages of these names, where there are any.
    """

    copied: Sequence[str]
    launch: Sequence[str]
    sources: Mapping[str, str]
    place: str
    seed: int
    timeout_scale: float
    whole: bool
    tracks: Sequence[str]
    stages: int | None = None
    only: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """verdict: CAUGHT, SURVIVED or ERRORED. checks: the ids of those that failed, in the course's
    order. why: the first failure's summary, or the error. isolation: what contained the mutant."""

    verdict: str
    checks: tuple[str, ...] = ()
    why: str = ""
    isolation: str = ""


def grade(task: Task) -> Outcome:
    """Launch the mutant and judge it. To be called once in a process."""
    with tempfile.TemporaryDirectory(dir=task.place, ignore_cleanup_errors=True) as directory:
        tree = Path(directory).resolve()
        for name in task.copied:
            _copy(course_root() / name, tree / name)
        for name, text in task.sources.items():
            (tree / name).write_text(text, encoding="utf-8")
        command = (sys.executable, *task.launch)
        try:
            return _judged(task, Submission("mutant", tree, command, named=command))
        except GraderError as error:
            return Outcome(ERRORED, why=str(error))


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _judged(task: Task, submission: Submission) -> Outcome:
    course = load_course(course_root())
    options = RunSettings(
        task.seed, strict=True, keep_going=task.whole, timeout_scale=task.timeout_scale
    )
    stages = tuple(
        stage
        for stage in course.stages
        if stage.track in task.tracks and stage.slug in (task.only or [stage.slug])
    )
    with grading(course, stages[: task.stages], submission, options) as events:
        return _outcome(events, whole=task.whole)


def _outcome(events: Iterable[Event], *, whole: bool) -> Outcome:
    """What the events say, read as far as needed: to the first failure, unless the whole is asked
    for."""
    failed, level, finished = list[CheckReport](), "", False
    for event in events:
        match event:
            case RunStarted(header=header):
                level = header.environment.isolation.level
            case CheckFinished(check=check) if check.verdict is Verdict.ERRORED:
                return Outcome(ERRORED, (check.id,), check.reason or "", level)
            case CheckFinished(check=check) if check.verdict is Verdict.FAILED:
                failed.append(check)
                if not whole:
                    break
            case RunFinished(report=report):
                finished = report.verdict is Verdict.PASSED
    if failed:
        detail = failed[0].failure
        return Outcome(
            CAUGHT, tuple(check.id for check in failed), detail.summary if detail else "", level
        )
    return (
        Outcome(SURVIVED, isolation=level)
        if finished
        else Outcome(ERRORED, why="the run has no end", isolation=level)
    )


def main() -> int:
    """Read a task, grade, write the outcome."""
    install()
    outcome = grade(Task(**json.load(sys.stdin)))
    json.dump(asdict(outcome), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
