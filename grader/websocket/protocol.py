"""WebSocket, from its HTTP handshake on, as the protocol of a stage."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from grader.check.declaration import asks_for
from grader.http1.protocol import Http1
from grader.websocket.session import WebSocketSession

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.check.declaration import Check
    from grader.check.failure import Failure
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Entry, Transcript
    from grader.net.session import Surroundings


class WebSocketProtocol(Http1):
    """As `TrackProtocol`."""

    def session(
        self, around: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> WebSocketSession:
        return WebSocketSession(around, random, transcript)

    def decoded(self, failure: Failure, entries: Sequence[Entry]) -> tuple[str, ...]:
        from grader.websocket.decoded import decoded  # only a failure waits for it to load

        return decoded(entries, failure.connection)

    def preload(self, checks: Iterable[Check]) -> None:
        given = tuple(checks)
        super().preload(given)
        if any(asks_for(check, WebSocketSession.ordinary_client.__name__) for check in given):
            import_module("grader.websocket.ordinary_client")


PROTOCOL: Final = WebSocketProtocol()
