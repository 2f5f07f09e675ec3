"""What a check of a protocol over UDP holds: sockets of clients, files, randomness."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, cast

from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.diagnosis import ProtocolHints, Silence, explain_silence
from grader.net.datagrams import DatagramSocket
from grader.net.session import ServerSession

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.budgets import Budgets
    from grader.check.random_inputs import RandomInputs
    from grader.check.transcript import Transcript
    from grader.net.session import Surroundings
    from grader.program.datagram_server import DatagramServer

_LOOKS: Final = 3
"""At a server, until it is seen at rest: the first has nothing to compare with."""

_TIMES: Final = 3
"""A datagram is sent, at most."""

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
    noun="datagram",
    one_socket=True,
    never_read=(
        "Call recvfrom in a loop on the socket that is bound to the port: with UDP there is nothing"
        " to accept."
    ),
)


class UdpSocket(DatagramSocket):
    """The socket of one client. Every wait has a budget; what goes wrong is raised as `Failure`.
    Opened by `UdpSession.socket`, closed by it at the end of the check at the latest."""

    def __init__(self, server: DatagramServer, budgets: Budgets, transcript: Transcript) -> None:
        super().__init__(server, budgets, transcript)
        self.last = b""
        """The datagram that was sent last."""
        self.beside: Sequence[UdpSocket] = ()
        """The sockets of the check, in the order in which they were opened."""
        self._copies: Counter[bytes] = Counter()

    def ask(self, data: bytes) -> bytes:
        """Send a datagram, and receive the one that answers it."""
        self.send(data)
        return self.receive()

    def send(self, data: bytes) -> None:
        """Send one datagram. Nobody says whether it arrives."""
        super().send(data)
        self.last = data

    def receive(self) -> bytes:
        """The next datagram that comes to this socket, within the `answer` budget."""
        if (data := self._next(self.budgets.answer)) is None:
            raise self._silence()
        return data

    def answer(self) -> bytes:
        """The answer to what was sent last, within the `answer` budget. What gets lost is sent
        again, and what comes once more after that is a copy."""
        for sent in range(_TIMES):
            if sent:
                self.send(self.last)
            if (data := self._next_but_copies(self.budgets.answer / _TIMES)) is not None:
                self._copies[data] += sent
                return data
            if self._server.has_unread:  # it is not lost: to send it again helps nobody
                break
        raise self._silence()

    @property
    def may_get_copies(self) -> bool:
        """Whether something was sent again, so that a second answer is right."""
        return self._copies.total() > 0

    def nothing_comes(self) -> bool:
        """Whether nothing comes within the `quiet` budget."""
        return self._next(self.budgets.quiet) is None

    def _next_but_copies(self, seconds: float) -> bytes | None:
        while (data := self._next(seconds)) is not None and self._copies[data]:
            self._copies[data] -= 1
        return data

    def _silence(self) -> Failure:
        others = [one for one in self.beside if one is not self and one.is_open]
        for other in others:
            while other.has_come(0):
                if other.receive() == self.last:
                    return sent_to_another(self, other)
        told = Silence(HINTS, None, 0, b"", self.budgets.answer, connection=self.number)
        silent = self._server.silent(self.budgets.answer)
        hopeless = any(silent() for _ in range(_LOOKS))
        seen = self._server.seen(told, self._socket, {}, since=self._printed, hopeless=hopeless)
        size = len(self.last)
        unread = size if self._server.has_unread else 0
        return explain_silence(replace(seen, unread=unread, sent=size))


def sent_to_another(asked: UdpSocket, got: UdpSocket) -> Failure:
    """The failure for an answer that went to another client than the one that had asked."""
    return Failure(
        Kind.MISMATCH,
        "Your server sent an answer to another client than the one that had asked.",
        expected=f"the answer to client {asked.number} comes to client {asked.number}",
        actual=f"it came to client {got.number}",
        hint="Send each answer to the address that recvfrom gave together with its datagram.",
    )


class UdpSession(ServerSession):
    """One check's view of one server. Whatever it opens is closed at its end.

    random: `RandomInputs`, this check's own randomness. transcript: everything that was sent and
    received.
    """

    def __init__(
        self, surroundings: Surroundings, random: RandomInputs, transcript: Transcript
    ) -> None:
        super().__init__(surroundings, random, transcript)
        self._sockets: list[UdpSocket] = []

    def socket(self) -> UdpSocket:
        """The socket of a new client; nothing is sent yet."""
        server = cast("DatagramServer", self._around.server)  # the launch contract says udp
        opened = UdpSocket(server, self.budgets, self.transcript)
        self._to_close.append(opened)
        self._sockets.append(opened)
        opened.beside = self._sockets
        return opened

    def ask(self, data: bytes) -> bytes:
        """A datagram and the one that answers it, on a socket of its own, which is then closed."""
        opened = self.socket()
        answer = opened.ask(data)
        opened.close()
        return answer
