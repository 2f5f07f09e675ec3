"""What comes on a connection: taken in, recorded, and fed to the reader of answers."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from grader.check.transcript import Direction, Transcript
from grader.errors import MachineError, lack
from grader.http1.wire import ReadLimits, ResponseReader
from grader.net.stream import TcpStream

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.program.server import Server

PIECE = 1 << 16
LONGEST_BODY = 16 << 20
"""Four times what any check asks for."""

_MOST_SURPLUS = 1 << 18  # an endless server is not kept in memory
_MOST_LATE = 128  # pieces that are taken after the time is up: more than the kernel holds


class Incoming(TcpStream):
    """A connection that takes in what comes, and knows whether its other end is gone."""

    def __init__(self, server: Server, budgets: Budgets, transcript: Transcript) -> None:
        self._transcript = transcript
        self.number = transcript.connection()
        self._reader = ResponseReader(limits=ReadLimits(body=LONGEST_BODY))
        self._received = 0
        # whether the server has closed or reset the connection, as far as has been looked
        self.ended = False
        self._reading = False
        self._surplus = 0  # bytes that came while no answer was being read
        # an answer without an end was taken for complete: what follows belongs to it
        self._unended = False
        self.was_reset = False
        super().__init__(server, budgets)
        if self._socket.family != socket.AF_UNIX:
            transcript.ports[self._socket.getsockname()[1]] = self.number
        transcript.record(self.number, Direction.OPENED)
        try:
            self._socket.getpeername()
        except OSError:  # opened, and reset before we could look
            self._end(Direction.RESET)

    def _receive(self) -> None:
        data = self._take(PIECE)
        self._surplus += 0 if self._reading else len(data)
        if data and not self._unended and self._surplus < _MOST_SURPLUS:
            self._reader.feed(data)

    def _take(self, size: int) -> bytes:
        """What has come, at most `size` bytes; b"" when that is nothing, or the end."""
        try:
            data = self._socket.recv(size)
        except BlockingIOError:
            return b""
        except OSError as error:
            if lacks := lack(error):
                raise MachineError(lacks) from error
            self._end(Direction.RESET)
            return b""
        if data:
            self._received += len(data)
            self._transcript.record(self.number, Direction.RECEIVED, data, by="server")
        else:
            self._end(Direction.CLOSED)
        return data

    def _end(self, direction: Direction) -> None:
        if not self.ended:
            self._transcript.record(self.number, direction, by="server")
        self.ended = True
        self.was_reset |= direction is Direction.RESET
        self._reader.eof()

    @property
    def rest(self) -> bytes:
        """What has come and belongs to no answer that was read."""
        return self._reader.trailing

    def ends_within(self, seconds: float) -> bool:
        """Wait for the server to close (or reset) the connection; what comes before is taken in."""
        deadline, late = self.deadline(seconds), 0
        while not self.ended and late < _MOST_LATE and self._comes(deadline):
            self._receive()
            late += not deadline.goes_on()
        return self.ended

    def something_comes_within(self, seconds: float, *, strictly: bool = False) -> bool:
        """Whether anything comes so soon; False at once when the server can be seen to sleep longer
        than that. strictly: on a busy machine give back what the server has queued, not what we
        have: the kernel keeps the bytes.
        """
        seen = self._received
        if not self.ended and self._comes_within(seconds, strictly=strictly):
            self._receive()
        return self.ended or self._received > seen

    def something_comes(self) -> bool:
        """Whether the server sends or closes anything before it comes to rest (or the `quiet`
        budget passes)."""
        if self.ended:
            return False
        seen = self._received
        if self._comes_before_rest():
            self._receive()
        return self.ended or self._received > seen
