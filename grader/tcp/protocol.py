"""Lines or bytes over TCP as the protocol of a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.reproduce.choice import in_its_own_directory
from grader.reproduce.script import is_script
from grader.tcp.by_hand import by_hand
from grader.tcp.session import TcpSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.declaration import Check
    from grader.check.failure import Failure
    from grader.check.past import Past
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Entry, Transcript
    from grader.net.session import Surroundings
    from grader.program.reference import Reference


class Tcp:
    """As `TrackProtocol`."""

    def session(
        self, around: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> TcpSession:
        return TcpSession(around, random, transcript)

    def by_hand(
        self, failure: Failure, entries: Sequence[Entry], port: int, root: str | None
    ) -> str | None:
        line = by_hand(failure.kind, entries, port)
        return line if line is None or is_script(line) else in_its_own_directory(line, root)

    def explained(self, failure: Failure, _entries: Sequence[Entry], _past: Past) -> Failure:
        return failure

    def connections(self, _failure: Failure, _entries: Sequence[Entry]) -> tuple[int, ...]:
        return ()

    def decoded(self, _failure: Failure, _entries: Sequence[Entry]) -> tuple[str, ...]:
        return ()

    def place(self, port: int) -> str:
        return f"localhost:{port}, for example: nc localhost {port}"

    def fault_of(self, reference: Reference, budget_s: float) -> str:
        reference.connect(budget_s).close()
        return ""

    def preload(self, checks: Iterable[Check]) -> None:
        """There is nothing that takes its time."""


PROTOCOL: Final = Tcp()
