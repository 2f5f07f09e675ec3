"""`grade show`: the page of a stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.commands.selection import select
from grader.course import course_root, load_course, page_text

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("stage")
@options.COURSE
def show(stage: str, course: Path | None) -> int:
    """Print the page of a stage."""
    for found in select(load_course(course or course_root(), only=()), stages=[stage]):
        click.echo(page_text(found))
    return 0
