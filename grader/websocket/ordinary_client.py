"""The client of `websockets`, the mainstream one in Python, on a connection of ours.

How it works. `websockets` has its protocol without any socket: it is fed with the bytes that came,
and says which bytes to send. So the connection is one of ours, which records every byte and waits
with patience, and what the client thinks of an answer is still its own opinion.

Why so. It offers compression, as browsers do, and refuses whatever it does not understand. Its keys
and masks are replaced by ours: the same seed sends the same bytes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame as TheirFrame
from websockets.frames import Opcode as TheirOpcode
from websockets.http11 import Response as TheirResponse
from websockets.protocol import State
from websockets.uri import parse_uri

from grader.check.failure import Failure, Kind
from grader.text.sentence import sentence, sentences
from grader.websocket.frame_reader import remasked

if TYPE_CHECKING:
    from grader.check.random_inputs import RandomInputs
    from grader.system.patience import Deadline
    from grader.websocket.connection import WebSocket

_DEFLATE: Final = ClientPerMessageDeflateFactory(compress_settings={"memLevel": 5})
_AGENT: Final = "Python websockets"


def _silent() -> logging.Logger:
    """What it would log, the failure says."""
    return logging.Logger("websockets", logging.CRITICAL + 1)


class OrdinaryClient:
    """What a learner has from `websockets.sync.client.connect`, over one of our connections."""

    def __init__(self, connection: WebSocket, host: str, key: str, random: RandomInputs) -> None:
        self._connection = connection
        self._random = random
        self._protocol = ClientProtocol(
            parse_uri(f"ws://{host}/ws"), extensions=[_DEFLATE], logger=_silent()
        )
        self._protocol.key = key
        request = self._protocol.connect()
        request.headers["User-Agent"] = _AGENT
        self._protocol.send_request(request)
        self._sent = "handshake"
        self._flush()
        whole = self._whole()
        while self._protocol.state is State.CONNECTING and not self._refused:
            self._read_on(whole)
        self._events = list(self._protocol.events_received())
        if error := self._refused:
            raise self._cannot("refuses the handshake", error)
        self._events = [it for it in self._events if not isinstance(it, TheirResponse)]

    @property
    def _refused(self) -> Exception | None:
        return self._protocol.handshake_exc

    def send(self, message: str | bytes) -> None:
        """Send a text, or bytes, as one message."""
        if isinstance(message, str):
            self._protocol.send_text(message.encode())
        else:
            self._protocol.send_binary(message)
        self._sent = "message"
        self._flush()

    def receive(self) -> str | bytes:
        """The next message: a text or bytes."""
        first = self._frame((TheirOpcode.TEXT, TheirOpcode.BINARY))
        data, last = bytes(first.data), first
        while not last.fin:
            last = self._frame((TheirOpcode.CONT,))
            data += last.data
        return data.decode() if first.opcode is TheirOpcode.TEXT else data

    def ping(self, payload: bytes) -> bytes:
        """Send a ping; the payload of the pong that comes."""
        self._protocol.send_ping(payload)
        self._sent = "ping frame"
        self._flush()
        return bytes(self._frame((TheirOpcode.PONG,)).data)

    def close(self) -> None:
        """Do the closing handshake, and wait until the server has closed the connection."""
        self._protocol.send_close(1000)
        self._sent = "close frame"
        self._flush()
        whole = self._whole()
        while self._protocol.close_expected() and not self._connection.ended:
            self._read_on(whole)
        self._fails_when_it_failed()

    def _whole(self) -> Deadline:
        return self._connection.deadline(self._connection.budgets.message)

    def _frame(self, wanted: tuple[TheirOpcode, ...]) -> TheirFrame:
        whole = self._whole()
        while True:
            for at, event in enumerate(self._events):
                if isinstance(event, TheirFrame) and event.opcode in wanted:
                    del self._events[: at + 1]
                    return event
            self._fails_when_it_failed()
            if self._connection.ended or self._protocol.close_rcvd is not None:
                raise self._ended()
            self._read_on(whole)
            self._events += self._protocol.events_received()

    def _read_on(self, whole: Deadline) -> None:
        """Feed it with the next bytes; at the end of the connection, with that."""
        data = self._connection.next_bytes(whole, self._sent)
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
        self._flush()

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            if data:  # an empty one asks to close our half
                self._connection.send(remasked(data, self._random.blob))

    def _fails_when_it_failed(self) -> None:
        if (error := self._protocol.parser_exc) is not None and not isinstance(error, EOFError):
            raise self._cannot("cannot read what came", error)

    def _ended(self) -> Failure:
        """Why there is no answer: the connection is at its end."""
        self._connection.something_comes()  # what is shown must not depend on who is faster
        close, agreed = self._protocol.close_rcvd, self._protocol.extensions
        how = f"closed the WebSocket with code {close.code}" if close else "closed the connection"
        because = "the handshake agreed to compress, so this client compresses its messages"
        return Failure(
            Kind.CLOSED,
            sentences(
                f"your server {how} instead of answering a {self._sent} of Python's websockets",
                because if agreed else "",
            ),
            expected="an answer",
            actual=f"a close frame with code {close.code}" if close else "end of connection",
        )

    def _cannot(self, what: str, error: Exception) -> Failure:
        status = f" ({error})" if isinstance(error, InvalidHandshake) else f": {error}"
        cause = error.__cause__
        said = f"the client (Python websockets) {what}{status}" + (f": {cause}" if cause else "")
        return Failure(
            Kind.MALFORMED,
            sentence(said),
            expected="what Python's websockets understands",
        )
