"""`grade stages`: the course as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.printing import print_lines
from grader.course import course_root, load_course
from grader.course.model import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from grader.course import Track


@click.command()
@options.COURSE
def stages(course: Path | None) -> int:
    """List the course: tracks, what each asks of your program, stages and their points."""
    loaded = load_course(course or course_root())
    lines = [loaded.title]
    wide = [
        max(len(text) for text in texts)
        for texts in zip(*((it.slug, it.title) for it in loaded.stages), strict=True)
    ]
    for track in loaded.tracks:
        lines += ["", f"{track.slug}: {track.title}"]
        lines += [f"      {line}" for line in _contract(track)]
        lines += [
            f"{it.number:4}  {it.slug:<{wide[0]}} {it.title:<{wide[1]}} {it.max_points():3} points"
            for it in track.stages
        ]
    print_lines(lines)
    return 0


def _contract(track: Track) -> list[str]:
    """What a program of this track is started with, where it listens, and what it builds on."""
    ports = _unique(f"{it.launch.port}/{it.launch.transport}" for it in track.stages)
    started = _unique(
        " ".join(it.launch.arguments).replace(DIRECTORY, "DIR") for it in track.stages
    )
    given = [words for words in started if words]
    ways = [
        *(["without arguments"] if "" in started else []),
        *([f"with {_or(given)}"] if given else []),
    ]
    within = {stage.slug for stage in track.stages}
    needed = _unique(name for it in track.stages for name in it.requires if name not in within)
    lines = [f"listens on {_or(ports)}; started {_or(ways)}"]
    return [*lines, f"builds on {', '.join(needed)}"] if needed else lines


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _or(texts: Iterable[str]) -> str:
    *first, last = texts
    return f"{', '.join(first)} or {last}" if first else last
