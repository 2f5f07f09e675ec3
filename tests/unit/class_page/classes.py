"""Classes as tests describe them, and large ones that are drawn at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.declaration import Level
from grader.check.failure import Kind
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
    run_verdict,
    stage_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

PASSED, FAILED, SKIPPED, _ = Verdict


def check(
    name: str, verdict: Verdict = PASSED, problem: str = "It is wrong.", *, cause: str = "",
    level: Level = Level.REQUIRED, hint: str = "Do it right.", hidden: bool = False,
) -> CheckReport:  # fmt: skip
    """A check with this id. problem, cause: of its failure, where it fails."""
    word = name.partition("/")[2].replace("_", " ")
    failure = FailureDetail(Kind.MISMATCH, problem, hints=(hint,), cause=cause)
    worth = 1 if level is Level.REQUIRED else 0
    return CheckReport(
        name, f"Title of {word}", f"A server MUST do {word}", "RFC 9110 8.6", level, verdict,
        points=worth if verdict is PASSED else 0, max_points=worth, duration_s=0.1,
        failure=failure if verdict is FAILED else None, hidden=hidden,
    )  # fmt: skip


def stage(number: int, *checks: CheckReport, duration_s: float = 1.0) -> StageReport:
    """A stage of these checks, which are of one stage."""
    slug = checks[0].id.partition("/")[0]
    return StageReport(
        number, slug, f"Stage {slug}", "http", stage_verdict(checks, strict=False),
        duration_s=duration_s, checks=checks, max_points=sum(it.max_points for it in checks),
    )  # fmt: skip


def report(*stages: StageReport, duration_s: float = 3.0, path: str = "class/ada") -> Report:
    """A graded report."""
    environment = Environment("1", "3.11", "Linux", Isolation("none"), 7, strict=False)
    header = RunHeader("http", "HTTP server", path, ("x",), environment, "2026-01-01T00:00:00Z")
    return Report(header, run_verdict(stages), None, duration_s, stages)


def ended(outcome: Outcome, reason: str, path: str = "class/ada") -> Report:
    """A report without a score."""
    verdict = Verdict.ERRORED if outcome is Outcome.ERRORED else SKIPPED
    return Report(report(path=path).header, verdict, reason, 0.2, (), outcome)


def plausible(random: Random, outline: Sequence[Sequence[CheckReport]], skill: float) -> Report:
    """A submission as learners hand them in: the later the stage, the less of it passes. outline:
    the checks of each stage, as they pass."""
    stages = []
    for number, checks in enumerate(outline, start=1):
        chance = max(0.0, skill - number / len(outline) / 2)
        judged = [_drawn(random, it, chance) for it in checks]
        if judged[0].verdict is FAILED:  # then the others are not judged
            judged[1:] = [check(it.id, SKIPPED, level=it.level) for it in judged[1:]]
        stages.append(stage(number, *judged, duration_s=random.expovariate(0.7)))
    return report(*stages, duration_s=sum(it.duration_s for it in stages))


def _drawn(random: Random, passing: CheckReport, chance: float) -> CheckReport:
    if random.random() < 0.55 + 0.5 * chance:
        return passing
    problem = random.choice(
        [
            "The body is empty: 13 bytes should be in it.",
            f"Your program crashed: IndexError at server.py:{random.randint(1, 99)} (bad index).",
            f"No answer to {passing.id}.",
        ]
    )
    return check(passing.id, FAILED, problem, level=passing.level)
