"""What a check of a protocol over UDP holds: sockets of clients, files, randomness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from grader.diagnosis import ProtocolHints, Silence, explain_silence
from grader.net.datagrams import DatagramSocket
from grader.net.session import ServerSession

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.check.failure import Failure
    from grader.check.transcript import Transcript
    from grader.program.datagram_server import DatagramServer

HINTS: Final = ProtocolHints(
    waits_for_more=(
        "Answer each datagram before you wait for the next one: send to the address that recvfrom"
        " gave."
    ),
    awaits=(
        "Your server waits for events on its sockets, and the client waits for its answer. Each"
        " datagram is a whole request."
    ),
    something=(
        "Look for a traceback in the program's output. Without one, send the answer to the address"
        " that recvfrom gave."
    ),
    raised="Read the traceback in the program's output. Catch the exception and answer.",
    raised_and_closed="Read the traceback in the program's output. Catch the exception.",
)


class UdpSocket(DatagramSocket):
    """The socket of one client. Every wait has a budget; what goes wrong is raised as `Failure`.
    Opened by `UdpSession.socket`, closed by it at the end of the check at the latest."""

    def __init__(self, server: DatagramServer, budgets: Budgets, transcript: Transcript) -> None:
        super().__init__(server, budgets, transcript)
        self._last_size = 0

    def ask(self, data: bytes) -> bytes:
        """Send a datagram, and receive the one that answers it."""
        self.send(data)
        return self.receive()

    def send(self, data: bytes) -> None:
        """Send one datagram. Nobody says whether it arrives."""
        super().send(data)
        self._last_size = len(data)

    def receive(self) -> bytes:
        """The next datagram that comes to this socket, within the `answer` budget."""
        if (data := self._next(self.budgets.answer)) is None:
            raise self._silence()
        return data

    def nothing_comes(self) -> bool:
        """Whether nothing comes within the `quiet` budget."""
        return self._next(self.budgets.quiet) is None

    def _silence(self) -> Failure:
        told = Silence(HINTS, None, 0, b"", self.budgets.answer, connection=self.number)
        seen = self._server.seen(told, self._socket, {}, since=self._printed)
        unread = self._last_size if self._server.has_unread else 0
        return explain_silence(replace(seen, unread=unread))


class UdpSession(ServerSession):
    """One check's view of one server. Whatever it opens is closed at its end.

    random: `RandomInputs`, this check's own randomness. transcript: everything that was sent and
    received.
    """

    def socket(self) -> UdpSocket:
        """The socket of a new client; nothing is sent yet."""
        server = cast("DatagramServer", self._around.server)  # the launch contract says udp
        opened = UdpSocket(server, self.budgets, self.transcript)
        self._to_close.append(opened)
        return opened

    def ask(self, data: bytes) -> bytes:
        """A datagram and the one that answers it, on a socket of its own, which is then closed."""
        opened = self.socket()
        answer = opened.ask(data)
        opened.close()
        return answer
