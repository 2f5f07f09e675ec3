"""A TCP connection of a check, before any protocol: what is sent and what comes is recorded."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Transcript, served
from grader.diagnosis import (
    Silence,
    after_clients,
    explain_closed,
    tell_of_others,
    when_it_ended,
)
from grader.errors import MachineError, lack
from grader.net.closing import hang_up, reset
from grader.net.socket_options import acknowledge_at_once, cork
from grader.net.stream import TcpStream
from grader.program.take_snapshot import what_it_raised
from grader.system.processes import signal_that_ended_one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.budgets import Budgets
    from grader.diagnosis import HalfAnswer, ProtocolHints
    from grader.program.server import Server
    from grader.system.patience import Deadline

PIECE = 1 << 16
"""So many bytes are sent or taken in at a time."""

_MOST_SURPLUS = 1 << 18  # an endless server is not kept in memory
_MOST_SHOWN = 2000  # bytes of half an answer
_MOST_LATE = 128  # pieces that are taken after the time is up: more than the kernel holds


class RecordedStream(TcpStream):
    """A connection that records every byte, and knows whether its other end is gone. Every wait has
    a budget; what goes wrong is raised as `Failure`.

    What has come is a protocol's to understand: it says so by `_came`, `_is_interim` and `rest`.
    """

    FULL_HINT = "Keep calling recv: until then, the client cannot send the rest."
    """Said to a server that stopped reading while a client sends."""

    def __init__(self, server: Server, budgets: Budgets, transcript: Transcript) -> None:
        self._transcript = transcript
        self.number = transcript.connection()
        self._received = 0
        self._answers = 0
        self.ended = False  # the server has closed or reset it, as far as has been looked
        self._reading = False
        self._surplus = 0  # bytes that came while no answer was being read
        # an answer without an end was taken for complete: what follows belongs to it
        self._unended = False
        self.was_reset = self.cannot_send = False  # the latter: both halves are closed
        self.beside: Sequence[RecordedStream] = ()
        """The connections of the check, in the order in which they were opened."""
        super().__init__(server, budgets)
        # not before: a reference that is started on demand has no program until somebody connects
        self._printed = server.program.output.count
        self.asked_at = self._printed
        """How many bytes the program had printed when the request began that was sent last."""
        self._begins = False
        self._request = 0  # bytes of it
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
            self._came(data)

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
            acknowledge_at_once(self._socket)
            self._in_vain = False
            self._received += len(data)
            self._begins = True
            self._transcript.record(self.number, Direction.RECEIVED, data, by="server")
        else:
            self._end(Direction.CLOSED)
        return data

    def _end(self, direction: Direction) -> None:
        if not self.ended:
            self._transcript.record(self.number, direction, by="server")
        self.ended = True
        self.was_reset |= direction is Direction.RESET
        self._came_to_an_end()

    def _came(self, data: bytes) -> None:
        """The next bytes that came."""
        raise NotImplementedError

    def _came_to_an_end(self) -> None:
        """Nothing follows."""

    def _is_interim(self) -> bool:
        """Whether what came while we send is no answer yet, so that sending goes on."""
        return False

    def send(self, data: bytes) -> None:
        """Send these bytes. Stops early, without a failure, when the server has answered or hung up
        meanwhile."""
        rest, whole = memoryview(data), self.deadline(self.budgets.message)
        self._in_vain = False
        if data:
            self._sent_at = time.monotonic()
        if data and self._begins:  # what comes after an answer is the next request
            self.asked_at, self._begins = self._server.program.output.count, False
            self._request = 0
        while rest:
            try:
                sent = self._socket.send(rest[:PIECE])
            except BlockingIOError:
                if self._may_go_on(len(data) - len(rest), len(data), whole):
                    continue
                break
            except OSError as error:
                # the server has closed its end: what it said before is still there to be read
                if lacks := lack(error):
                    raise MachineError(lacks) from error
                self.cannot_send, self.was_reset = True, isinstance(error, ConnectionResetError)
                break
            rest = rest[sent:]
            self._request += sent
        self._transcript.record(self.number, Direction.SENT, data[: len(data) - len(rest)])

    def _may_go_on(self, sent: int, size: int, whole: Deadline) -> bool:
        """Wait until there is room again; False when the server answers instead of reading on."""
        mask = select.POLLOUT | select.POLLIN
        late = not whole.goes_on()
        if late or not self._comes_in_time(mask):
            how = f"reads too slowly: in {whole.budget_s:g} s" if late else "stopped reading:"
            raise Failure(
                Kind.SILENCE,
                f"Your server {how} only {sent} of the request's {size} bytes could be sent.",
                expected="a server that reads the whole request, or answers",
                hint=self.FULL_HINT,
            )
        if self._poll(select.POLLIN)(0):
            self._receive()
        return bool(self._poll(select.POLLOUT)(0)) or self._is_interim()

    def send_slowly(self, *pieces: bytes) -> None:
        """Send piece after piece, each only when the server has read the one before (or `quiet` has
        passed)."""
        for index, piece in enumerate(pieces):
            if index:
                self.until_read()
            self.send(piece)

    def until_read(self) -> None:
        """Wait until the server has read what was sent and rests, at most the `quiet` budget."""
        if self._comes_before_rest(read=True):
            self._receive()

    def ends_within(self, seconds: float) -> bool:
        """Wait for the server to close (or reset) it; what comes before is taken in."""
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

    def something_comes(self, *, patiently: bool = True) -> bool:
        """Whether the server sends or closes anything before it comes to rest (or the `quiet`
        budget passes). patiently: also where it is known never to rest; without, a part of the
        budget is enough then."""
        if self.ended:
            return False
        seen = self._received
        if self._comes_before_rest(patiently=patiently):
            self._receive()
        return self.ended or self._received > seen

    def _seen(
        self,
        hints: ProtocolHints,
        half: HalfAnswer | None,
        begun: bytes,
        *,
        whole: bool,
        slow: bool = False,
    ) -> Silence:
        """Why nothing (more) comes, looked at before anything is closed or killed.

        half, whole and slow as in `Silence`. begun: what has come of the answer.
        """
        told = Silence(
            hints,
            half,
            self._received,
            begun[:_MOST_SHOWN],
            budget_s=self.budgets.message if slow else self.budgets.answer,
            answers=self._answers,
            connection=self.number,
            slow=slow,
            whole=whole,
            sent=self._request,
            served=served(self._transcript.entries),
        )
        silent = self.silent_for(self.budgets.answer)
        return self._server.seen(
            told,
            self._socket,
            self._transcript.ports,
            since=self._printed,
            hopeless=silent() or silent(),
        )

    def _closed(self, hints: ProtocolHints) -> Failure:
        """The failure for a server that closed the connection in place of an answer, and lives."""
        # Behind an earlier answer a reset only means that the server closed before our request
        # came.
        program, reset = self._server.program, self.was_reset and not self._answers
        raised = what_it_raised(program, self._printed)
        killed = signal_that_ended_one(program.tree())
        failure = explain_closed(hints, reset, self._answers, raised, killed)
        if not (self._answers or raised or killed):
            tell_of_others(failure, self._transcript.entries, self.number)
        return failure

    def has_one_too_many(self) -> bool:
        """Whether an answer waits here that nothing has asked for; False where that is not
        certain."""
        return False

    def end_sending(self) -> None:
        """Close our half: the server reads the end of the stream, and may still answer
        (shutdown(2), SHUT_WR)."""
        with contextlib.suppress(OSError):  # it has gone already
            self._socket.shutdown(socket.SHUT_WR)
        self._transcript.record(self.number, Direction.HALF_CLOSED)

    def send_and_leave(self, data: bytes) -> None:
        """Send these bytes and close: the end comes with the last, so nobody answers in between."""
        cork(self._socket)
        self.send(data)
        self.close()

    def close(self) -> None:
        """Close our end; idempotent."""
        if self._socket.fileno() >= 0:
            hang_up(self._socket)
            self._transcript.record(self.number, Direction.CLOSED)

    @property
    def was_answered(self) -> bool:
        """Whether anything has come."""
        return self._received > 0

    def _when_clients_left(self) -> str:
        return after_clients(self._transcript.entries)

    def _ended(self, when: str) -> Failure:
        unread = self.was_reset and not self._received
        return super()._ended(when_it_ended(self._transcript.entries, when, unread=unread))

    def forget(self) -> None:
        """Let go of what has come: who holds on to this connection need not hold megabytes, too."""

    def abort(self) -> None:
        """Reset the connection, as a client that crashes does."""
        reset(self._socket)
        self._transcript.record(self.number, Direction.RESET)
