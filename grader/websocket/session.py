"""What a check of a WebSocket holds: all that HTTP has, and connections that become WebSockets."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, cast

from grader.http1.session import Session
from grader.websocket.connection import WebSocket
from grader.websocket.handshake import client_headers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.check.failure import Hint
    from grader.check.transcript import Transcript
    from grader.http1.wire.request import Pair
    from grader.program.server import Server
    from grader.websocket.ordinary_client import OrdinaryClient


class WebSocketSession(Session):
    """One check's view of one server, as `Session`, with WebSockets. Whatever it opens is closed at
    its end."""

    def _connection(self, server: Server, transcript: Transcript) -> WebSocket:
        return WebSocket(server, self.budgets, transcript, self.random)

    def key(self) -> str:
        """A key for a handshake: 16 random bytes in Base64 (RFC 6455 4.1)."""
        return base64.b64encode(self.random.blob(16)).decode()

    def websocket(
        self,
        headers: Iterable[Pair] | None = None,
        key: str | None = None,
        *,
        hint: Hint | None = None,
    ) -> WebSocket:
        """A new connection on which the handshake is done, with GET /ws. headers: in place of the
        usual ones; key: the one that is in them. hint: to a status that is not 101."""
        key = key or self.key()
        opened = cast("WebSocket", self.connect())
        opened.upgrade(key, client_headers(key) if headers is None else headers, self.host, hint)
        return opened

    def ordinary_client(self) -> OrdinaryClient:
        """The client of Python's `websockets`, which has done its handshake."""
        # websockets costs 150 ms to import: only for those who ask
        from grader.websocket.ordinary_client import OrdinaryClient

        opened = cast("WebSocket", self.connect())
        return OrdinaryClient(opened, self.host, self.key(), self.random)
