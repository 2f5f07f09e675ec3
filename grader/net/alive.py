"""Whether the program of a check still runs, whatever protocol the check speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.diagnosis import DURING, when_it_ended
from grader.program.readiness import exit_failure
from grader.system.patience import wait

if TYPE_CHECKING:
    from grader.check.failure import Failure
    from grader.net.session import ServerSession


def running(session: ServerSession) -> None:
    """The program must still be there once it has come to rest. Raises `Failure`."""
    server = session.server
    if wait(server.program.wait_exit, session.quiet(), server.still(), step_s=0.001):
        raise ended(session)


def ended(session: ServerSession, otherwise: str = DURING) -> Failure:
    """Why it is not; `otherwise` says when, as far as its clients do not."""
    when = when_it_ended(session.transcript.entries, otherwise)
    return exit_failure(session.server.program, when)
