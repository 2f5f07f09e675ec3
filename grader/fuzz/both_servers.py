"""The two servers of a campaign: the submission, relaunched as often as it takes, and the reference
beside it."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Entry, Transcript
from grader.net.session import Surroundings
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Hashable

    from grader.budgets import Budgets
    from grader.comparing.comparison import AnyComparison
    from grader.comparing.difference import Difference
    from grader.fuzz.plan import SearchPlan
    from grader.net.protocol import TrackProtocol
    from grader.program.host import Host
    from grader.program.reference import Reference
    from grader.program.server import Server

_MOST_LAUNCHES = 3
_MOST_REMEMBERED = 12
_MOST_CONVERSATIONS = 200  # with one launch: what a server gathers slowly is no finding


class Attempt(Value, frozen=True):
    """One conversation with both servers.

    before: the conversations that the submission has had since its launch, the last ones of them.
    output: the end of what it has printed.
    """

    difference: Difference | None
    transcript: tuple[Entry, ...]
    before: tuple[Hashable, ...]
    output: bytes


class BothServers:
    """Has conversations. The host and the reference are their owner's to close."""

    def __init__(
        self,
        comparison: AnyComparison,
        protocol: TrackProtocol,
        host: Host,
        reference: Reference,
        budgets: Budgets,
        plan: SearchPlan,
    ) -> None:
        self._comparison = comparison
        self._protocol = protocol
        self._host = host
        self._reference = reference
        self._budgets = budgets
        self._plan = plan
        self._server: Server | None = None
        self._served = 0
        self._before: deque[Hashable] = deque(maxlen=_MOST_REMEMBERED)
        self._careful = False

    @property
    def port(self) -> int:
        return self._host.port

    def start(self) -> None:
        """Launch the submission. Raises `Failure` when it does not come to listen."""
        self._server = self._host.server(fresh=True)

    def attempt(self, conversation: Hashable, *, fresh: bool = False) -> Attempt:
        """Have the conversation, on a fresh launch or on whatever runs."""
        server = self._running(fresh=fresh or self._served >= _MOST_CONVERSATIONS)
        before = tuple(self._before)
        self._served += 1
        self._before.append(conversation)
        transcript = Transcript(time.monotonic)
        around = Surroundings(server, self._host.files, self._reference, self._budgets)
        session = self._protocol.session(around, RandomInputs(0, "fuzz"), transcript)
        try:
            thorough = fresh or self._careful
            found = self._comparison.difference(
                session,
                conversation,
                self._plan.taught,
                strict=self._plan.strict,
                thorough=thorough,
            )
        finally:
            session.close()
        if found is not None and found.field == "answer":
            self._careful = True  # perhaps it was dying already of what came before
        return Attempt(found, transcript.entries, before, self._host.output_tail())

    def _running(self, *, fresh: bool) -> Server:
        """The running server. One that has died unseen shows that looking closer is worth it."""
        before = self._server
        if before is not None and not before.program.alive and not fresh:
            self._careful = True
        for _ in range(_MOST_LAUNCHES):
            try:
                self._server = self._host.server(fresh=fresh)
                break
            except Failure as failure:
                problem = failure.summary
        else:
            raise Failure(
                Kind.START, f"Your server started before, but does not start again: {problem}"
            )
        if self._server is not before:
            self._served = 0
            self._before.clear()
        return self._server
