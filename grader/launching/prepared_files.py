"""Puts into the served directory what a stage's checks put there before they turn to the server."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NoReturn, cast

from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.net.protocol import protocol_of
from grader.net.session import Surroundings

if TYPE_CHECKING:
    from grader.course import Stage
    from grader.program.reference import Reference
    from grader.program.served_directory import SharedFiles
    from grader.program.server import Server


class _Reached(Exception):
    """A check has come to where it needs a server."""


class _Absent:
    """Stands where a server would: its port is known, and who wants more has reached the end."""

    def __init__(self, port: int) -> None:
        self.port = port

    def __getattr__(self, name: str) -> NoReturn:
        raise _Reached(name)


def put_files(stage: Stage, seed: int, port: int, files: SharedFiles) -> None:
    """Run each check of a stage, whose checks are loaded, up to its first use of a server.

    With the same seed the same files lie there as in a run of the grader, so that a request by hand
    finds them.
    """
    absent = _Absent(port)
    around = Surroundings(cast("Server", absent), files, cast("Reference", absent), stage.budgets)
    protocol = protocol_of(stage.protocol)
    for check in stage.checks:
        words = RandomInputs(seed, f"{stage.slug}/{check.name}")
        with contextlib.suppress(_Reached):
            check.judge(protocol.session(around, words, Transcript(lambda: 0.0)))
