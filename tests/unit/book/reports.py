"""Reports made up in a test of books."""

from __future__ import annotations

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.outcomes import Outcome
from grader.report.model import (
    CheckReport,
    Environment,
    FailureDetail,
    Isolation,
    Report,
    RunHeader,
    StageReport,
    Verdict,
    ending_of,
    run_verdict,
    stage_verdict,
)

MARKS = {
    ".": Verdict.PASSED, "F": Verdict.FAILED, "s": Verdict.SKIPPED, "E": Verdict.ERRORED,
}  # fmt: skip
WIRE = (Entry(1, Direction.SENT, 0.1, b"GET / HTTP/1.1\r\n\r\n"),)


def check(stage: str, name: str, mark: str, reason: str | None = None) -> CheckReport:
    """mark: as in MARKS; in lower case or followed by a, advice."""
    verdict, advice = MARKS[mark[0]], mark.endswith("a")
    worth = 0 if advice else 1
    failure = FailureDetail(Kind.EXIT, f"{name} ended.", cause=name, output_tail=b"out")
    return CheckReport(
        f"{stage}/{name}", f"Title of {name}", f"A server MUST {name}", "RFC 9110",
        Level.ADVICE if advice else Level.REQUIRED, verdict,
        reason or ("the stage's ordinary case failed" if verdict is Verdict.SKIPPED else None),
        worth if verdict is Verdict.PASSED else 0, worth, 0.5,
        failure if verdict is Verdict.FAILED else None, WIRE,
    )  # fmt: skip


def stage(number: int, slug: str, *checks: CheckReport, skipped: str = "") -> StageReport:
    """skipped: why it was not begun."""
    verdict = Verdict.SKIPPED if skipped else stage_verdict(checks, strict=False)
    most = sum(it.max_points for it in checks)
    return StageReport(number, slug, slug, "http", verdict, skipped or None, 1.0, checks, most)


def report(*stages: StageReport, path: str = "class/ada", strict: bool = False) -> Report:
    """Of a run that came to its end."""
    environment = Environment("1", "3", "Linux", Isolation("namespaces"), 7, strict)
    header = RunHeader(
        "course", "Course", path, ("python3", "x"), environment, "2026-11-29T20:00:00Z"
    )
    verdict = run_verdict(stages)
    return Report(header, verdict, None, 3.0, stages, ending_of(verdict).outcome)


def of_marks(**marks: str) -> Report:
    """`of_marks(ok=". F .a")`: a stage called ok with three checks, a, b and c."""
    return report(
        *(
            stage(
                number, slug,
                *(check(slug, "abcdefgh"[place], it) for place, it in enumerate(said.split())),
            )
            for number, (slug, said) in enumerate(marks.items(), 1)
        )
    )  # fmt: skip


def not_graded(reason: str) -> Report:
    """Of a submission without a program."""
    return Report(
        report().header, Verdict.SKIPPED, reason, 0.1, (), Outcome.NOT_GRADED, b"built: no"
    )
