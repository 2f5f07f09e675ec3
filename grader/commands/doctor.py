"""`grade doctor`: examines the machine, and says on one screen what was found."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from grader import __version__
from grader.commands import options
from grader.commands.printing import print_lines
from grader.course import Course, Launch, course_root
from grader.course.protocols import TCP
from grader.doctor import course as own_side
from grader.doctor import limits, programs, sandbox, show
from grader.doctor.finding import Examination, Finding, Sandbox
from grader.engine.run import needs_of
from grader.isolation.scratch import scratch_directory
from grader.limits import Limits
from grader.reporters.terminal import looks_on, style_for
from grader.system.sockets import SocketTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_PORT = 4221  # where no course says
_ORDER = (
    "interpreter", "course", "reference", "temporary", "port", "sandbox", "side by side", "memory",
    "limits", "others", "by hand",
)  # fmt: skip


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (docs/doctor.md).")
@click.option(
    "--require-sandbox", is_flag=True, help="Exit 1 when programs cannot be isolated here."
)
@options.PYTHON
@options.PORT
@options.COURSE
@options.NO_COLOR
def doctor(
    *,
    as_json: bool,
    require_sandbox: bool,
    python: str | None,
    port: int | None,
    course: Path | None,
    no_color: bool,
) -> int:
    """Say what this machine offers for grading, what is missing, and which command would change
    that.

    Exit codes: 0 when everything that is needed is there, 1 when something is missing, 2 when the
    command line is wrong.
    """
    found = examine(python, port, course or course_root(), required=require_sandbox)
    if as_json:
        from grader import codec
        from grader.doctor.document import document_of

        print_lines([codec.to_json(document_of(found), indent=2)])
    else:
        style = style_for(sys.stdout, **looks_on(sys.stdout, no_color=no_color, verbosity=0))
        print_lines(show.screen_lines(found, style))
    return 0 if found.ready else 1


def examine(python: str | None, port: int | None, root: Path, *, required: bool) -> Examination:
    """Look at everything. What was started and written for it is gone afterwards."""
    machine = os.uname()
    findings: list[Finding] = []
    interpreter, path = programs.examine_interpreter(python)
    course, loaded = own_side.examine_course(root)
    findings += [interpreter, course]
    tried: Sandbox | None = None
    temporary, writable = own_side.examine_temporary()
    findings.append(temporary)
    with ExitStack() as stack:
        scratch = stack.enter_context(scratch_directory()) if writable else None
        if scratch is not None:
            needs = needs_of(None, (path,) if path else (), root, scratch)
            if loaded is not None:
                needs = replace(needs, limits=loaded.track(loaded.stages[0].track).limits)
            tried, about = sandbox.examine(scratch, needs, required=required)
            findings += about
        sockets = stack.enter_context(SocketTable())
        if scratch is not None and loaded is not None:
            findings.append(own_side.examine_reference(loaded, scratch, sockets))
        findings.append(limits.examine(loaded.tracks[0].limits if loaded is not None else Limits()))
        private = tried is not None and tried.private_network
        findings += [
            replace(own_side.examine_port(launch, sockets, private=private), needed=not private)
            for launch in _launches(loaded, port)
        ]
    findings += [programs.examine_others(), programs.examine_clients()]
    return Examination(
        __version__,
        sys.version.split()[0],
        f"{machine.sysname} {machine.release} {machine.machine}",
        tried,
        tuple(sorted(findings, key=_place)),
    )


def _launches(course: Course | None, port: int | None) -> Iterable[Launch]:
    """A launch for each port that the course uses, or for another one in place of all."""
    stages = course.stages if course is not None else ()
    ports = dict.fromkeys(
        (port or stage.launch.port, stage.launch.transport) for stage in stages
    ) or {(port or _PORT, TCP): None}
    return [Launch(number, transport=transport) for number, transport in ports]


def _place(finding: Finding) -> int:
    return _ORDER.index("port" if finding.name.startswith("port ") else finding.name)
