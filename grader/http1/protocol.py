"""HTTP/1.1 as the protocol of a track."""

from __future__ import annotations

from importlib import import_module
from shutil import which
from typing import TYPE_CHECKING, Final

from grader.check.declaration import asks_for
from grader.http1.about import connections
from grader.http1.recognise import (
    WrongBytes,
    WrongStatus,
    explain_wrong_bytes,
    explain_wrong_status,
)
from grader.http1.session import Session
from grader.reproduce.present_clients import CURL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.declaration import Check
    from grader.check.failure import Failure
    from grader.check.past import Past
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Entry, Transcript
    from grader.net.session import Surroundings
    from grader.program.reference import Reference


class Http1:
    """As `TrackProtocol`."""

    def session(
        self, around: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> Session:
        return Session(around, random, transcript)

    def by_hand(
        self, failure: Failure, entries: Sequence[Entry], port: int, root: str | None
    ) -> str | None:
        from grader.http1 import reproduce  # only a failure waits for it to load

        curl = which(CURL) is not None
        return reproduce.by_hand(failure, entries, port, root, curl=curl)

    def explained(self, failure: Failure, entries: Sequence[Entry], past: Past) -> Failure:
        from grader.http1.nearest import (  # as above
            with_nearest,
            with_nearest_answer,
            with_nearest_text,
        )

        if isinstance(failure, WrongBytes):
            told = explain_wrong_bytes(failure, entries)
            named = told is not failure and failure.found
            return told if named else with_nearest_text(told, entries, past)
        if isinstance(failure, WrongStatus):
            return with_nearest(explain_wrong_status(failure), entries, past)
        return with_nearest_answer(failure, entries, past)

    def connections(self, failure: Failure, entries: Sequence[Entry]) -> tuple[int, ...]:
        return connections(failure, entries)

    def decoded(self, _failure: Failure, _entries: Sequence[Entry]) -> tuple[str, ...]:
        return ()

    def place(self, port: int) -> str:
        return f"http://localhost:{port}/"

    def fault_of(self, reference: Reference, budget_s: float) -> str:
        with reference.connect(budget_s) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            first = connection.recv(5)
        return "" if first == b"HTTP/" else "does not answer GET / with HTTP"

    def preload(self, checks: Iterable[Check]) -> None:
        if any(asks_for(check, Session.requests_client.__name__) for check in checks):
            import_module("grader.http1.requests_client")


PROTOCOL: Final = Http1()
