"""One run from start to end: puts together what grading needs, streams its events, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader import __version__
from grader.course import Course, Stage, load_checks
from grader.interruption import held
from grader.isolation import Rung, choose
from grader.report import Environment, Event, Header, Isolation, RunStarted
from grader.submission.find import Submission


@dataclass(frozen=True, slots=True)
class Options:
    """How to grade. sandbox: "auto", "off" or a rung's name; the rest as in `runner.Plan`."""

    seed: int
    strict: bool = False
    keep_going: bool = False
    port: int | None = None
    timeout_scale: float = 1.0
    sandbox: str = "auto"


@contextmanager
def grading(
    course: Course, stages: Sequence[Stage], submission: Submission, options: Options
) -> Iterator[Iterator[Event]]:
    """The events of one run, as they happen. Leaving the context stops everything that was started."""
    with ExitStack() as stack:
        with held():
            scratch = Path(tempfile.mkdtemp(prefix="grade-", dir=_place()))
            stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        rung = choose(options.sandbox, scratch)
        stack.callback(rung.leave)
        events = _events(course, stages, submission, options, rung, scratch)
        stack.callback(events.close)
        yield events


def _events(
    course: Course, stages: Sequence[Stage], submission: Submission, options: Options, rung: Rung, scratch: Path
) -> Generator[Event, None, None]:
    """What is known at once comes first: the rest of the grader loads while the learner reads that line."""
    header = _header(course, submission, options, rung)
    yield RunStarted(header, tuple((stage.number, stage.slug, stage.title) for stage in stages))
    from grader.kernel.sockets import SocketTable
    from grader.oracle import Oracle
    from grader.runner import Plan, Runner
    from grader.submission.launch import Launcher

    with SocketTable() as sockets, Oracle(course.root, scratch, sockets) as oracle:
        plan = Plan(
            header,
            [load_checks(stage) for stage in stages],
            options.keep_going,
            options.port,
            options.timeout_scale,
        )
        yield from Runner(plan, Launcher(submission, rung, scratch, sockets), oracle, sockets).events()


def _place() -> str | None:
    """Where the scratch directory goes: not so deep that a Unix socket in it has too long a name (108 bytes)."""
    return "/tmp" if len(os.fsencode(tempfile.gettempdir())) > 60 else None


def _header(course: Course, submission: Submission, options: Options, rung: Rung) -> Header:
    machine = os.uname()
    return Header(
        course.slug,
        course.title,
        submission.path,
        submission.command,
        Environment(
            __version__,
            sys.version.split()[0],
            f"{machine.sysname} {machine.release} {machine.machine}",
            Isolation(rung.name, rung.loses),
            options.seed,
            options.strict,
        ),
        datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
