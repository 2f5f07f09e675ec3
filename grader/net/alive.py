"""Whether the program of a check still runs, whatever protocol the check speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.diagnosis import DURING, when_it_ended
from grader.program.readiness import exit_failure

if TYPE_CHECKING:
    from grader.check.failure import Failure
    from grader.net.session import ServerSession


def running(session: ServerSession) -> None:
    """The program must still be there once it has come to rest. Raises `Failure`."""
    if session.ends_before_rest():
        raise ended(session)


def ended(session: ServerSession, otherwise: str = DURING) -> Failure:
    """Why it is not; `otherwise` says when, as far as its clients do not."""
    when = when_it_ended(session.transcript.entries, otherwise)
    return exit_failure(session.server.program, when)
