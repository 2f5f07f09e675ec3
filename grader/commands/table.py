"""The commands beside `grade SUBMISSION` itself: each by its name, and loaded when it is called."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click

from grader.commands.selection import select
from grader.course import course_root, load_course, page_text


@dataclass(frozen=True, slots=True)
class Command:
    """A command: how it is called after `grade`, what it does in a few words, and where it is
    found.

    place: module and attribute, with a colon between; importing it is what a run without it does
    not wait for. takes_program: whether a program's own command may follow after `--`.
    """

    usage: str
    does: str
    place: str
    takes_program: bool = False

    def load(self) -> click.Command:
        module, _, attribute = self.place.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


COMMANDS = {
    "stages": Command("stages [--course DIR]", "list the course", "grader.commands.table:stages"),
    "show": Command(
        "show STAGE [--course DIR]", "print a stage's page", "grader.commands.table:show"
    ),
    "init": Command(
        "init [DIR]",
        "begin: a program that passes stage 1, and its page",
        "grader.commands.init:init",
    ),
    "watch": Command(
        "watch [SUBMISSION]",
        "grade on every save",
        "grader.commands.watch:watch",
        takes_program=True,
    ),
    "launch": Command(
        "launch --stage N SUBMISSION",
        "run it as a stage would, for a client by hand",
        "grader.commands.launch:launch",
        takes_program=True,
    ),
    "status": Command(
        "status [SUBMISSION]",
        "show what is done and what is next",
        "grader.commands.progress:status",
    ),
    "reset": Command("reset [SUBMISSION]", "forget what is done", "grader.commands.progress:reset"),
    "doctor": Command(
        "doctor",
        "what this machine offers, and how to have more of it",
        "grader.commands.doctor:doctor",
    ),
    "fuzz": Command(
        "fuzz SUBMISSION",
        "compare with the reference, request after request",
        "grader.commands.fuzz:fuzz",
        takes_program=True,
    ),
}


def overview() -> str:
    """The commands as a paragraph of `grade --help`, which click leaves as it is."""
    lines = ["\b", "Other commands (grade COMMAND --help):"]
    for command in COMMANDS.values():
        lines += [f"  grade {command.usage:<28} {command.does}"]
    return "\n".join(lines)


@click.command()
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR")
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


@click.command()
@click.argument("stage")
@click.option("--course", type=click.Path(path_type=Path), metavar="DIR")
def show(stage: str, course: Path | None) -> int:
    """Print the page of a stage."""
    for found in select(load_course(course or course_root(), only=()), stages=[stage]):
        click.echo(page_text(found))
    return 0
