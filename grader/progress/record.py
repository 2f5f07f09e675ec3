"""The record of a learner's progress as values, format version 1: read, written, changed by what a
run found. Pure."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from grader.check.declaration import Level
from grader.report.model import StageReport, Verdict, stage_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERSION: Final = 1
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_MOST_POINTS: Final = 10**6
_MOST_NAME: Final = 100
_MOMENTS: Final = ("first_passed", "last_passed", "fails_since")

Json = dict[str, Any]


class BrokenRecord(ValueError):
    """A text is no record of progress that this version can read. The message ends a sentence."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was found. at: UTC, as 2026-11-20T09:12:44Z. commit: what git had checked out
    then, if anything. dirty: whether files that git keeps differed from that commit; None where
    that is not known."""

    at: str
    commit: str | None = None
    dirty: bool | None = None

    @property
    def day(self) -> str:
        return self.at[:10]

    def __str__(self) -> str:
        """`2026-11-20 (commit 1a2b3c4, with changes)`."""
        if self.commit is None:
            return self.day
        return f"{self.day} (commit {self.commit[:7]}{', with changes' if self.dirty else ''})"


@dataclass(frozen=True, slots=True)
class StageRecord:
    """What is known of one stage: its required points when it was last graded, and when it passed
    and failed.

    fails_since: None while it passes.
    """

    points: int = 0
    max_points: int = 0
    first_passed: Moment | None = None
    last_passed: Moment | None = None
    fails_since: Moment | None = None

    @property
    def done(self) -> bool:
        return self.first_passed is not None and self.fails_since is None

    @property
    def regressed(self) -> bool:
        """It passed once, and does not any more."""
        return self.first_passed is not None and self.fails_since is not None

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
        if verdict is Verdict.FAILED:
            return replace(
                self, points=points, max_points=most, fails_since=self.fails_since or now
            )
        return StageRecord(points, most, self.first_passed or now, now, None)


@dataclass(frozen=True, slots=True)
class Progress:
    """courses: by a course's slug, what is known of its stages, by their slugs."""

    courses: Mapping[str, Mapping[str, StageRecord]] = field(default_factory=dict)

    def of(self, course: str) -> Mapping[str, StageRecord]:
        return self.courses.get(course, {})

    def after(self, course: str, stages: Iterable[StageReport], now: Moment) -> Progress:
        """The progress after these stages of a course were graded."""
        known = dict(self.of(course))
        for stage in stages:
            record = known.get(stage.slug, StageRecord()).after(stage, now)
            if record != StageRecord():
                known[stage.slug] = record
        return Progress({**self.courses, course: known})

    def without(self, course: str, slugs: Iterable[str]) -> Progress:
        """The progress with these stages of a course forgotten."""
        gone = frozenset(slugs)
        return Progress(
            {**self.courses, course: {s: r for s, r in self.of(course).items() if s not in gone}}
        )


def dumped(progress: Progress) -> str:
    """The text of progress.json: for people, too. ASCII, with a final line break."""
    courses = {
        course: {slug: _stage_json(record) for slug, record in stages.items()}
        for course, stages in progress.courses.items()
    }
    return json.dumps({"version": VERSION, "courses": courses}, indent=2) + "\n"


def _stage_json(record: StageRecord) -> Json:
    moments = {name: getattr(record, name) for name in _MOMENTS}
    said = {name: _moment_json(moment) for name, moment in moments.items() if moment is not None}
    return {"points": record.points, "max_points": record.max_points, **said}


def _moment_json(moment: Moment) -> Json:
    known = {"at": moment.at, "commit": moment.commit, "dirty": moment.dirty}
    return {name: value for name, value in known.items() if value is not None}


def parsed(text: str) -> Progress:
    """What `dumped` has written. Raises BrokenRecord, also for keys that would be lost."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenRecord("it is not valid JSON") from error
    version = read.get("version") if isinstance(read, dict) else None
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise BrokenRecord(
            f"it was written by a newer grade (format {version}, this one knows {VERSION})"
        )
    if version != VERSION or isinstance(version, bool):
        raise BrokenRecord("it is no record of progress")
    _only(read, ("version", "courses"))
    courses = _named(read.get("courses"))
    return Progress(
        {
            course: {slug: _stage(value) for slug, value in _named(stages).items()}
            for course, stages in courses.items()
        }
    )


def _named(value: object) -> Json:
    if not isinstance(value, dict) or any(len(name) > _MOST_NAME for name in value):
        raise BrokenRecord("it is no record of progress")
    return value


def _only(value: object, known: Iterable[str]) -> Json:
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise BrokenRecord("it has entries that this version does not know")
    return value


def _stage(value: object) -> StageRecord:
    read = _only(value, ("points", "max_points", *_MOMENTS))
    points, most = read.get("points"), read.get("max_points")
    for number in (points, most):
        if (
            not isinstance(number, int)
            or isinstance(number, bool)
            or not 0 <= number <= _MOST_POINTS
        ):
            raise BrokenRecord("its points are no numbers")
    first, last, fails = (_moment(read[name]) if name in read else None for name in _MOMENTS)
    return StageRecord(points or 0, most or 0, first, last or first, fails)


def _moment(value: object) -> Moment:
    read = _only(value, ("at", "commit", "dirty"))
    at, commit, dirty = (read.get(name) for name in ("at", "commit", "dirty"))
    if not isinstance(at, str) or not _AT.fullmatch(at):
        raise BrokenRecord("it has a time that is none")
    if commit is not None and not (isinstance(commit, str) and _COMMIT.fullmatch(commit)):
        raise BrokenRecord("it has a commit that is none")
    if dirty is not None and not isinstance(dirty, bool):
        raise BrokenRecord("it has a commit that is none")
    return Moment(at, commit, dirty)
