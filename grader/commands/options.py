"""The options that several commands of `grade` have, and what their values mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.check.random_inputs import new_seed
from grader.engine.settings import RunSettings
from grader.limits import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable


def number_from(least: float, most: float) -> Callable[[str], float]:
    """What reads a number between these two, both included."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = least - 1
        if not least <= value <= most:  # which NaN is not
            raise click.BadParameter(f"{text} is not a number from {least:g} to {most:g}")
        return value

    return read


_SETTINGS = frozenset(RunSettings.__struct_fields__)

UP_TO = click.option("--up-to", metavar="STAGE", help="Use all stages up to this one.")
TRACK = click.option(
    "--track",
    "tracks",
    multiple=True,
    metavar="NAME",
    help="Use this track instead of the first; repeatable (all: every track).",
)
SEED = click.option(
    "--seed", type=int, metavar="N", help="Repeat a run: the same seed sends the same bytes."
)
PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    metavar="N",
    help="The port that the program listens on (default: the course's).",
)
TIMEOUT_SCALE = click.option(
    "--timeout-scale",
    type=number_from(0.01, 1000),
    default=1.0,
    metavar="X",
    help="Multiply every time limit by X.",
)
PYTHON = click.option(
    "--python", metavar="PROGRAM", help="The interpreter for .py files (default: python3 on PATH)."
)
LIMIT = click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help=f"Change one of the course's limits ({', '.join(NAMES)}); repeatable.",
)
PROGRESS = click.option(
    "--progress/--no-progress",
    "progress",
    default=None,
    help=(
        "Record what passed in .grade/progress.json next to the program (default: if there is a"
        " .grade directory)."
    ),
)
COURSE = click.option(
    "--course",
    type=click.Path(path_type=Path),
    metavar="DIR",
    envvar="GRADE_COURSE",
    help="Use the course in DIR (or set GRADE_COURSE in the environment).",
)
NO_COLOR = click.option(
    "--no-color", is_flag=True, help="Use no colours (or set NO_COLOR in the environment)."
)
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="Show more details.")


def taken_settings(given: dict[str, Any], seed: int | None = None) -> RunSettings:
    """How to grade, taken out of the options that click has read: each by the name of its field.

    seed: where none is asked for; else it is one that nobody knows beforehand.
    """
    said = {name: given.pop(name) for name in _SETTINGS & given.keys()}
    asked = said.pop("seed")
    if asked is None:
        asked = new_seed() if seed is None else seed
    return RunSettings(asked, **said)
