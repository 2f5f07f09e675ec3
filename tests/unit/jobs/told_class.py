"""A class that is graded by nobody: what becomes of each submission stands in its own file, and the
rest is the class's own code, from the command's values to its book, rows and reports."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from grader.course import course_root, load_course
from grader.engine.settings import RunSettings
from grader.intake.gather import Intake
from grader.intake.given import Given
from grader.isolation import LEVELS, Needs
from grader.jobs import grade_class as module
from grader.jobs.assignment import Assignment
from grader.jobs.class_screen import Concurrency
from grader.jobs.options import ClassOptions
from grader.jobs.processes import GradingProcess
from grader.jobs.results import ProcessEnd
from grader.jobs.room import Bounds
from grader.outcomes import Outcome
from grader.report.codec import to_json
from grader.report.model import Report, Verdict
from grader.report.partial import INTERRUPTED
from grader.reporters.brief import render
from grader.reproduce.server import Again
from grader.text.style import Style
from tests.unit.book.reports import not_graded, of_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course
    from grader.jobs.job import Job


@dataclass
class ToldPool:
    """A pool whose gradings end as the first line of their submission says: marks as in
    `tests.unit.book.reports`, `no program`, `broken`, or what it says on standard error. log: a
    line for each that was begun."""

    log: Path
    working: list[GradingProcess] = field(default_factory=list)
    jobs: dict[int, Job] = field(default_factory=dict)

    def start(self, number: int, job: Job, place: Path) -> None:
        self.working.append(GradingProcess(number, place, None, 0.0, 0.0))  # type: ignore[arg-type]
        self.jobs[number] = job
        with open(self.log, "a", encoding="utf-8") as log:
            policy = " by policy" if job.settings.not_required or job.settings.left_out else ""
            log.write(f"{Path(job.submission or '').name}{policy}\n")

    def ended(self, within_s: float | None = None) -> list[GradingProcess]:
        return self.working[:1]

    def dismiss(self, worker: GradingProcess) -> ProcessEnd:
        self.working.remove(worker)
        job = self.jobs[worker.number]
        said = Path(job.submission or "", "main.py").read_text(encoding="utf-8").splitlines()[0]
        if said == "broken":
            Path(job.leaves, "traceback").write_text("Traceback: it broke", encoding="utf-8")
            return ProcessEnd(3, "grade: an error in the grader itself: Oops", None, 1.0, 600.0)
        if said.startswith("grade: "):
            return ProcessEnd(3, said, None, 1.0, 600.0)
        report = _report(said)
        for asked in job.reports:
            kind, _, file = asked.partition(":")
            text = to_json(report) if kind == "json" else render(report)
            Path(file).write_text(text, encoding="utf-8")
        code = {Verdict.PASSED: 0, Verdict.FAILED: 1, Verdict.SKIPPED: 2}.get(report.verdict, 3)
        return ProcessEnd(code, "", render(report), 1.0, 600.0)

    def kill_strays(self) -> None:
        pass

    def stop(self) -> None:
        pass


def _report(said: str) -> Report:
    if said == "no program":
        return not_graded(said)
    if said != "interrupted":
        return of_marks(ok=said, echo=". .")
    errored = {"verdict": Verdict.ERRORED, "outcome": Outcome.ERRORED}
    return replace(of_marks(ok=". ."), reason=INTERRUPTED, **errored)  # type: ignore[arg-type]


@cache
def _course() -> Course:
    return load_course(course_root(), only=())


@dataclass
class ToldClass:
    """root: where all of it is: submissions/NAME/main.py, and what is written. shown: by the last
    grading, line by line."""

    root: Path
    shown: str = ""

    def put(self, **said: str) -> None:
        """What becomes of these submissions."""
        for name, text in said.items():
            folder = self.root / "submissions" / name
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "main.py").write_text(text + "\n", encoding="utf-8")

    def grade(self, *names: str, **options: Any) -> tuple[int, str]:  # noqa: ANN401
        """The exit code, and the words that were shown. options: of the class, or `seed`,
        `reports`, `strict`, and `handed_in`: by name, what else is known of a submission."""
        paths = names or sorted(os.listdir(self.root / "submissions"))
        seed = options.pop("seed", None)
        course = _course()
        reports, known = options.pop("reports", ()), options.pop("handed_in", {})
        settings = RunSettings(seed or 99, strict=options.pop("strict", False), keep_going=True)
        whole = ClassOptions(**{"summaries": (str(self.root / "class.csv"),), **options})
        assignment = Assignment(
            course, course.stages[:2], settings, Again({}, None), whole, None, reports, 0,
            drawn=seed is None,
        )  # fmt: skip
        stream = io.StringIO()
        submissions = [
            Given(str(self.root / "submissions" / name), **known.get(name, {})) for name in paths
        ]
        with _told(self.root / "log"):
            intake = Intake(tuple(submissions))
            code = module.grade_class(assignment, intake, stream, Style(100), live=False)
        self.shown = stream.getvalue()
        return code, " ".join(self.shown.split())

    @property
    def graded(self) -> list[str]:
        """Whose gradings were begun since this was asked last."""
        log = self.root / "log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@contextmanager
def _told(log: Path) -> Iterator[None]:
    """No process is started, and no level is tried."""

    @contextmanager
    def pool(*_: object) -> Iterator[ToldPool]:
        yield ToldPool(log)

    def crowding(*_: object) -> Concurrency:
        level = LEVELS["namespaces"](log.parent, Needs())
        return Concurrency(Bounds(1, 1), level, "auto", 4221)

    before = (module._pool, module._crowding)
    module._pool, module._crowding = pool, crowding  # type: ignore[assignment]
    try:
        yield
    finally:
        module._pool, module._crowding = before


def main(arguments: Sequence[str]) -> None:
    """Grade the class below a directory, as a command that can be killed."""
    sys.exit(ToldClass(Path(arguments[0])).grade()[0])


if __name__ == "__main__":
    main(sys.argv[1:])
