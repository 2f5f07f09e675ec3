"""What is said when the last stage of a track has passed: what was reached, and where to go on.
Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from grader.progress.record import NOTHING
from grader.progress.texts import named
from grader.text.layout import counted

if TYPE_CHECKING:
    from grader.course import Course, Track
    from grader.progress.texts import Records

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)


def completed(course: Course, before: Records, after: Records) -> Track | None:
    """The track that has come to its end between these two, if one has."""
    return next(
        (one for one in course.tracks if _done(one, after) and not _done(one, before)), None
    )


def _done(track: Track, known: Records) -> bool:
    return all(known.get(stage.slug, NOTHING).done for stage in track.stages)


def what_was_reached(track: Track, known: Records) -> list[str]:
    """Sentences about the track that is complete."""
    records = [known.get(stage.slug, NOTHING) for stage in track.stages]
    points, most = sum(one.points for one in records), sum(one.max_points for one in records)
    stages = counted(len(records), "stage")
    return [
        f"You have passed the whole track: {track.title}.",
        f"{stages}, {points} of {most} points{_time(track, known)}. What next:",
    ]


def _time(track: Track, known: Records) -> str:
    """How long it took from the first stage that passed to the last, each for the first time."""
    moments = [record.first_passed for stage in track.stages if (record := known.get(stage.slug))]
    passed = sorted(datetime.fromisoformat(moment.at) for moment in moments if moment)
    took = passed[-1] - passed[0] if passed else timedelta()
    if took < _HOUR:
        return ""
    unit, noun = (_HOUR, "hour") if took < 2 * _DAY else (_DAY, "day")
    return f", {counted(took // unit, noun)} after your first stage"


def what_comes_next(course: Course, track: Track, known: Records, fuzz: str) -> list[str]:
    """Where to go on from a track that is complete, a sentence each. fuzz: the command that
    compares this program with the reference."""
    others = [
        stage
        for one in course.tracks
        if one is not track
        for stage in one.stages
        if not known.get(stage.slug, NOTHING).done
    ]
    said = []
    if others:
        title = course.track(others[0].track).title
        said.append(f"The track {others[0].track}: {title}. Its next stage is {named(others[0])}.")
    if track.comparison:
        said.append(f"Find what no check looks for: {fuzz}")
    if (reference := course.root / "reference").is_dir():
        said.append(f"Read another answer to the same task, the reference: {reference}")
    return said
