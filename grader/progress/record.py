"""The record of a learner's progress as values, format version 3: read, written, changed by what a
run found. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from grader import codec
from grader.check.declaration import Level
from grader.codec import BrokenJson
from grader.report.model import CheckReport, StageReport, Verdict, stage_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION: Final = 3

Instant = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")]
Commit = Annotated[str, Meta(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?\Z")]
Points = Annotated[int, Meta(ge=0, le=10**6)]
_LONGEST_NAME: Final = 100
Name = Annotated[str, Meta(max_length=_LONGEST_NAME)]
Names = Annotated[tuple[Name, ...], Meta(max_length=1000)]


class BrokenRecord(ValueError):
    """A text is no record of progress that this version can read. The message ends a sentence."""


class Moment(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When something was found. at: UTC, as 2026-11-20T09:12:44Z. commit: what git had checked out
    then, if anything. dirty: whether files that git keeps differed from that commit; None where
    that is not known."""

    at: Instant
    commit: Commit | None = None
    dirty: bool | None = None

    @property
    def day(self) -> str:
        return self.at[:10]

    def __str__(self) -> str:
        """`2026-11-20 (commit 1a2b3c4, with changes)`."""
        if self.commit is None:
            return self.day
        return f"{self.day} (commit {self.commit[:7]}{', with changes' if self.dirty else ''})"


class StageRecord(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known of one stage: its required points when it was last graded, and when it passed
    and failed.

    fails_since: None while it passes. passed: the required checks that have passed at some time, by
    name; failing: those that failed when it was last graded. What fails and never passed was not
    there when the stage passed.
    """

    points: Points
    max_points: Points
    first_passed: Moment | None = None
    last_passed: Moment | None = None
    fails_since: Moment | None = None
    passed: Names = ()
    failing: Names = ()

    @property
    def done(self) -> bool:
        return self.first_passed is not None and self.fails_since is None

    @property
    def new(self) -> tuple[str, ...]:
        """The checks that fail and were not there when the stage passed."""
        came = self.first_passed is not None and self.fails_since is not None
        return tuple(name for name in self.failing if name not in self.passed) if came else ()

    @property
    def regressed(self) -> bool:
        """It passed once, and does not any more: something fails that was there then."""
        failed = self.first_passed is not None and self.fails_since is not None
        return failed and (not self.failing or self.new != self.failing)

    def after(self, stage: StageReport, now: Moment) -> StageRecord:
        """The record after this grading of the stage. What was only advice does not count, strict
        or not; what was skipped or errored tells nothing."""
        if stage.verdict in (Verdict.SKIPPED, Verdict.ERRORED):
            return self
        required = [check for check in stage.checks if check.level is Level.REQUIRED]
        points, most = (
            sum(getattr(check, name) for check in required) for name in ("points", "max_points")
        )
        verdict = stage_verdict(required, strict=False)
        if verdict is Verdict.ERRORED:
            return self
        passed, failing = (_names(required, one) for one in (Verdict.PASSED, Verdict.FAILED))
        if verdict is Verdict.FAILED:
            return replace(
                self, points=points, max_points=most, fails_since=self.fails_since or now,
                passed=self._passed_with(passed, failing), failing=failing,
            )  # fmt: skip
        return StageRecord(points, most, self.first_passed or now, now, None, passed)

    def _passed_with(self, passed: tuple[str, ...], failing: tuple[str, ...]) -> tuple[str, ...]:
        """A record of version 1 names no checks: then all that there are count as known."""
        unnamed = self.first_passed is not None and not self.passed
        return tuple(dict.fromkeys((*self.passed, *passed, *(failing if unnamed else ()))))


NOTHING: Final = StageRecord(0, 0)
"""What is known of a stage that was never graded."""


def _names(checks: Iterable[CheckReport], verdict: Verdict) -> tuple[str, ...]:
    return tuple(check.id.rpartition("/")[2] for check in checks if check.verdict is verdict)


class Progress(Struct, frozen=True):
    """courses: by a course's slug, what is known of its stages, by their slugs. program: the file
    in the directory that all this is about; empty where that is not known."""

    courses: dict[str, dict[str, StageRecord]] = {}
    program: str = ""

    def of(self, course: str) -> Mapping[str, StageRecord]:
        return self.courses.get(course, {})

    def after(self, course: str, stages: Iterable[StageReport], now: Moment) -> Progress:
        """The progress after these stages of a course were graded."""
        known = dict(self.of(course))
        for stage in stages:
            record = known.get(stage.slug, NOTHING).after(stage, now)
            if record != NOTHING:
                known[stage.slug] = record
        return replace(self, courses={**self.courses, course: known})

    def of_program(self, program: str) -> Progress:
        """The same as that of this program, where one is named, and not with too long a name."""
        return replace(self, program=program) if 0 < len(program) <= _LONGEST_NAME else self

    def without(self, course: str, slugs: Iterable[str]) -> Progress:
        """The progress with these stages of a course forgotten."""
        gone = frozenset(slugs)
        left = {s: r for s, r in self.of(course).items() if s not in gone}
        return replace(self, courses={**self.courses, course: left})


class _Versioned(Struct):
    """The one thing that a text has to say before anything else of it is believed."""

    version: Points


class _Written(Struct, omit_defaults=True, forbid_unknown_fields=True):
    """progress.json. Version 1 had no names of checks, version 2 not that of the program."""

    version: Literal[1, 2, 3]
    courses: dict[Name, dict[Name, StageRecord]]
    program: Name = ""


def dumped(progress: Progress) -> str:
    """The text of progress.json: for people, too. ASCII, with a final line break."""
    return codec.to_json(_Written(VERSION, progress.courses, progress.program), indent=2) + "\n"


def parsed(text: str) -> Progress:
    """What `dumped` has written. Raises BrokenRecord, also for entries that would be lost."""
    try:
        version = codec.from_json(text, _Versioned).version
        if version > VERSION:
            raise BrokenRecord(
                f"a newer grade wrote it (format {version}; this one reads up to {VERSION})"
            )
        read = codec.from_json(text, _Written)
    except BrokenJson as error:
        raise BrokenRecord(str(error)) from error
    return Progress(
        {
            course: {slug: _whole(record) for slug, record in stages.items()}
            for course, stages in read.courses.items()
        },
        read.program,
    )


def _whole(record: StageRecord) -> StageRecord:
    return replace(record, last_passed=record.last_passed or record.first_passed)
