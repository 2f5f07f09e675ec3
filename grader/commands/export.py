"""`grade export`: packs the grader for a system that grades elsewhere; replaces nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from grader.commands import options, sandbox
from grader.commands.selection import hidden, select
from grader.course import Course, course_root, load_checks, load_course
from grader.errors import UsageError
from grader.export.recipe import RESERVED_MIB, Gradescope, Recipe, autograder, image
from grader.limits import changed
from grader.reporters.formats.gradescope_metadata import VISIBILITIES
from grader.start.new_files import listed, write_new
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.course import Stage

AUTOGRADER = "gradescope-autograder"
IMAGE = "dockerfile"
_LONGEST = 40  # minutes, and what one submission may have of memory: what Gradescope offers
_LEAST_MIB = 64


@click.command()
@click.argument("kind", type=click.Choice([AUTOGRADER, IMAGE]), metavar="KIND")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Where it goes: a new zip file, or a new directory for dockerfile.",
)
@click.option("--stage", "stages", multiple=True, metavar="SEL", help="Grade only these stages.")
@options.UP_TO
@options.TRACK
@click.option("--strict", is_flag=True, help="Treat advice as required.")
@options.SEED
@options.TIMEOUT_SCALE
@click.option("--hide", multiple=True, metavar="advice|SEL", help="As `grade` takes it.")
@options.LIMIT
@sandbox.REQUIRE_SANDBOX
@click.option(
    "--minutes",
    type=click.IntRange(2, _LONGEST),
    metavar="N",
    help="The time limit of the assignment on Gradescope (default: 10).",
)
@click.option(
    "--memory",
    type=click.IntRange(RESERVED_MIB + _LEAST_MIB, 1 << 16),
    metavar="MIB",
    help="The memory of the container on Gradescope (default: 768).",
)
@click.option(
    "--visibility",
    type=click.Choice([*VISIBILITIES]),
    help="When learners see the tests on Gradescope (default: visible).",
)
@options.COURSE
def export(
    *,
    kind: str,
    out: Path,
    stages: tuple[str, ...],
    up_to: str | None,
    tracks: tuple[str, ...],
    strict: bool,
    seed: int | None,
    timeout_scale: float,
    hide: tuple[str, ...],
    limits: tuple[str, ...],
    require_sandbox: bool,
    minutes: int | None,
    memory: int | None,
    visibility: str | None,
    course: Path | None,
) -> int:
    """Pack the grader, with its course, for another system. KIND is gradescope-autograder (a zip
    file that Gradescope takes) or dockerfile (a directory that an image is built from).

    The options say what is graded there. All stages are graded, also after a failed one. A file
    that exists is never replaced.
    """
    loaded = load_course(course or course_root(), only=())
    chosen = select(loaded, stages=stages, up_to=up_to, tracks=tracks)
    hidden(loaded, hide)
    given = {"--stage": stages, "--up-to": up_to, "--track": tracks, "--hide": hide,
             "--limit": limits, "--seed": seed}  # fmt: skip
    words = _words(given, strict=strict, require_sandbox=require_sandbox, scale=timeout_scale)
    recipe = Recipe(words, None if course is None else loaded.root)
    settings = _settings(kind, minutes, memory, visibility)
    if kind == IMAGE:
        changed(loaded.track(chosen[0].track).limits, limits)
        _write_image(out, recipe)
    else:
        recipe = replace(recipe, words=(*words, *_memory_limit(loaded, chosen, limits, settings)))
        _write_autograder(out, recipe, settings, sum(_points(chosen, strict=strict)))
    return 0


def _words(
    given: Mapping[str, object], *, strict: bool, require_sandbox: bool, scale: float
) -> tuple[str, ...]:
    """The same options for `grade`."""
    words = ["--all"]
    for option, value in given.items():
        if value is not None:
            several = value if isinstance(value, tuple) else (value,)
            words += [f"{option}={one}" for one in several]
    words += ["--strict"] * strict + ["--require-sandbox"] * require_sandbox
    return (*words, *([f"--timeout-scale={scale:g}"] if scale != 1 else []))


def _settings(
    kind: str, minutes: int | None, memory: int | None, visibility: str | None
) -> Gradescope:
    given = {"minutes": minutes, "memory": memory, "visibility": visibility}
    asked = [f"--{name}" for name, value in given.items() if value is not None]
    if asked and kind != AUTOGRADER:
        raise click.UsageError(f"{listed(asked)} only {_works(asked)} with {AUTOGRADER}")
    default = Gradescope()
    return Gradescope(
        minutes or default.minutes, memory or default.memory_mib, visibility or default.visibility
    )


def _works(options: Sequence[str]) -> str:
    return "works" if len(options) == 1 else "work"


def _memory_limit(
    course: Course, stages: Sequence[Stage], given: Sequence[str], settings: Gradescope
) -> tuple[str, ...]:
    """What the container leaves for the submission, unless less is asked for. Raises
    `UsageError`."""
    limits = changed(course.track(stages[0].track).limits, given)
    room = settings.submission_mib
    if not any(re.match(r"memory=", one) for one in given):
        return (f"--limit=memory={min(room, limits.memory)}",)
    if limits.memory > room:
        raise UsageError(
            f"--limit memory={limits.memory} does not fit: of {settings.memory_mib} MiB, the"
            f" submission can have {room}; --memory says how much the container has"
        )
    return ()


def _points(stages: Sequence[Stage], *, strict: bool) -> list[int]:
    return [load_checks(stage).max_points(strict) for stage in stages]


def _write_autograder(out: Path, recipe: Recipe, settings: Gradescope, points: int) -> None:
    if not out.name:
        raise UsageError("--out needs the name of a file")
    write_new(out.parent, {out.name: autograder(recipe, settings)})
    click.echo(f"Wrote {printable(str(out))}. On Gradescope, in the settings of the assignment:\n")
    click.echo(f"  Autograder points   {points}")
    click.echo(f"  Container           {settings.memory_mib} MB of memory")
    click.echo(f"  Autograder timeout  {settings.minutes} minutes")
    click.echo("  Base image          Ubuntu 24.04, or else 22.04\n")
    click.echo("Then upload the file under Configure Autograder, and test it with a right server.")


def _write_image(out: Path, recipe: Recipe) -> None:
    write_new(out, image(recipe))
    shown = printable(str(out))
    click.echo(f"Wrote {shown}/Dockerfile and what it needs. Next:\n")
    click.echo(f"  docker build -t stage-grader {shown}")
    click.echo(
        '  docker run --rm --network none -v "$PWD/submission:/submission:ro" stage-grader\n'
    )
    click.echo("The Dockerfile says which option isolates better.")
