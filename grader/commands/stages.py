"""`grade stages`: the course as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.course import course_root, load_course

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@options.COURSE
def stages(course: Path | None) -> int:
    """List the course: tracks, stages and their points."""
    loaded = load_course(course or course_root())
    click.echo(loaded.title)
    for track in loaded.tracks:
        click.echo(f"\n{track.slug}: {track.title}")
        for stage in track.stages:
            click.echo(
                f"{stage.number:4}  {stage.slug:<14} {stage.title:<32} {stage.max_points():3}"
                " points"
            )
    return 0
