"""One run from start to end: puts it together, streams its events, and leaves nothing behind."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from grader import __version__, own_memory
from grader.check.declaration import Level
from grader.course import Course, Stage, course_version, load_checks
from grader.course.load import PACKAGE
from grader.isolation import IsolationLevel, Needs, best, enter
from grader.isolation.allowance import require
from grader.isolation.scratch import home_in, scratch_directory
from grader.limits import Limits, changed
from grader.program.environment import submission_environment
from grader.program.find import Submission
from grader.report.model import Environment, Event, Isolation, RunHeader, RunStarted
from grader.system.processes import require_processes

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from grader.comparing.saved import Case
    from grader.engine.runner import RunPlan


RunPlace = tuple[IsolationLevel, Path, Limits]
"""Where a run takes place: what contains it, a scratch directory, and what the program may use."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade. sandbox: "auto", "off" or a level's name. require_sandbox: grade nothing that
    is not contained. limits: instead of the course's, each as NAME=VALUE. host_network: let the
    program's port be reached from outside of the run. beside_others: grade nothing on a level
    without a network of its own. again: the words behind `grade launch --stage X` that start the
    same program. without_advice: the stages of which only the required checks are asked. hidden:
    what the program must not see, besides the grader and the course, by real path. The rest as in
    `runner.Plan`."""

    seed: int
    strict: bool = False
    keep_going: bool = False
    port: int | None = None
    timeout_scale: float = 1.0
    sandbox: str = "auto"
    fresh: bool = False
    require_sandbox: bool = False
    limits: tuple[str, ...] = ()
    host_network: bool = False
    beside_others: bool = False
    again: tuple[str, ...] = ()
    without_advice: frozenset[str] = frozenset()
    hidden: tuple[Path, ...] = ()


@contextmanager
def grading(
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    options: Options,
    saved: Sequence[Case] = (),
) -> Iterator[Iterator[Event]]:
    """The events of one run, as they happen. Leaving the context stops everything that was started.

    saved: cases that are judged, too, each as a piece of advice in its stage.
    """
    with contained(course, stages, submission, options) as place:
        events = events_in(place, course, stages, submission, options, saved)
        with closing(events):
            yield events


@contextmanager
def contained(
    course: Course, stages: Sequence[Stage], submission: Submission, options: Options
) -> Iterator[RunPlace]:
    """The best way to contain the submission that this machine allows and the options ask for, a
    scratch directory that is gone afterwards, and what the program may use, as far as the machine
    allows it. Raises `UsageError` and `MachineError`."""
    with (
        chosen(course, stages, submission, submission.named, options) as place,
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
    options: Options,
) -> Iterator[RunPlace]:
    """The same, tried and not entered; submission: None for any that is started by this command."""
    require_processes()
    limits, less = require(limits_of(course, stages, options))
    directory = submission.directory if submission else None
    with scratch_directory() as scratch:
        needs = needs_of(directory, command, course.root, scratch)
        needs = replace(
            needs, hidden=_hidden(course, options), limits=limits, host_network=options.host_network
        )
        if submission is not None:
            needs = replace(needs, interpreters=submission.interpreters, alone=submission.alone)
        required, beside_others = options.require_sandbox, options.beside_others
        level = best(
            options.sandbox, scratch, needs, required=required, beside_others=beside_others
        )
        level.weaknesses = (*level.weaknesses, *less)
        yield level, scratch, limits


def needs_of(
    directory: Path | None, command: Sequence[str], course_root: Path, scratch: Path
) -> Needs:
    """What a submission needs to be there, and what it must not see, by which the levels are
    tried."""
    environment = submission_environment(os.environ, str(home_in(scratch)))
    hidden = PACKAGE, course_root.resolve()
    return Needs(directory, tuple(command), environment, hidden)


def _hidden(course: Course, options: Options) -> tuple[Path, ...]:
    """What the program must not see: the grader, the course, and what else is said."""
    return (PACKAGE, course.root.resolve(), *options.hidden)


def limits_of(course: Course, stages: Sequence[Stage], options: Options) -> Limits:
    """What the program may use: what the track says, and the options instead of it. Raises
    `UsageError`."""
    return changed(course.track(stages[0].track).limits, options.limits)


def saved_cases(submission: Submission) -> tuple[Sequence[Case], Sequence[str]]:
    """The cases saved beside the submission, and a sentence for each that is of no use."""
    if not os.path.lexists(submission.directory / ".grade"):
        return (), ()
    from grader.comparing.saved_folder import read_cases

    return read_cases(submission.directory)


def events_in(
    place: RunPlace,
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    options: Options,
    saved: Sequence[Case] = (),
) -> Generator[Event, None, None]:
    """The events of a run in a place that `contained` has made; close the generator to end it.

    What is known at once comes first: the rest of the grader loads while the learner reads that
    line.
    """
    level, scratch, limits = place
    header = header_of(course, submission, options, level, limits)
    yield started(header, stages)
    from grader.engine.runner import Runner
    from grader.program.launch import Launcher
    from grader.program.reference import Reference
    from grader.program.served_directory import served_name
    from grader.system.sockets import SocketTable

    plan = _plan(header, _loaded(stages, course, options, saved), options)
    with_files = [stage.launch for stage in stages if stage.launch.needs_directory]
    launch = with_files[0] if saved and with_files else None
    with SocketTable() as sockets, Reference(course, scratch, sockets, launch) as reference:
        # else it is out of sight, and starts while the submission does
        if not level.private_network:
            reference.seclude()
        served, hidden = served_name(options.seed), _hidden(course, options)
        launcher = Launcher(
            submission, level, scratch, sockets, limits, served=served, hidden=hidden
        )
        yield from Runner(plan, launcher, reference, sockets).events()


def _plan(header: RunHeader, stages: Sequence[Stage], options: Options) -> RunPlan:
    from grader.engine.runner import RunPlan

    return RunPlan(
        header,
        stages,
        options.keep_going,
        options.port,
        options.timeout_scale,
        options.fresh,
        options.again,
    )


def _loaded(
    stages: Sequence[Stage], course: Course, options: Options, saved: Sequence[Case]
) -> list[Stage]:
    """The stages with their checks and the saved cases; some with their required checks alone."""
    loaded = [load_checks(stage) for stage in stages]
    if saved:
        from grader.comparing.replay import with_cases

        loaded = [with_cases(stage, course, saved) for stage in loaded]
    return [
        replace(stage, declared=stage.checks_at(Level.REQUIRED))
        if stage.slug in options.without_advice
        else stage
        for stage in loaded
    ]


def started(header: RunHeader, stages: Sequence[Stage]) -> RunStarted:
    """How a run of these stages begins."""
    return RunStarted(header, tuple((stage.number, stage.slug, stage.title) for stage in stages))


def refused(course: Course, stages: Sequence[Stage], path: str, options: Options) -> RunStarted:
    """How the run of a submission begins that cannot be started."""
    limits = limits_of(course, stages, options)
    return started(header_of(course, Submission(path, Path(), ()), options, None, limits), stages)


def header_of(
    course: Course,
    submission: Submission,
    options: Options,
    level: IsolationLevel | None,
    limits: Limits,
) -> RunHeader:
    """What is known of a run before anything is judged. level: None if nothing will be launched."""
    machine = os.uname()
    return RunHeader(
        course.slug,
        course.title,
        submission.path,
        submission.command,
        Environment(
            __version__,
            sys.version.split()[0],
            f"{machine.sysname} {machine.release} {machine.machine}",
            Isolation(level.name, level.weaknesses) if level else Isolation("none"),
            options.seed,
            options.strict,
            limits,
        ),
        datetime.now(UTC).isoformat(timespec="milliseconds"),
        course_version(course.root),
    )
