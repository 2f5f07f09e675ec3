"""`grade stages`: the course as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.printing import print_lines
from grader.course import course_root, load_course

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.COURSE
def stages(course: Path | None) -> int:
    """List the course: tracks, stages and their points."""
    loaded = load_course(course or course_root())
    lines = [loaded.title]
    for track in loaded.tracks:
        lines += ["", f"{track.slug}: {track.title}"]
        lines += [
            f"{it.number:4}  {it.slug:<14} {it.title:<32} {it.max_points():3} points"
            for it in track.stages
        ]
    print_lines(lines)
    return 0
