"""The command that grades a class: what it needs is there before anything starts, and what became
of each is written whatever happens."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, TextIO

from grader.engine.run import chosen
from grader.errors import GraderError, UsageError
from grader.isolation import bounded
from grader.isolation.remedies import ways_to_unlock
from grader.isolation.scratch import scratch_directory, sweep
from grader.jobs import neighbours
from grader.jobs.class_run import ClassEntry, ClassRun
from grader.jobs.class_screen import ClassScreen, Concurrency
from grader.jobs.gradebook import gradebook
from grader.jobs.names import names
from grader.jobs.places import prove_writable, report_places
from grader.jobs.processes import ProcessPool
from grader.jobs.results import ClassResult, exit_code
from grader.jobs.worker import ahead_of
from grader.program.interpreter import interpreter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.jobs.class_run import Assignment
    from grader.text.style import Style


def grade_class(assignment: Assignment, paths: Sequence[str], stream: TextIO, style: Style) -> int:
    """Grade all submissions and write to `stream` what became of them; the exit code. Raises
    UsageError before anything starts, and KeyboardInterrupt when all is written after an
    interruption."""
    if assignment.python is not None:
        interpreter(assignment.python)
    entries = _entries(assignment, paths)
    limit_s = assignment.whole.limit_s(assignment.settings.timeout_scale)
    screen = ClassScreen(stream, style, [entry.name for entry in entries])
    with ExitStack() as stack:
        crowding = _crowding(assignment, entries)
        stack.callback(sweep)  # after one that was killed
        place = stack.enter_context(scratch_directory())
        pool = stack.enter_context(
            ProcessPool(
                limit_s=limit_s,
                orphans=not crowding.level.private_network,
                ahead=ahead_of(assignment.course, [stage.slug for stage in assignment.stages]),
            )
        )
        room = ClassRun(assignment, entries, crowding.level, pool, screen, place)
        screen.open(room.started(""), crowding)
        try:
            interrupted = room.grade(crowding.at_once)
        finally:
            fault = _write_summary(assignment, entries, room.results)
        screen.close(room.results, assignment.settings.seed, interrupted=interrupted)
    if interrupted:
        raise KeyboardInterrupt
    if fault is not None:
        raise fault
    return exit_code(room.results)


def _entries(assignment: Assignment, paths: Sequence[str]) -> list[ClassEntry]:
    """The class, once it is known that everything about it can be written."""
    called = names(paths)
    places = report_places(assignment.reports, called)
    prove_writable(places, assignment.whole.gradebook)
    written = [spec.destination.target for specs in places for spec in specs]
    written += [assignment.whole.gradebook.target] if assignment.whole.gradebook else []
    told = neighbours.neighbours(paths, filter(None, written))
    return [ClassEntry(*whose) for whose in zip(called, paths, places, told, strict=True)]


def _crowding(assignment: Assignment, entries: Sequence[ClassEntry]) -> Concurrency:
    """How many at a time, by what this machine is found to allow a submission in Python."""
    settings = assignment.settings
    with chosen(
        assignment.course, assignment.stages, None, _command(assignment.python), settings
    ) as (tried, _, limits):
        level = bounded(tried)
    port = settings.port or assignment.stages[0].launch.port
    ways = () if level.private_network else ways_to_unlock()
    alone = sum(bool(entry.neighbours.alone) for entry in entries)
    return Concurrency(
        assignment.whole.at_once(limits).at_most(len(entries)),
        level,
        settings.sandbox,
        port,
        ways,
        alone,
    )


def _command(python: str | None) -> tuple[str, ...]:
    """How most submissions are started."""
    try:
        return (interpreter(python or "python3"),)
    except UsageError:  # perhaps nobody needs one
        return ()


def _write_summary(
    assignment: Assignment, entries: Sequence[ClassEntry], results: Sequence[ClassResult]
) -> GraderError | None:
    """Write the gradebook, if one was asked for; what is wrong with that is said when everything
    else has been."""
    if not (summary := assignment.whole.gradebook):
        return None
    rows = ((entry.name, entry.path, found) for entry, found in zip(entries, results, strict=True))
    try:
        summary.write(gradebook(rows, assignment.settings.seed))
    except GraderError as error:
        return error
    return None
