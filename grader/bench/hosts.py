"""Puts a bench together in the place of a run: what launches each server, and what loads it."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from grader.bench.forms import forms
from grader.bench.generator import Generator
from grader.bench.plan import YOURS
from grader.bench.probe import Probe
from grader.bench.run import Bench
from grader.engine.run import with_files
from grader.net.protocol import protocol_of
from grader.program.host import Host
from grader.program.launch import Launcher
from grader.program.reference import Reference
from grader.program.served_directory import served_name
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.bench.plan import BenchPlan, Turn
    from grader.bench.tools import LoadTool
    from grader.course import Course
    from grader.engine.run import RunPlace
    from grader.engine.settings import RunSettings
    from grader.program.submission import Submission


@contextmanager
def bench_in(
    place: RunPlace,
    course: Course,
    submission: Submission,
    settings: RunSettings,
    plan: BenchPlan,
    tool: tuple[LoadTool, str],
    python: str | None,
    tell: Callable[[Turn], None],
) -> Iterator[Bench]:
    """A bench in a place that `contained` has made. Leaving the context stops what runs.

    The forms of the reference are launched on the level of the submission, and in its network:
    only one server runs at a time. tool: with the path of its program. python: the interpreter of
    the forms, or None. tell: as of `Bench`.
    """
    level, scratch, limits = place
    stage = with_files(course.tracks[0].stages)
    launch, budgets = settings.contract(stage)
    (copy := scratch / "forms").mkdir()
    with ExitStack() as stack:
        sockets = stack.enter_context(SocketTable())
        reference = stack.enter_context(Reference(course, scratch, sockets, on_demand=True))
        hosts: dict[str, Host] = {}
        for name, program in {
            YOURS: submission,
            **forms(course, copy, launch.port, python),
        }.items():
            served = served_name(settings.seed)
            (own := scratch / f"of-{name}").mkdir(mode=0o711)
            launcher = Launcher(program, level, own, sockets, limits, served=served)
            hosts[name] = stack.enter_context(Host(launcher, launch, budgets, sockets))
        generator = Generator(*tool, scratch, sockets, limits, level.user)
        probe = Probe(protocol_of(stage.protocol), reference, budgets)
        yield Bench(plan, hosts, generator, probe, tell)
