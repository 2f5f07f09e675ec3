"""What is said about progress: the map of a course, where a learner is, what is new and what is
lost. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from grader.progress.record import NOTHING, StageRecord
from grader.reporters.progress import chosen_stages
from grader.text.layout import columns, counted, cut, hang, pad
from grader.value import Value

if TYPE_CHECKING:
    from grader.course import Course, Stage, Track
    from grader.text.style import Style

Records = Mapping[str, StageRecord]


class Named(Value, frozen=True):
    """What the next commands have to say to be about the same: the course, and the program with the
    options that it needs; both empty where a command without them means the same."""

    course: tuple[str, ...] = ()
    program: tuple[str, ...] = ()

    def grading(self, *words: str) -> str:
        return shlex.join(["grade", *words, *self.program])

    def showing(self, stage: Stage) -> str:
        return shlex.join(["grade", "show", *self.course, str(stage.number)])


UNNAMED: Final = Named()
_WIDEST = 36
_MOST_NAMED = 5


def current(stages: Iterable[Stage], known: Records) -> Stage | None:
    """The stage to work on: the first that has not passed, or does not any more; or None."""
    return next((stage for stage in stages if not known.get(stage.slug, NOTHING).done), None)


def named(stage: Stage) -> str:
    return f"{stage.number} {stage.slug}"


def opening_sentence(stage: Stage, earlier: Sequence[Stage], known: Records) -> str:
    """Where a run begins that goes on from what is kept. earlier: the stages that passed before."""
    record = known.get(stage.slug, NOTHING)
    sentence = f"You are at stage {named(stage)}."
    if record.regressed:
        sentence = (
            f"Stage {named(stage)} passed on {record.last_passed}, but has failed since"
            f" {record.fails_since}."
        )
    elif record.new:
        sentence = f"Stage {named(stage)} passed on {record.last_passed}. {_came(record)}"
    if not earlier:
        return sentence
    passed = chosen_stages((one.number, one.slug, one.title) for one in earlier)
    asked = (
        "it is graded again first, without its"
        if len(earlier) == 1
        else "they are graded again first, without their"
    )
    return f"{sentence} Passed before: {passed}; {asked} advice (--all grades everything)."


def news(
    stages: Sequence[Stage],
    before: Records,
    after: Records,
    course: Course,
    program: Named = UNNAMED,
) -> list[str]:
    """What a run has changed: sentences, the bad ones first."""
    fallen = [
        (stage, after.get(stage.slug, NOTHING))
        for stage in stages
        if stage.slug in before
        and before[stage.slug].done
        and not after.get(stage.slug, NOTHING).done
    ]
    lost = [
        f"{named(stage)} passed on {before[stage.slug].last_passed} and fails now"
        for stage, record in fallen
        if record.regressed
    ]
    came = [f"{named(stage)}: {_came(record)}" for stage, record in fallen if record.new]
    new = [
        stage
        for stage in stages
        if after.get(stage.slug, NOTHING).done and not before.get(stage.slug, NOTHING).done
    ]
    said = [f"regression: {sentence}" for sentence in lost]
    said += [f"new: {sentence}" for sentence in came]
    if new:
        gained = chosen_stages(sorted((stage.number, stage.slug, stage.title) for stage in new))
        tracks = [track for track in course.tracks if track.slug in {it.track for it in new}]
        done = " and ".join(f"{_done(track, after)} of the track {track.slug}" for track in tracks)
        said += [f"progress: {gained} passed; {done} are done"]
    return [*said, *([onward(stages, after, course, program)] if new and not lost else [])]


def _done(track: Track, known: Records) -> str:
    """How many of its stages are done."""
    done = sum(known.get(stage.slug, NOTHING).done for stage in track.stages)
    return f"{done} of {counted(len(track.stages), 'stage')}"


def _came(record: StageRecord) -> str:
    """What fails and was not there when the stage passed: nothing that the learner has broken."""
    names = ", ".join(record.new[:_MOST_NAMED]) + (" ..." if len(record.new) > _MOST_NAMED else "")
    if len(record.new) == 1:
        return f"The course has a new check, and it fails: {names}."
    return f"The course has new checks, and {len(record.new)} of them fail: {names}."


def onward(
    stages: Sequence[Stage], known: Records, course: Course, program: Named = UNNAMED
) -> str:
    """What to do next."""
    here = [stage for stage in course.stages if stages and stage.track == stages[0].track]
    following = current(here, known) or current(course.stages, known)
    if following is None:
        return "next: nothing; you have passed the whole course"
    record = known.get(following.slug, NOTHING)
    again = program.grading("--stage", following.slug)
    if record.regressed:
        return f"next: {named(following)} passed before and fails now; fix it: {again}"
    if record.new:
        return f"next: {named(following)} has a new check that fails: {again}"
    read = f"next: {named(following)}; read its page: {program.showing(following)}"
    if following in course.tracks[0].stages:
        return read
    return f"{read}; then grade it: {program.grading('--track', following.track)}"


def map_lines(
    course: Course,
    known: Records,
    style: Style,
    program: Named = UNNAMED,
    tracks: Collection[str] = (),
) -> list[str]:
    """The course as a map: what is done, what regressed, what is next, and points.

    tracks: the slugs of those that are shown with their stages; where none is named, those that
    were begun, and the one with the next stage. Of the others there is a line.
    """
    opened = [track for track in course.tracks if track.slug in tracks]
    following = current([stage for track in opened for stage in track.stages], known)
    following = following or current(course.stages, known)
    shown = opened or [
        track
        for track in course.tracks
        if any(stage is following or stage.slug in known for stage in track.stages)
    ]
    lines = hang("", style.text(course.title), style.width)
    widths = (
        _widest(stage.slug for stage in course.stages),
        _widest(stage.title for stage in course.stages),
    )
    for track in shown:
        lines += ["", *hang("", style.text(_track_line(track, known)), style.width)]
        for stage in track.stages:
            record = known.get(stage.slug, NOTHING)
            name = _mark(record) if record.first_passed or stage is following else "blank"
            lines += _stage_lines(stage, record, name, widths, style)
    others = [track for track in course.tracks if track not in shown]
    lines += [""] * bool(others)
    for track in others:
        lines += hang("", style.text(_track_line(track, known)), style.width)
    told = onward(opened[0].stages if opened else (), known, course, program)
    return [*lines, "", *hang("", style.text(told[0].upper() + told[1:]), style.width)]


def _track_line(track: Track, known: Records) -> str:
    """A track, with what is done of it."""
    points = sum(_points(stage, known.get(stage.slug, NOTHING)) for stage in track.stages)
    most = sum(stage.max_points() for stage in track.stages)
    return f"{track.slug}: {track.title} ({_done(track, known)}, {points} of {most} points)"


def _points(stage: Stage, record: StageRecord) -> int:
    """Those that were got, of as many as there are today."""
    return min(record.points, stage.max_points())


def _mark(record: StageRecord) -> str:
    if record.done:
        return "passed"
    if record.regressed:
        return "failed"
    return "note" if record.new else "running"


def _widest(texts: Iterable[str]) -> int:
    return min(max(map(columns, texts)), _WIDEST)


def _stage_lines(
    stage: Stage,
    record: StageRecord,
    name: str,
    widths: tuple[int, int],
    style: Style,
) -> list[str]:
    """A stage with its mark, its points (those that were got only if it was ever graded), and when
    it passed."""
    mark = " " * len(style.mark("passed")) if name == "blank" else style.mark(name)
    slug, title = (
        pad(cut(style.text(text), width), width)
        for text, width in zip((stage.slug, stage.title), widths, strict=True)
    )
    got = f"{_points(stage, record):3}/" if record != NOTHING else "    "
    when = "next" if name == "running" else ""
    if record.first_passed and record.done:
        when = record.first_passed.day
    line = cut(
        f"{mark}{stage.number:2} {slug}  {title} {got}{stage.max_points():<3} {when}".rstrip(),
        style.width,
    )
    if name == "blank":
        return [line]
    why = ""
    if record.regressed:
        why = f"passed on {record.last_passed}, fails since {record.fails_since}"
    elif record.new:
        why = f"passed on {record.last_passed}. {_came(record)}"
    below = hang(" " * (len(mark) + 3), style.text(why), style.width) if why else []
    return [style.marked(name, line), *below]
