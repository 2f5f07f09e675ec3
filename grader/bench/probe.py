"""Asks a server a single time: before the load, whether there is something to measure; after it,
whether it still answers."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from grader.check.failure import Failure
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Transcript
from grader.diagnosis import explain_limit
from grader.net.session import Surroundings
from grader.program.readiness import exit_failure
from grader.system.patience import Deadline, wait
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.budgets import Budgets
    from grader.http1.session import Session
    from grader.net.protocol import TrackProtocol
    from grader.program.host import Host
    from grader.program.reference import Reference
    from grader.program.server import Server

_OK: Final = 200


class Probe(Value, frozen=True):
    """Asks in the protocol of the course, as patiently as its checks. reference: for the session;
    it is not asked."""

    protocol: TrackProtocol
    reference: Reference
    budgets: Budgets

    def why_absent(self, host: Host, server: Server, path: str, body: bytes | None) -> str:
        """Why this path cannot be measured; empty when it is answered with 200, and with this
        body where there is one to expect."""
        try:
            with self._session(host, server) as session:
                response = session.get(path)
        except Failure as failure:
            return host.explained(failure, last=False).summary
        if response.status != _OK:
            return f"The answer to a single request has status {response.status}, not {_OK}."
        if body is not None and response.body != body:
            return "The answer to a single request is not the file."
        return ""

    def after_load(
        self, host: Host, server: Server, path: str, load: str, *, answered: bool
    ) -> Failure | None:
        """What is wrong with a server that a load has just ended on; None when it still answers, or
        has answered some and is busy with the rest, whose clients are gone.

        load: who requested what, in words. answered: whether an answer came under the load. Raises
        `MachineError` when it could not be watched.
        """
        host.require_watched()
        if host.has_ended:
            if hit := server.program.limit_hit():
                return explain_limit(hit)
            if not server.program.alive:
                return exit_failure(server.program, f"while {load}")
        if answered and not self._rests(server):
            return None
        try:
            with self._session(host, server) as session:
                session.get(path)
        except Failure as failure:
            return host.explained(failure, last=True)
        return None

    def _rests(self, server: Server) -> bool:
        """Whether all of its threads are seen asleep within the `quiet` budget."""
        still, seen = server.still(), False

        def rests() -> bool:
            nonlocal seen
            seen = still()
            return seen

        wait(server.program.wait_exit, Deadline(self.budgets.quiet, server.look), rests)
        return seen

    @contextmanager
    def _session(self, host: Host, server: Server) -> Iterator[Session]:
        around = Surroundings(server, host.files, self.reference, self.budgets)
        transcript = Transcript(time.monotonic)
        session = self.protocol.session(around, RandomInputs(0, "bench"), transcript)
        try:
            yield cast("Session", session)
        finally:
            session.close()
