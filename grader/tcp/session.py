"""What a check of a protocol over TCP holds: connections, files, randomness, the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure
from grader.errors import MachineError
from grader.net.stream_session import StreamSession
from grader.tcp.connection import TcpConnection

if TYPE_CHECKING:
    from grader.check.transcript import Transcript
    from grader.program.server import Server


class TcpSession(StreamSession[TcpConnection]):
    """One check's view of one server. Whatever it opens is closed at its end.

    random: `RandomInputs`, this check's own randomness. transcript: everything that was sent and
    received.
    """

    def _connection(self, server: Server, transcript: Transcript) -> TcpConnection:
        return TcpConnection(server, self.budgets, transcript)

    def ask(self, line: str | bytes) -> bytes:
        """A line and the line that answers it, on a connection of its own, which is then closed."""
        connection = self.connect()
        answer = connection.ask(line)
        connection.close()
        return answer

    def reference(self, line: str | bytes) -> bytes:
        """What the reference answers to the same line. Raises `MachineError` when it does not."""
        try:
            connection = self.connect_reference()
            answer = connection.ask(line)
        except Failure as failure:  # which is no fault of the server that is graded
            raise MachineError(
                f"the course's reference does not answer: {failure.summary}"
            ) from failure
        connection.close()
        return answer
