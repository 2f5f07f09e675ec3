"""Datagrams over UDP as the protocol of a track."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind
from grader.net.datagrams import ANSWERED_ELSEWHERE
from grader.udp.by_hand import script
from grader.udp.session import UdpSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.declaration import Check
    from grader.check.failure import Failure
    from grader.check.past import Past
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Entry, Transcript
    from grader.net.session import Surroundings
    from grader.program.reference import Reference


class Udp:
    """As `TrackProtocol`."""

    def session(
        self, around: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> UdpSession:
        return UdpSession(around, random, transcript)

    def by_hand(
        self, failure: Failure, entries: Sequence[Entry], port: int, _root: str | None
    ) -> str | None:
        return script(
            entries,
            port,
            anywhere=failure.cause == ANSWERED_ELSEWHERE,
            ended=failure.kind is Kind.EXIT,
        )

    def explained(self, failure: Failure, _entries: Sequence[Entry], _past: Past) -> Failure:
        return failure

    def connections(self, _failure: Failure, _entries: Sequence[Entry]) -> tuple[int, ...]:
        return ()

    def decoded(self, _failure: Failure, _entries: Sequence[Entry]) -> tuple[str, ...]:
        return ()

    def place(self, port: int) -> str:
        return f"UDP port {port} of localhost, for example: nc -u localhost {port}"

    def fault_of(self, reference: Reference, budget_s: float) -> str:
        reference.connect(budget_s).close()
        return ""

    def preload(self, checks: Iterable[Check]) -> None:
        """There is nothing that takes its time."""


PROTOCOL: Final = Udp()
