"""What a new stage begins with: its entry, a page, one check, and the first program that fails
it."""

from __future__ import annotations

import os
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from grader.course import Course, Track, did_you_mean, load_checks, load_course
from grader.course.entry import text_with_stage
from grader.course.model import CHECKS_FILE, COURSE_FILE, PAGE_FILE, STAGES_FOLDER
from grader.course.outline import SLUG, outline_from, read_outline
from grader.course.pages import write_page
from grader.errors import UsageError
from grader.start.new_files import remove, write_new
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATES: Final = Path(__file__).parent / "templates" / "stage"
WRONG: Final = "wrong_answer.py"


class NewStage(Value, frozen=True):
    """slug, title: of the stage. track: its track's slug. after: the slug of the stage before it,
    or None for the last of the track. requires: what it builds on, or None for the stage before
    it."""

    slug: str
    title: str
    track: str
    after: str | None = None
    requires: Sequence[str] | None = None


def write_stage(root: Path, new: NewStage) -> tuple[Course, list[str]]:
    """Write the stage into the course; the course with it, and the names of the new files. Where
    something stands in the way nothing is written, and it is a UsageError or a CourseError."""
    course = load_course(root, only=())
    track = _judged(course, new)
    after = new.after or track.stages[-1].slug
    requires = [after] if new.requires is None else new.requires
    outline = course.root / COURSE_FILE
    text = text_with_stage(
        outline.read_bytes().decode("utf-8-sig"), track.slug, after, new.slug, new.title, requires
    )
    for problem in outline_from(course.root, text).problems:
        raise UsageError(f"nothing was written: {problem}")
    files = _files(course, track, new)
    written = write_new(course.root, files)
    try:
        _replace(outline, text)
    except OSError as error:
        remove(written)
        raise UsageError(f"nothing was written: {COURSE_FILE}: {error.strerror}") from error
    after_that = read_outline(course.root).course
    write_page(load_checks(after_that.stage(new.slug)))
    return after_that, [*files]


def _judged(course: Course, new: NewStage) -> Track:
    """The track, once what was asked for makes sense."""
    slugs = [stage.slug for stage in course.stages]
    tracks = [track.slug for track in course.tracks]
    if not SLUG.fullmatch(new.slug):
        raise UsageError(f"slug {new.slug!r} must be lower-case words joined by dashes")
    if new.slug in slugs:
        raise UsageError(f"there is a stage {new.slug!r} already")
    if not new.title.strip() or len(new.title.splitlines()) != 1:
        raise UsageError("--title must be one line of text")
    if new.track not in tracks:
        suggestion = did_you_mean(new.track, tracks) or f"; the course has {', '.join(tracks)}"
        raise UsageError(f"there is no track {new.track!r}{suggestion}")
    track = course.track(new.track)
    inside = [stage.slug for stage in track.stages]
    if new.after is not None and new.after not in inside:
        suggestion = did_you_mean(new.after, inside) or f"; it has {', '.join(inside)}"
        raise UsageError(f"track {track.slug!r} has no stage {new.after!r}{suggestion}")
    return track


def _files(course: Course, track: Track, new: NewStage) -> dict[str, str]:
    """The texts of the new files by their paths below the course's directory."""
    first = track.stages[0]
    words = {
        "slug": new.slug,
        "title": new.title,
        "command": new.slug.replace("-", "_").upper(),
        "port": first.launch.port,
    }
    texts = {
        f"{STAGES_FOLDER}/{new.slug}/{PAGE_FILE}": "page.md",
        f"{STAGES_FOLDER}/{new.slug}/{CHECKS_FILE}": f"checks.{first.protocol}",
        f"{course.wrong}/{new.slug}/{WRONG}": f"wrong.{first.protocol}",
    }
    return {
        name: Template((TEMPLATES / template).read_text(encoding="utf-8")).substitute(words)
        for name, template in texts.items()
    }


def _replace(path: Path, text: str) -> None:
    """Put the text into a file that is never there half."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="")
        beside.chmod(path.stat().st_mode & 0o777)
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
