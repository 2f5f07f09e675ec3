"""echo: every byte of a client comes back, as it comes.

There are no messages here, and nothing is complete or missing: TCP is a stream of bytes. The
transport asks for the answer after each read, sends all of it, and only then reads again. So a
client that sends and never reads costs one read of memory, not all that it sends.
"""

from ..transports import Peer


class Echo:
    """The conversation with one client, as in `transports.Conversation`."""

    idle = True  # what has come is on its way back already

    def __init__(self, _client: Peer) -> None:
        self.closing = False
        self._unanswered = b""

    def receive(self, data: bytes) -> None:
        self._unanswered += data

    def next_answer(self) -> bytes | None:
        answer, self._unanswered = self._unanswered, b""
        return answer or None

    def answer_to_silence(self) -> bytes:
        """Nothing."""
        return b""

    def close_after_answer(self) -> None:
        """The server is shutting down: what is on its way comes back, and then it is over."""
        self.closing = True

    def end(self) -> None:
        """Nothing is kept of a client."""
