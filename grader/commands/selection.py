"""Which stages a command line asks for: by number, slug or range, up to one, or whole tracks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.course import Course, Stage, Track, did_you_mean
from grader.engine.settings import ADVICE_WORD
from grader.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NUMBER_RANGE = re.compile(r"([0-9]+)-([0-9]+)")
EVERY_TRACK = "all"


def select(
    course: Course,
    *,
    stages: Sequence[str] = (),
    up_to: str | None = None,
    tracks: Sequence[str] = (),
) -> tuple[Stage, ...]:
    """The stages asked for, in the order of the course, each once; a UsageError for what is not
    there.

    stages: each a number ("5"), a slug ("echo"), a range ("1-5", "1..5", "echo..gzip"), or several
    of those with commas between. up_to: one stage, and with it every earlier one of its track.
    tracks: each a track's slug, several of those with commas between, or "all"; alone they ask for
    the whole tracks, with the others the stages have to be theirs. Nothing asks for the first
    track.
    """
    if stages and up_to is not None:
        raise UsageError("use either --stage or --up-to, not both")
    chosen = _tracks(course, tracks)
    if up_to is not None:
        last = select_one(course, up_to, tracks, option="--up-to")
        return tuple(
            stage for stage in course.track(last.track).stages if stage.number <= last.number
        )
    if stages:
        asked = {stage.number for selector in stages for stage in _selected(course, selector)}
        return _only_from(chosen, [stage for stage in course.stages if stage.number in asked])
    return tuple(stage for track in chosen or course.tracks[:1] for stage in track.stages)


def hidden(course: Course, words: Sequence[str]) -> tuple[str, ...]:
    """What `--hide` names, as in `RunSettings.hide`: `ADVICE_WORD`, and the slugs of stages that
    are named as for `--stage`. Raises `UsageError`."""
    stages = [word for word in words if word != ADVICE_WORD]
    for word in stages:
        close = did_you_mean(word, [ADVICE_WORD, *(stage.slug for stage in course.stages)])
        if close and ADVICE_WORD in close:
            raise UsageError(f"--hide takes {ADVICE_WORD} or stages, not {word!r}{close}")
    slugs = [stage.slug for stage in select(course, stages=stages)] if stages else []
    return (*([ADVICE_WORD] if ADVICE_WORD in words else []), *slugs)


def select_one(
    course: Course, word: str, tracks: Sequence[str] = (), *, option: str = "--stage"
) -> Stage:
    """The stage that an option names which takes just one, by number or slug; a UsageError for
    anything else."""
    first, last = _bounds(word.strip())
    if not first or "," in word or first != last:
        raise UsageError(f"{option} takes one stage (5, echo), not {word!r}")
    (stage,) = _only_from(_tracks(course, tracks), [_stage(course, first)])
    return stage


def _selected(course: Course, selector: str) -> Iterator[Stage]:
    """The stages of one selector, which may be several with commas between."""
    for word in (part.strip() for part in selector.split(",")):
        first, last = _bounds(word)
        if not (first and last):
            raise UsageError(f"{selector!r} does not name every stage; write 5, echo, 1-5 or 3,5")
        start, end = _stage(course, first), _stage(course, last)
        if start.number > end.number:
            raise UsageError(
                f"{word!r} runs backwards; stage {end.slug!r} comes before {start.slug!r}"
            )
        yield from course.stages[start.number - 1 : end.number]


def _bounds(word: str) -> tuple[str, str]:
    """The first and the last stage that a word names; the same one when it is no range."""
    numbers = NUMBER_RANGE.fullmatch(word)
    if numbers:
        return numbers[1], numbers[2]
    first, dots, last = word.partition("..")
    return first.strip(), last.strip() if dots else first.strip()


def _stage(course: Course, word: str) -> Stage:
    """The one stage that a number or a slug names."""
    if word.isascii() and word.isdigit():
        return _numbered(course, word)
    slugs = {stage.slug: stage for stage in course.stages}
    if word in slugs:
        return slugs[word]
    raise UsageError(
        f"there is no stage {word!r}{_suggestion(word, slugs)} `grade stages` lists them"
    )


def _numbered(course: Course, digits: str) -> Stage:
    count = len(course.stages)
    # Python refuses to turn some thousand digits into a number; no course has that many stages.
    number = int(digits) if len(digits) < 10 else 0
    if not 1 <= number <= count:
        has = f"stages 1-{count}" if count > 1 else "only stage 1"
        raise UsageError(f"there is no stage {digits}; the course has {has}")
    return course.stages[number - 1]


def _suggestion(word: str, slugs: Iterable[str]) -> str:
    """What was probably meant: a range of slugs written with a dash, or the nearest slug."""
    known = set(slugs)
    pieces = word.split("-")
    for cut in range(1, len(pieces)):
        first, last = "-".join(pieces[:cut]), "-".join(pieces[cut:])
        if {first, last} <= known:
            return f"; did you mean '{first}..{last}'?"
    return did_you_mean(word, known) or ";"


def _tracks(course: Course, selectors: Sequence[str]) -> tuple[Track, ...]:
    """The tracks that are named, in the order of the course."""
    words = [word.strip() for selector in selectors for word in selector.split(",")]
    slugs = {_track(course, word).slug for word in words if word != EVERY_TRACK}
    return tuple(it for it in course.tracks if it.slug in slugs or EVERY_TRACK in words)


def _track(course: Course, word: str) -> Track:
    slugs = [track.slug for track in course.tracks]
    if word not in slugs:
        suggestion = did_you_mean(word, slugs)
        listed = f"{' The' if suggestion else '; the'} course has {', '.join(slugs)}"
        raise UsageError(f"there is no track {word!r}{suggestion}{listed} (all: every track)")
    return course.track(word)


def _only_from(tracks: Sequence[Track], stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages, all of which have to belong to the tracks when some are asked for."""
    slugs = [track.slug for track in tracks]
    for stage in stages:
        if slugs and stage.track not in slugs:
            place = f"stage {stage.number} ({stage.slug!r})"
            asked = " or ".join(map(repr, slugs))
            raise UsageError(f"{place} belongs to track {stage.track!r}, not to {asked}")
    return tuple(stages)
