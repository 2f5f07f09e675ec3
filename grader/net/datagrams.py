"""A UDP socket of a check: sends and receives datagrams, records them, and waits with patience."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Transcript
from grader.diagnosis import HANDLING
from grader.errors import MachineError, lack
from grader.program.readiness import exit_failure
from grader.system.patience import Deadline, wait

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.program.datagram_server import DatagramServer

LONGEST = 65_535
"""Bytes of a datagram, at most."""


class DatagramSocket:
    """A client's socket. Raises `Failure` when the server is gone, and `MachineError` when we
    cannot ask."""

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
        transcript.record(self.number, Direction.OPENED)

    def send(self, data: bytes) -> None:
        """Send one datagram."""
        try:
            self._socket.send(data)
        except ConnectionRefusedError as error:  # so was an earlier datagram
            raise self._refused() from error
        except OSError as error:
            raise MachineError(lack(error) or f"a datagram cannot be sent: {error}") from error
        self._transcript.record(self.number, Direction.SENT, data)

    def _next(self, seconds: float) -> bytes | None:
        """The next datagram, `None` when none comes so soon. Raises `Failure` when the server takes
        none any more."""
        deadline = Deadline(seconds, self._server.look)
        poller = select.poll()
        poller.register(self._socket, select.POLLIN)
        if not wait(lambda timeout_s: bool(poller.poll(timeout_s * 1000)), deadline, self._gone):
            if not self._server.program.alive:
                raise exit_failure(self._server.program, HANDLING)
            return None
        try:
            data = self._socket.recv(LONGEST)
        except ConnectionRefusedError as error:
            raise self._refused() from error
        except OSError as error:
            raise MachineError(lack(error) or f"no datagram can be read: {error}") from error
        self._transcript.record(self.number, Direction.RECEIVED, data, by="server")
        return data

    def _gone(self) -> bool:
        return not self._server.program.alive

    def _refused(self) -> Failure:
        """The failure for a port that nothing is bound to any more (ICMP, port unreachable)."""
        program = self._server.program
        if wait(program.wait_exit, Deadline(self.budgets.close, self._server.look)):
            return exit_failure(program, HANDLING)
        return Failure(
            Kind.CONNECTION,
            f"Your server does not take datagrams on UDP port {self._server.port} any more.",
            expected=f"a UDP socket on port {self._server.port}",
            actual="connection refused (ICMP: port unreachable)",
            hint="Open the socket once, and keep it open as long as the program runs.",
        )

    def close(self) -> None:
        """Close the socket; idempotent."""
        if self._socket.fileno() >= 0:
            self._socket.close()
            self._transcript.record(self.number, Direction.CLOSED)
