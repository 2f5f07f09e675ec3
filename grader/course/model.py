"""A course as frozen values: tracks, stages, what each one launches, waits for and is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import field
from msgspec.structs import replace

from grader.budgets import Budgets
from grader.check.declaration import Check, Level
from grader.course.protocols import HTTP1, TCP
from grader.limits import Limits
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

COURSE_FILE = "stages.yaml"
STAGES_FOLDER = "stages"
PAGE_FILE = "README.md"
CHECKS_FILE = "checks.py"
CHECKS_FOLDER = "checks"  # in place of it, where one file would be too long
DIRECTORY = "{directory}"  # in a launch argument: the fresh directory that the program is given

PYTHON = "{python}"  # in the reference's command: the interpreter that runs the grader
SOCKET = "{socket}"  # there, too: the path of the Unix socket that it has to listen on
REFERENCE = (PYTHON, "-m", "reference", "--unix", SOCKET)

BUDGET_NAMES = Budgets.__struct_fields__


class Launch(Value, frozen=True):
    """How a submission is started: the port to listen on, and the arguments after its command.

    transport: of the port, "tcp" or "udp". fixtures: (name, folder) of files that the program is
    given a fresh copy of: `{name}` in an argument is where.
    """

    port: int
    arguments: tuple[str, ...] = ()
    transport: str = TCP
    fixtures: tuple[tuple[str, Path], ...] = ()

    @property
    def needs_directory(self) -> bool:
        """Whether the program is given files, so that a fresh directory has to be made first."""
        return bool(self.fixtures) or any(DIRECTORY in argument for argument in self.arguments)

    def arguments_for(self, directory: Path) -> tuple[str, ...]:
        """The arguments with `{directory}` replaced, and each fixture's name by its place beside
        that.

        >>> Launch(4221, ("--directory", "{directory}")).arguments_for(Path("/tmp/x"))
        ('--directory', '/tmp/x')
        """
        places = {DIRECTORY: str(directory)}
        places |= {f"{{{name}}}": str(directory.parent / name) for name, _ in self.fixtures}
        return tuple(_filled(argument, places) for argument in self.arguments)


def _filled(argument: str, places: Mapping[str, str]) -> str:
    for placeholder, place in places.items():
        argument = argument.replace(placeholder, place)
    return argument


class Stage(Value, frozen=True):
    """One stage of a course.

    number: its position over all tracks, counted from 1. track: its track's slug. page: its
    README.md. protocol: what its checks speak, a name in `PROTOCOLS`. points: what stages.yaml says
    of single checks, by name; every other one is worth 1. declared: its checks in the order of
    their definitions, or None as long as nobody has loaded them. narrowed: whether these are some
    of its checks, chosen one by one; then the first of them is not the ordinary case that the
    others need.
    """

    number: int
    slug: str
    title: str
    track: str
    requires: tuple[str, ...]
    launch: Launch
    budgets: Budgets
    page: Path
    points: Mapping[str, int] = field(default_factory=dict)
    declared: tuple[Check, ...] | None = None
    protocol: str = HTTP1
    narrowed: bool = False

    def __hash__(self) -> int:
        """Not of its points, which have none."""
        return hash((self.number, self.slug))

    @property
    def checks(self) -> tuple[Check, ...]:
        """Its checks, in order. A LookupError before `load_checks`: a stage without checks would
        pass."""
        if self.declared is None:
            raise LookupError(f"the checks of stage {self.slug!r} are not loaded")
        return self.declared

    @property
    def folder(self) -> Path:
        return self.page.parent

    @property
    def checks_files(self) -> tuple[Path, ...]:
        """What declares its checks, in order: checks.py, or of a folder checks/ the __init__.py and
        then the others."""
        others = sorted((self.folder / CHECKS_FOLDER).glob("[!_]*.py"))
        first = self.folder / CHECKS_FOLDER / "__init__.py"
        return (first, *others) if others or first.is_file() else (self.folder / CHECKS_FILE,)

    def checks_at(self, level: Level) -> tuple[Check, ...]:
        """Its checks of one level, in order."""
        return tuple(check for check in self.checks if check.level is level)

    def narrowed_to(self, names: Collection[str]) -> Stage:
        """The stage with no checks but those of these names."""
        chosen = tuple(check for check in self.checks if check.name in names)
        return replace(self, declared=chosen, narrowed=True)

    def points_of(self, check: Check, strict: bool = False) -> int:
        """What passing `check` is worth; advice is worth nothing unless it counts as required."""
        if check.level is Level.ADVICE and not strict:
            return 0
        return self.points.get(check.name, 1)

    def max_points(self, strict: bool = False) -> int:
        """What passing all of its checks is worth."""
        return sum(self.points_of(check, strict) for check in self.checks)


class Track(Value, frozen=True):
    """An ordered part of a course with one launch contract. limits: what a submission may use of
    the machine. comparison: the folder in stages/ with what compares it with the reference, or
    empty."""

    slug: str
    title: str
    stages: tuple[Stage, ...]
    limits: Limits = field(default_factory=Limits)
    comparison: str = ""


class Course(Value, frozen=True):
    """A course: a directory (`root`) with stages.yaml and stages/. reference: the command that
    starts its reference there. wrong, right: the folders with the programs that prove the checks,
    by their paths below it; they need not be there."""

    slug: str
    title: str
    tracks: tuple[Track, ...]
    root: Path
    reference: tuple[str, ...] = REFERENCE
    wrong: str = "wrong"
    right: str = "right"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of all tracks, in order: the one at index 0 has number 1."""
        return tuple(stage for track in self.tracks for stage in track.stages)

    def stage(self, slug: str) -> Stage:
        """The stage called `slug`; KeyError when there is none."""
        return {stage.slug: stage for stage in self.stages}[slug]

    def track(self, slug: str) -> Track:
        """The track called `slug`; KeyError when there is none."""
        return {track.slug: track for track in self.tracks}[slug]
