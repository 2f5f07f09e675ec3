"""One TCP connection of a check: sends lines and bytes, reads them, and says why none come."""

from __future__ import annotations

import select
from functools import partial
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction
from grader.diagnosis import HANDLING, explain_silence
from grader.net.recorded import PIECE, RecordedStream
from grader.net.socket_options import cork
from grader.system.patience import wait
from grader.tcp.silence import HINTS, half_bytes, half_line, half_stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.budgets import Budgets
    from grader.check.transcript import Transcript
    from grader.diagnosis import HalfAnswer
    from grader.program.server import Server

LINE_END = b"\n"
_SHOWN = 64
LONGEST = 1 << 20
"""Of one answer, in bytes: more than any check asks for."""


class TcpConnection(RecordedStream):
    """A connection of one check. Every wait has a budget; what goes wrong is raised as `Failure`.
    Opened by `TcpSession.connect`, closed by it at the end of the check at the latest."""

    def __init__(self, server: Server, budgets: Budgets, transcript: Transcript) -> None:
        self._came_so_far = bytearray()
        self._exchanging = False
        super().__init__(server, budgets, transcript)

    def _came(self, data: bytes) -> None:
        self._came_so_far += data

    @property
    def rest(self) -> bytes:
        """What has come and was not read yet."""
        return bytes(self._came_so_far)

    def ask(self, line: str | bytes) -> bytes:
        """Send a line, and read the line that answers it, with its end."""
        self.send_line(line)
        return self.read_line()

    def send_line(self, line: str | bytes) -> None:
        """Send a line: what is given, in UTF-8, and a line end."""
        self.send((line.encode() if isinstance(line, str) else line) + LINE_END)

    def read_line(self) -> bytes:
        r"""The next line, with the "\n" that ends it."""

        def whole() -> int | None:
            return self._came_so_far.find(LINE_END) + 1 or None

        return self._read(whole, half_line)

    def read_exactly(self, size: int) -> bytes:
        """The next `size` bytes, however many pieces they come in."""

        def whole() -> int | None:
            return size if len(self._came_so_far) >= size else None

        return self._read(whole, partial(half_bytes, size=size))

    def read_until_close(self) -> bytes:
        """Everything until the server closes the connection."""

        def whole() -> int | None:
            return len(self._came_so_far) if self.ended and not self.was_reset else None

        return self._read(whole, half_stream)

    def exchange(self, data: bytes) -> bytes:
        """Send these bytes, and read as many at the same time: a server that sends back what it
        reads need not hold them."""
        self._reading, self._surplus, self._exchanging = True, 0, True
        try:
            self.send(data)
        finally:
            self._exchanging = False
        return self.read_exactly(len(data))

    def _is_interim(self) -> bool:
        return self._exchanging

    def pour(self, most: int) -> int:
        """Send as much as the server takes, at most so many bytes, and read nothing; how much it
        was. The server takes no more when it rests with bytes unread, or when there is no room
        for the `answer` budget."""
        piece, poured, whole = b"x" * PIECE, 0, self.deadline(self.budgets.message)
        while poured < most and self._has_room() and whole.goes_on():
            try:
                sent = self._socket.send(piece)
            except OSError:  # it has closed its end
                break
            if not poured:  # of what is all the same, a part is enough
                self._transcript.record(self.number, Direction.SENT, piece[:_SHOWN])
            self._transcript.leave_out(self.number, Direction.SENT, sent - _SHOWN * (not poured))
            poured += sent
        return poured

    def _has_room(self) -> bool:
        """A window that was closed may take 200 ms to open again, also where the server has read
        everything: at rest with something unread, it does not read on."""
        still, room = self._server.still(), self._poll(select.POLLOUT)

        def reads_no_more() -> bool:
            return still() and (
                (peer := self._server.peer_of(self._socket)) is None or peer.unread > 0
            )

        return wait(room, self.deadline(self.budgets.answer), reads_no_more, step_s=0.001)

    def send_and_end(self, data: bytes) -> None:
        """Send these bytes and close our half: the end comes with the last of them, and the server
        may still answer."""
        cork(self._socket)
        self.send(data)
        self.end_sending()

    def _read(
        self, whole: Callable[[], int | None], half: Callable[[bytes], HalfAnswer | None]
    ) -> bytes:
        """What `whole` says is an answer, in bytes from the first that was not read yet."""
        self._reading, self._surplus = True, 0
        deadline = self.deadline(self.budgets.message)
        while (size := whole()) is None:
            if self.ended:
                raise self._cut_off(half(self.rest))
            if len(self._came_so_far) > LONGEST:
                raise _endless(self.rest)
            if (slow := not deadline.goes_on()) or not self._comes_in_time():
                raise self._silence(half(self.rest), slow=slow)
            self._receive()
        answer = bytes(self._came_so_far[:size])
        del self._came_so_far[:size]
        self._answers += 1
        self._reading = False
        return answer

    def _silence(self, half: HalfAnswer | None, *, slow: bool) -> Failure:
        sent = self._transcript.sent_on(self.number)
        whole = sent.endswith(LINE_END)
        return explain_silence(self._seen(HINTS, half, self.rest, whole=whole, slow=slow))

    def _cut_off(self, half: HalfAnswer | None) -> Failure:
        """Why there is no whole answer: the program died, or hung up."""
        if self._ends():
            return self._ended(HANDLING)
        if half is None:
            return self._closed(HINTS)
        ended = "reset" if self.was_reset else "closed"
        return Failure(
            Kind.INCOMPLETE,
            f"Your server {ended} the connection in the middle of an answer: {half.said}.",
            expected=half.missing,
            actual=self.rest[:LONGEST],
            offset=len(self.rest),
            hint=half.hint,
        )


def _endless(came: bytes) -> Failure:
    return Failure(
        Kind.MALFORMED,
        f"The answer has no end after {len(came)} bytes: no request here asks for so many.",
        expected=f"an answer of fewer than {LONGEST} bytes",
        hint="Send the answer once, then stop sending.",
    )
