"""What a run found, as frozen values: the runner's events, and the report they fold into."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import field

from grader.check.declaration import Level
from grader.limits import Limits
from grader.outcomes import Ending, Outcome
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.check.failure import Kind
    from grader.check.transcript import Entry


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # not judged, and `reason` says why
    ERRORED = "errored"  # the grader's or the machine's fault, never the learner's


class FailureDetail(Value, frozen=True):
    """A failure as it is reported. `expected` and `actual` are as in the `Failure` that was raised:
    bytes are shown escaped, text as prose; of many bytes those around `offset` are kept, after the
    first `skipped` of them, and the sizes count all there were. `output_tail` is the end of what
    the program printed, raw. `launch` is the command that runs the server so that `reproduce`, in
    another terminal, shows the failure. `hints` are the steps of its hint, shown one by one. `file`
    and `line` say where the submission raised or blocks. Failures with the same `cause` have the
    same one; an empty one is that of no other. `connections` are those of the transcript that it is
    about; all where there is none. `decoded` says in words what the last bytes are, where the
    protocol is none to read."""

    kind: Kind
    summary: str
    expected: str | bytes | None = None
    actual: str | bytes | None = None
    offset: int | None = None
    hints: tuple[str, ...] = ()
    cite: str | None = None
    reproduce: str | None = None
    output_tail: bytes = b""
    launch: str | None = None
    file: str | None = None
    line: int | None = None
    cause: str = ""
    connections: tuple[int, ...] = ()
    skipped: int = 0
    expected_size: int | None = None
    actual_size: int | None = None
    decoded: tuple[str, ...] = ()

    @property
    def hint(self) -> str | None:
        """The first step."""
        return next(iter(self.hints), None)


class CheckReport(Value, frozen=True):
    """One judged (or skipped) check. `reason` is set for skipped and errored ones; durations are in
    seconds. `events_left_out` counts what followed in a transcript that was cut off. `hidden`:
    learners see its name and its points alone (`grader.report.for_learners`)."""

    id: str
    title: str
    requirement: str
    cite: str
    level: Level
    verdict: Verdict
    reason: str | None = None
    points: int = 0
    max_points: int = 0
    duration_s: float = 0.0
    failure: FailureDetail | None = None
    transcript: tuple[Entry, ...] = ()
    events_left_out: int = 0
    hidden: bool = False


class StageReport(Value, frozen=True):
    """What one stage came to, with its checks.

    reason: why it was skipped or could not be judged. max_points: of its checks that count.
    """

    number: int
    slug: str
    title: str
    track: str
    verdict: Verdict
    reason: str | None = None
    duration_s: float = 0.0
    checks: tuple[CheckReport, ...] = ()
    max_points: int = 0

    @property
    def points(self) -> int:
        return sum(check.points for check in self.checks)


class Isolation(Value, frozen=True):
    """How the submission was contained: the level's name, and what that level does not give."""

    level: str
    weaknesses: tuple[str, ...] = ()


class Environment(Value, frozen=True):
    """checks: the ids or patterns that the run was narrowed to (`--check`); empty for whole
    stages. repeat: how many runs were asked for (`--repeat`). policy: what a class counts otherwise
    than the course, in words."""

    grader_version: str
    python: str
    platform: str
    isolation: Isolation
    seed: int
    strict: bool
    limits: Limits = field(default_factory=Limits)
    checks: tuple[str, ...] = ()
    repeat: int = 1
    policy: str = ""


class Repetition(Value, frozen=True):
    """One run of several: its seed, what it came to, and the ids of the failed checks that
    count."""

    seed: int
    verdict: Verdict
    failed: tuple[str, ...] = ()


class RunHeader(Value, frozen=True):
    """What is known before anything is judged. `started_at` is RFC 3339; `course_version` changes
    with the course's stages and checks. `built_by`: the command in short by which the grader has
    built the program, where it chose that itself. `started_by`: the line of a package manager's
    file that starts it; it is shown, and not kept in reports."""

    course_slug: str
    course_title: str
    submission_path: str
    submission_command: tuple[str, ...]
    environment: Environment
    started_at: str
    course_version: str = ""
    built_by: str = ""
    started_by: str = ""


class Report(Value, frozen=True):
    """outcome: what became of the submission. output_tail: the end of what its build printed, raw,
    when that is why it was not graded. repetitions: where several runs were asked for, what each
    came to; the rest is that of the one that is shown."""

    header: RunHeader
    verdict: Verdict
    reason: str | None = None
    duration_s: float = 0.0
    stages: tuple[StageReport, ...] = ()
    outcome: Outcome = Outcome.GRADED
    output_tail: bytes = b""
    repetitions: tuple[Repetition, ...] = ()

    @property
    def score(self) -> int:
        return sum(stage.points for stage in self.stages)

    @property
    def max_score(self) -> int:
        return sum(stage.max_points for stage in self.stages)


class RunStarted(Value, frozen=True):
    """`stages` are the selected stages in order, as (number, slug, title)."""

    header: RunHeader
    stages: tuple[tuple[int, str, str], ...]


class StageStarted(Value, frozen=True):
    """A stage begins."""

    number: int
    slug: str
    title: str
    track: str


class CheckStarted(Value, frozen=True):
    """A check begins. Its id is STAGE/NAME."""

    id: str
    title: str


class CheckFinished(Value, frozen=True):
    """A check has been judged, or skipped."""

    check: CheckReport


class StageFinished(Value, frozen=True):
    """A stage is over, whether it was judged or skipped."""

    stage: StageReport


class RunFinished(Value, frozen=True):
    """The run is over: all of what it found."""

    report: Report


class RunRepeated(Value, frozen=True):
    """One of several runs is over. Only the stages of the one that is shown are events."""

    run: Repetition


class RunShown(Value, frozen=True):
    """What follows are the stages of the run with this seed, which has come to this verdict."""

    seed: int
    verdict: Verdict


Event = (
    RunStarted
    | StageStarted
    | CheckStarted
    | CheckFinished
    | StageFinished
    | RunFinished
    | RunRepeated
    | RunShown
)


def stage_verdict(checks: Iterable[CheckReport], *, strict: bool) -> Verdict:
    """Failed when a check that counts failed; else errored when one errored; else skipped when one
    was skipped; else passed."""
    counted = [check for check in checks if strict or check.level is Level.REQUIRED]
    for verdict in (Verdict.FAILED, Verdict.ERRORED, Verdict.SKIPPED):
        if any(check.verdict is verdict for check in counted):
            return verdict
    return Verdict.PASSED


def ending_of(verdict: Verdict) -> Ending:
    """How a run ends that came to its end with this verdict."""
    return {Verdict.PASSED: Ending.PASSED, Verdict.FAILED: Ending.FAILED}.get(
        verdict, Ending.ERRORED
    )


def run_verdict(stages: Iterable[StageReport]) -> Verdict:
    """Failed before errored before passed; a run in which every stage was skipped is skipped."""
    verdicts = {stage.verdict for stage in stages}
    for verdict in (Verdict.FAILED, Verdict.ERRORED, Verdict.PASSED):
        if verdict in verdicts:
            return verdict
    return Verdict.SKIPPED
