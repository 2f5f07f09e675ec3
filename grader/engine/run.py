"""One run from start to end: puts it together, streams its events, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from grader import __version__, own_memory
from grader.course import Course, Stage, course_version
from grader.course.load import PACKAGE
from grader.engine.ahead import Ahead
from grader.engine.checks_of_run import compares, with_checks
from grader.isolation import IsolationLevel, Needs, best, enter
from grader.isolation.allowance import require
from grader.isolation.scratch import home_in, scratch_directory
from grader.limits import Limits, changed
from grader.program.environment import submission_environment
from grader.program.submission import Submission
from grader.report.model import Environment, Event, Isolation, RunHeader, RunStarted
from grader.system.processes import require_processes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from grader.comparing.case import Case
    from grader.comparing.comparison import AnyComparison
    from grader.engine.settings import RunSettings
    from grader.program.host import Host
    from grader.program.reference import Reference
    from grader.system.sockets import SocketTable


_LAUNCHES: Final = (
    "grader.system.sockets", "grader.program.host", "grader.program.launch",
    "grader.program.reference", "grader.engine.runner",
)  # fmt: skip

RunPlace = tuple[IsolationLevel, Path, Limits]
"""Where a run takes place: what contains it, a scratch directory, and what the program may use."""


@contextmanager
def grading(
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    settings: RunSettings,
    saved: Sequence[Case[Any]] = (),
    version: str = "",
) -> Iterator[Iterator[Event]]:
    """The events of one run, as they happen. Leaving the context stops everything that was started.

    saved: cases that are judged, too, each as a piece of advice in its stage. version: of
    the course, if it is known already.
    """
    with contained(course, stages, submission, settings) as place:
        ahead = Ahead(version, None)
        events = events_in(place, course, stages, submission, settings, saved, ahead)
        with closing(events):
            yield events


@contextmanager
def contained(
    course: Course, stages: Sequence[Stage], submission: Submission, settings: RunSettings
) -> Iterator[RunPlace]:
    """The best way to contain the submission that this machine allows and the settings ask for, a
    scratch directory that is gone afterwards, and what the program may use, as far as the machine
    allows it. Raises `UsageError` and `MachineError`."""
    with (
        chosen(course, stages, submission, submission.named, settings) as place,
        ExitStack() as stack,
    ):
        # before it is entered: Ctrl-C can come in the middle of that
        stack.callback(place[0].leave)
        enter(place[0])
        stack.enter_context(own_memory.bounded())
        yield place


@contextmanager
def chosen(
    course: Course,
    stages: Sequence[Stage],
    submission: Submission | None,
    command: Sequence[str],
    settings: RunSettings,
) -> Iterator[RunPlace]:
    """The same, tried and not entered; submission: None for any that is started by this command."""
    require_processes()
    limits, less = require(limits_of(course, stages, settings))
    directory = submission.directory if submission else None
    with scratch_directory() as scratch:
        needs = needs_of(directory, command, course.root, scratch)
        hidden, network = _hidden(course, settings), settings.host_network
        needs = replace(needs, hidden=hidden, limits=limits, host_network=network)
        if submission is not None:
            needs = replace(needs, interpreters=submission.interpreters, alone=submission.alone)
            needs = replace(needs, known_as=submission.known_as)
        required, beside_others = settings.require_sandbox, settings.beside_others
        level = best(
            settings.sandbox, scratch, needs, required=required, beside_others=beside_others,
            meanwhile=_load_what_launches,
        )  # fmt: skip
        level.weaknesses = (*level.weaknesses, *less)
        yield level, scratch, limits


def _load_what_launches() -> None:
    """What `events_in` needs next. The checks wait until the program starts beside them."""
    for name in _LAUNCHES:
        import_module(name)


def needs_of(
    directory: Path | None, command: Sequence[str], course_root: Path, scratch: Path
) -> Needs:
    """What a submission needs to be there, and what it must not see, by which the levels are
    tried."""
    environment = submission_environment(os.environ, str(home_in(scratch)))
    hidden = PACKAGE, course_root.resolve()
    return Needs(directory, tuple(command), environment, hidden)


def _hidden(course: Course, settings: RunSettings) -> tuple[Path, ...]:
    """What the program must not see: the grader, the course, and what else is said."""
    return (PACKAGE, course.root.resolve(), *map(Path, settings.hidden))


def limits_of(course: Course, stages: Sequence[Stage], settings: RunSettings) -> Limits:
    """What the program may use: what the track says, and the settings instead of it. Raises
    `UsageError`."""
    return changed(course.track(stages[0].track).limits, settings.limits)


def saved_cases(
    course: Course, submission: Submission
) -> tuple[Sequence[Case[Any]], Sequence[str]]:
    """The cases saved beside the submission, and a sentence for each that is of no use."""
    if not os.path.lexists(submission.directory / ".grade"):
        return (), ()
    from grader.comparing.saved_folder import read_cases

    def comparisons() -> Sequence[AnyComparison]:
        from grader.comparing.load import comparison_of

        found = dict.fromkeys(comparison_of(course, track) for track in course.tracks)
        return [it for it in found if it is not None]

    return read_cases(submission.directory, comparisons)


def events_in(
    place: RunPlace,
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    settings: RunSettings,
    saved: Sequence[Case[Any]] = (),
    ahead: Ahead | None = None,
) -> Generator[Event, None, None]:
    """The events of a run in a place that `contained` has made; close the generator to end it.
    ahead: what `begun_ahead` has begun.

    What is known at once comes first. Much of the grader loads while the sandbox is tried, and the
    checks while the program starts.
    """
    level, _, limits = place
    version = ahead.version if ahead is not None else ""
    header = header_of(course, submission, settings, level, limits, version)
    yield started(header, stages)
    from grader.system.sockets import SocketTable

    with (
        SocketTable() as sockets,
        _reference(place, course, stages, sockets, ahead, with_files=bool(saved)) as reference,
        _host(place, course, stages[0], submission, settings, sockets) as host,
    ):
        if level.private_network:
            host.begin()
        else:  # the reference is not out of sight
            reference.seclude()
        loaded = with_checks(stages, course, settings, saved)
        from grader.engine.runner import Runner, RunPlan

        yield from Runner(RunPlan(header, loaded, settings), host, reference).events()


def _host(
    place: RunPlace, course: Course, first: Stage, submission: Submission, settings: RunSettings,
    sockets: SocketTable,
) -> Host:  # fmt: skip
    """What will run the submission as this stage launches it."""
    from grader.program.host import Host
    from grader.program.launch import Launcher
    from grader.program.served_directory import served_name

    level, scratch, limits = place
    served, hidden = served_name(settings.seed), _hidden(course, settings)
    launcher = Launcher(submission, level, scratch, sockets, limits, served=served, hidden=hidden)
    return Host(launcher, *settings.contract(first), sockets)


def _reference(
    place: RunPlace,
    course: Course,
    stages: Sequence[Stage],
    sockets: SocketTable,
    ahead: Ahead | None,
    *,
    with_files: bool,
) -> Reference:
    """The reference; with files, it serves those of the first of these stages that has some, and
    the one that was begun ahead has none.

    It starts beside the program if it will be asked: most checks compare nothing with it. Without a
    process namespace it does so always: later it would be taken for one of the program's own.
    """
    from grader.program.reference import Reference

    if ahead is not None and ahead.reference is not None:
        if ahead.reference.runs and not with_files:
            return ahead.reference
        ahead.reference.leave()
    level, scratch, _ = place
    launches = [stage.launch for stage in stages if with_files and stage.launch.needs_directory]
    at_once = with_files or level.waiters == 0 or any(map(compares, stages))
    return Reference(
        course, scratch, sockets, launches[0] if launches else None, on_demand=not at_once
    )


def with_files(stages: Sequence[Stage]) -> Stage:
    """The last of the stages, of those with files if there are any: its launch serves for all."""
    return ([stage for stage in stages if stage.launch.needs_directory] or [*stages])[-1]


def started(header: RunHeader, stages: Sequence[Stage]) -> RunStarted:
    """How a run of these stages begins."""
    return RunStarted(header, tuple((stage.number, stage.slug, stage.title) for stage in stages))


def refused(
    course: Course, stages: Sequence[Stage], path: str, settings: RunSettings
) -> RunStarted:
    """How the run of a submission begins that cannot be started."""
    return announced(course, stages, Submission(path, Path(), ()), settings)


def announced(
    course: Course, stages: Sequence[Stage], submission: Submission, settings: RunSettings,
    version: str = "",
) -> RunStarted:  # fmt: skip
    """How a run begins, as far as that is known before a sandbox is tried: it says of none."""
    limits = limits_of(course, stages, settings)
    return started(header_of(course, submission, settings, None, limits, version), stages)


def header_of(
    course: Course,
    submission: Submission,
    settings: RunSettings,
    level: IsolationLevel | None,
    limits: Limits,
    version: str = "",
) -> RunHeader:
    """What is known of a run before anything is judged. level: None if nothing will be launched.
    version: of the course, if it is known already."""
    machine = os.uname()
    return RunHeader(
        course.slug,
        course.title,
        submission.path,
        tuple(map(submission.shown, submission.command)),
        Environment(
            __version__,
            sys.version.split()[0],
            f"{machine.sysname} {machine.release} {machine.machine}",
            Isolation(level.name, level.weaknesses) if level else Isolation("none"),
            settings.seed,
            settings.strict,
            limits,
            settings.checks,
            settings.repeat,
        ),
        datetime.now(UTC).isoformat(timespec="milliseconds"),
        version or course_version(course.root),
        submission.build.says if submission.build else "",
        submission.starts,
    )
