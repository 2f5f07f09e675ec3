"""Examines the grader's own side: the course, its reference, the port, and temporary files."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import Course, Launch, load_course
from grader.course.protocols import UDP
from grader.doctor.finding import Finding, Remedy, State, missing, ok
from grader.errors import GraderError, MachineError
from grader.isolation.scratch import objection, place
from grader.net.protocol import protocol_of
from grader.program.launch import holder
from grader.program.reference import Reference

if TYPE_CHECKING:
    from grader.system.sockets import SocketTable

_ANSWER_S = 30.0


def examine_temporary() -> tuple[Finding, bool]:
    """Where the grader's own files go, and whether they can go anywhere."""
    try:
        chosen = place()
    except MachineError as error:
        return (
            missing(
                "temporary",
                str(error),
                Remedy("no directory for temporary files can be used", "export TMPDIR=DIRECTORY"),
            ),
            False,
        )
    wanted = os.environ.get("TMPDIR")
    if wanted and chosen != (asked := Path(os.path.realpath(wanted))):
        says = f"TMPDIR is {wanted}, where {objection(asked)[1]}; {chosen} is used instead"
        return Finding("temporary", State.LESS, says), True
    weight, words = objection(chosen)
    if weight:
        return Finding("temporary", State.LESS, f"{chosen} is used, where {words}"), True
    return ok("temporary", f"{chosen} is writable"), True


def examine_course(root: Path) -> tuple[Finding, Course | None]:
    """Whether all of it loads: `stages.yaml`, and every `checks.py`."""
    try:
        course = load_course(root)
    except (GraderError, OSError) as error:
        return missing("course", f"does not load: {error}"), None
    checks = sum(len(stage.checks) for stage in course.stages)
    return ok("course", f"{course.title}: {len(course.stages)} stages, {checks} checks"), course


def examine_reference(course: Course, scratch: Path, sockets: SocketTable) -> Finding:
    """Launch it, and ask it for something."""
    try:
        with Reference(course, scratch, sockets) as reference:
            fault = protocol_of(course.stages[0].protocol).fault_of(reference, _ANSWER_S)
    except (GraderError, OSError) as error:
        return missing("reference", f"does not start: {error}")
    if fault:
        return missing("reference", f"starts, but {fault}")
    return ok("reference", "starts and answers")


def examine_port(launch: Launch, sockets: SocketTable, *, private: bool) -> Finding:
    """Whether the course's port is free. private: whether each submission has the port in a network
    of its own."""
    name = f"port {launch.port}" + ("/udp" if launch.transport == UDP else "")
    who = holder(sockets, launch) or _bound(launch)
    if not who:
        return ok(name, "free")
    if private:
        return ok(
            name, f"in use by {who}, which does not matter: each submission has its own network"
        )
    return missing(name, f"in use by {who}; stop it, or choose another with --port")


def _bound(launch: Launch) -> str:
    """Somebody whom the kernel's table does not show, where there is such a table at all."""
    kind = socket.SOCK_DGRAM if launch.transport == UDP else socket.SOCK_STREAM
    with socket.socket(type=kind) as trial:
        if launch.transport != UDP:  # there it would let two have the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", launch.port))
        except OSError as error:
            if error.errno == errno.EACCES:
                return "nobody, but ports below 1024 are for root alone"
            return "another program"
    return ""
