"""A submission and the reference beside it, for who compares the two."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from grader.program.host import Host
from grader.program.launch import Launcher
from grader.program.reference import Reference
from grader.program.served_directory import served_name
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.budgets import Budgets
    from grader.course import Course, Launch
    from grader.engine.run import RunPlace
    from grader.engine.settings import RunSettings
    from grader.program.submission import Submission


@contextmanager
def beside_reference(
    place: RunPlace,
    course: Course,
    submission: Submission,
    settings: RunSettings,
    launch: Launch,
    budgets: Budgets,
) -> Iterator[tuple[Host, Reference]]:
    """What launches the submission in a place that `contained` has made, and the reference. Leaving
    the context stops both."""
    level, scratch, limits = place
    with ExitStack() as stack:
        sockets = stack.enter_context(SocketTable())
        reference = stack.enter_context(Reference(course, scratch, sockets, launch))
        if not level.private_network:
            reference.seclude()
        served = served_name(settings.seed)
        launcher = Launcher(submission, level, scratch, sockets, limits, served=served)
        yield stack.enter_context(Host(launcher, launch, budgets, sockets)), reference
