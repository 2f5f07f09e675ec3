"""`grade new-stage`: the first files of a stage, in a course that one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands import options
from grader.course import course_root
from grader.start.new_files import listed
from grader.start.new_stage import NewStage, write_stage

if TYPE_CHECKING:
    from pathlib import Path


@click.command("new-stage")
@click.argument("slug")
@click.option("--track", metavar="NAME", required=True, help="The track that it belongs to.")
@click.option("--title", metavar="TEXT", help="Its title (default: the words of SLUG).")
@click.option(
    "--after", metavar="STAGE", help="Put it after this stage (default: the last of the track)."
)
@click.option(
    "--requires",
    multiple=True,
    metavar="STAGE",
    help="What it builds on (default: the stage before it); repeatable.",
)
@options.COURSE
def new_stage(
    *,
    slug: str,
    track: str,
    title: str | None,
    after: str | None,
    requires: tuple[str, ...],
    course: Path | None,
) -> int:
    """Begin a stage SLUG in a course: an entry in stages.yaml, a page, one check, and a program
    that fails it.

    A file that exists is never replaced: then nothing is written. docs/course-author.md says how to
    go on.
    """
    words = slug.replace("-", " ").capitalize() if title is None else title
    new = NewStage(slug, words, track, after, requires or None)
    written, files = write_stage(course or course_root(), new)
    stage = written.stage(slug)
    where = "" if course is None else f" --course {click.format_filename(course)}"
    click.echo(f"Wrote {listed(files)}.")
    click.echo(f"stages.yaml has it as stage {stage.number} of the course. Next:\n")
    click.echo("  1. Write the checks and the page.")
    click.echo("  2. Make the reference and the right programs answer what the stage asks for.")
    click.echo(f"  3. grade --check-course --write{where}   lists the checks on the page")
    click.echo(f"  4. grade --check-course --try{where}     tries every right and wrong program")
    return 0
