"""A UDP socket of a check: sends and receives datagrams, records them, and waits with patience."""

from __future__ import annotations

import select
import socket
import sys
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Transcript
from grader.diagnosis import HANDLING
from grader.errors import MachineError, lack
from grader.program.readiness import exit_failure
from grader.system.patience import Deadline, wait

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.program.datagram_server import DatagramServer

LONGEST: Final = 65_535
"""Bytes of a datagram, at most."""

ANSWERED_ELSEWHERE: Final = "answered from elsewhere"
"""The cause of the failure for an answer that came from another address."""


class DatagramSocket:
    """A client's socket. Raises `Failure` when the server is gone or answers from elsewhere, and
    `MachineError` when we cannot ask."""

    def __init__(self, server: DatagramServer, budgets: Budgets, transcript: Transcript) -> None:
        self._server = server
        self.budgets = budgets
        self._transcript = transcript
        self.number = transcript.connection()
        self._printed = server.program.output.count
        try:
            self._socket = server.connect(budgets.answer)
        except OSError as error:
            raise MachineError(lack(error) or f"no UDP socket can be opened: {error}") from error
        self._socket.setblocking(False)
        self._elsewhere = _from_anywhere(self._socket)
        transcript.record(self.number, Direction.OPENED)

    def send(self, data: bytes) -> None:
        """Send one datagram."""
        try:
            self._socket.send(data)
        except ConnectionRefusedError as error:  # so was an earlier datagram
            raise self._refused() from error
        except OSError as error:
            raise MachineError(lack(error) or f"a datagram cannot be sent: {error}") from error
        self._transcript.record(self.number, Direction.SENT, data, whole=True)

    def send_and_leave(self, data: bytes) -> None:
        """Send one datagram, and be gone when the answer comes, however quick it is: nobody is at
        its address then, which the kernel tells the server (ICMP, port unreachable)."""
        to = self._socket.getpeername()
        if self._elsewhere is not None:
            self._elsewhere.close()
        try:
            # connected to itself, it takes nothing from the server from here on
            self._socket.connect(self._socket.getsockname())
            self._socket.sendto(data, to)
        except OSError as error:
            raise MachineError(lack(error) or f"a datagram cannot be sent: {error}") from error
        self._transcript.record(self.number, Direction.SENT, data, whole=True)
        self.close()

    def _next(self, seconds: float) -> bytes | None:
        """The next datagram, `None` when none comes so soon, or when the server is seen to sleep as
        long. Raises `Failure` when the server takes none any more."""
        silent = self._server.silent(seconds)

        def in_vain() -> bool:
            return not self._server.program.alive or silent()

        if not wait(self._comes, Deadline(seconds, self._server.look), in_vain):
            if not self._server.program.alive:
                raise exit_failure(self._server.program, HANDLING)
            return None
        if not self.has_come(0) and self._elsewhere is not None:
            raise _answered_elsewhere(self._elsewhere, self._socket.getpeername())
        try:
            data = self._socket.recv(LONGEST)
        except ConnectionRefusedError as error:
            raise self._refused() from error
        except OSError as error:
            raise MachineError(lack(error) or f"no datagram can be read: {error}") from error
        self._transcript.record(self.number, Direction.RECEIVED, data, by="server", whole=True)
        return data

    def _comes(self, timeout_s: float) -> bool:
        return _readable(timeout_s, self._socket, *filter(None, [self._elsewhere]))

    @property
    def is_open(self) -> bool:
        """Whether it was not closed yet."""
        return self._socket.fileno() >= 0

    def has_come(self, timeout_s: float) -> bool:
        """Whether something is there to be received, or comes so soon."""
        return _readable(timeout_s, self._socket)

    def _refused(self) -> Failure:
        """The failure for a port that takes nothing of ours any more (ICMP, port unreachable)."""
        program, port = self._server.program, self._server.port
        if wait(program.wait_exit, Deadline(self.budgets.close, self._server.look)):
            return exit_failure(program, HANDLING)
        refused = "connection refused (ICMP: port unreachable)"
        if self._server.takes_from_one:
            return Failure(
                Kind.CONNECTION,
                f"Your server has connected its socket on UDP port {port} to one client: the"
                " datagrams of all others are refused.",
                expected="a UDP socket that takes datagrams from every client",
                actual=refused,
                hint="Do not call connect on the server's socket: use recvfrom and sendto.",
            )
        return Failure(
            Kind.CONNECTION,
            f"Your server does not take datagrams on UDP port {port} any more.",
            expected=f"a UDP socket on port {port}",
            actual=refused,
            hint="Open the socket once, and keep it open as long as the program runs.",
        )

    def close(self) -> None:
        """Close the socket; idempotent."""
        if self._socket.fileno() >= 0:
            self._socket.close()
            if self._elsewhere is not None:
                self._elsewhere.close()
            self._transcript.record(self.number, Direction.CLOSED)


def _readable(timeout_s: float, *sockets: socket.socket) -> bool:
    poller = select.poll()
    for one in sockets:
        poller.register(one, select.POLLIN)
    return bool(poller.poll(timeout_s * 1000))


def _from_anywhere(connected: socket.socket) -> socket.socket | None:
    """A second socket at the address of one that is connected. The kernel gives it what comes from
    elsewhere than the server. `None` where a system shares datagrams out in another way."""
    if sys.platform != "linux":
        return None
    opened = socket.socket(connected.family, socket.SOCK_DGRAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind(connected.getsockname())
    except OSError:
        opened.close()
        return None
    opened.setblocking(False)
    return opened


def _answered_elsewhere(elsewhere: socket.socket, peer: tuple[str, int]) -> Failure:
    """The failure for an answer that came from another address than the client had sent to."""
    data, source = elsewhere.recvfrom(LONGEST)
    (host, port), (other_host, other_port) = peer[:2], source[:2]
    place, other = f"port {port}", f"port {other_port}"
    if port == other_port:
        place, other = host, other_host
    return Failure(
        Kind.MISMATCH,
        f"Your server answered from {other}, not from {place}: the client does not see it.",
        expected=f"a datagram from {place}, where the client has sent its own to",
        actual=f"a datagram of {len(data)} bytes from {other}",
        hint="Answer with the socket that received the datagram: call sendto on it.",
        cause=ANSWERED_ELSEWHERE,
    )
