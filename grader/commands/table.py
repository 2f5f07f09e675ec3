"""The commands of `grade`: each by its name, in a module of that name, imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import Final

import click

from grader.value import Value

DEFAULT: Final = "grade"
"""The command that is meant where a command line names none."""

HELP: Final = "help"
"""`grade help COMMAND` is `grade COMMAND --help`."""


class Command(Value, frozen=True):
    """How a command is called after `grade`, and what it does in a few words: the overview shows
    this without importing the command.

    takes_program: whether a program's own command may follow after `--`.
    """

    usage: str
    does: str
    takes_program: bool = False


COMMANDS = {
    "stages": Command("stages", "list the course"),
    "show": Command("show [STAGE]", "print a stage's page"),
    "init": Command("init [DIR]", "write a first program that passes stage 1"),
    "watch": Command("watch [SUBMISSION]", "grade on every save", takes_program=True),
    "launch": Command(
        "launch --stage N [SUBMISSION]",
        "run it as a stage does, and try it by hand",
        takes_program=True,
    ),
    "status": Command("status [SUBMISSION]", "show your progress and what is next"),
    "reset": Command("reset [SUBMISSION]", "forget your progress"),
    "doctor": Command("doctor", "show what this machine offers for grading"),
    "fuzz": Command(
        "fuzz [SUBMISSION]", "compare it with the reference by random requests", takes_program=True
    ),
    "ask": Command(
        "ask REQUEST [SUBMISSION]",
        "send one request to it and to the reference",
        takes_program=True,
    ),
    "bench": Command(
        "bench [SUBMISSION]", "measure it under load, beside the reference", takes_program=True
    ),
    "book": Command("book PATH", "show the kept results of a class, and export them"),
    "similar": Command("similar SUBMISSIONS...", "show which submissions have code in common"),
    "export": Command("export KIND --out PATH", "pack the grader for Gradescope or a container"),
    "completion": Command("completion SHELL", "print a script for TAB in bash, zsh or fish"),
    "new-stage": Command("new-stage SLUG --track NAME", "begin a stage of a course that you write"),
}


def load(name: str) -> click.Command:
    """The command of this name: `name` in grader/commands/<name>.py, with _ for each dash."""
    attribute = name.replace("-", "_")
    command = getattr(import_module(f"grader.commands.{attribute}"), attribute)
    assert isinstance(command, click.Command)
    return command


def overview() -> str:
    """The commands as a paragraph of `grade --help`, which click leaves as it is."""
    lines = ["\b", "Other commands (grade help COMMAND says more):"]
    for command in COMMANDS.values():
        lines += [f"  grade {command.usage:<29} {command.does}"]
    lines += ["--course, --no-color and -v work before and after a command."]
    return "\n".join(lines)
