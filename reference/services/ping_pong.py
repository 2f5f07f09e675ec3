"""ping-pong: whatever a client says first is answered `pong`, and the connection ends.

The answer goes out as soon as the first bytes are there. To wait for the end of a line would be
right as well, but a client that sends none would wait for ever. What comes after the first bytes,
such as the rest of the line, is read and dropped by the transport, which lingers.
"""

from typing import Final

from ..transports import Peer

PONG: Final = b"pong\n"


class PingPong:
    """The conversation with one client, as in `transports.Conversation`."""

    idle = True  # nothing is ever half done: the first bytes are the whole request

    def __init__(self, _client: Peer) -> None:
        self.closing = False
        self._asked = False

    def receive(self, _data: bytes) -> None:
        self._asked = True

    def next_answer(self) -> bytes | None:
        if self.closing or not self._asked:
            return None
        self.closing = True
        return PONG

    def answer_to_silence(self) -> bytes:
        """Nothing."""
        return b""

    def close_after_answer(self) -> None:
        """The next answer is the last one anyway."""

    def end(self) -> None:
        """Nothing is kept of a client."""
