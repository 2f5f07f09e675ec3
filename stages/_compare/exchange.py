"""Has a conversation with one server, over real connections, and says what was seen.

How it works. A `Conversation` is a plan: requests, on which connection each goes, where it is cut
into pieces, who stays silent or leaves early. `play` carries it out twice, once with the reference
and once with the submission, and each `Observed` is what came of one request. It judges nothing.

Why so. Both servers get the same bytes, but only the submission is tested: the reference gets each
request whole, is not asked where a client leaves early, and is only read. A server may close an
idle connection whenever it likes. So where a close may be that, and not an answer to a request, the
observation says that nothing can be judged by it. Files are read after the answer, before the next
request can change them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.http1.messages import explain_malformed
from grader.http1.wire import Framing, Response, explain_leftover

from .conversation import Ask, Conversation, Leaving
from .directory import lay_out, wrote_outside
from .expectation import After, Expectation
from .observed import EndOfAnswer, Observed
from .odd_rules import ROOT, SERVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.http1.connection import Connection
    from grader.program.served_directory import SharedFiles

# A server may close a connection that nobody uses, and no stage says after how many seconds.
_IDLE_S = 0.2


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two servers: how to connect to it, what Host says, and the directory that it
    serves.

    trusted: it is the reference, which gets each request whole and is only read.
    """

    connect: Callable[[], Connection]
    host: str
    files: SharedFiles | None
    trusted: bool = False


def play(
    conversation: Conversation, laws: Sequence[Expectation], side: Side
) -> tuple[Observed, ...]:
    """What was seen of each request, in order. Connections that are still open are left to whoever
    opened them."""
    if side.files is not None:
        lay_out(conversation, side.files)
    player = _Player(conversation, laws, side)
    if conversation.at_once:
        player.exchange_at_once()
    for group in () if conversation.at_once else _groups(conversation.asks):
        player.exchange(group)
    return tuple(player.seen)


def _groups(asks: Sequence[Ask]) -> Iterator[range]:
    """The requests that are sent at once, as ranges of their indices."""
    starts = [index for index, ask in enumerate(asks) if not (index and ask.joined)]
    for start, stop in zip(starts, [*starts[1:], len(asks)], strict=True):
        yield range(start, stop)


@dataclass(slots=True)
class _Line:
    """A connection that is in use: the request that was answered on it last, and when that was."""

    connection: Connection
    last: int | None = None
    used_at: float = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether so much time has passed that the server may have closed it for that."""
        return self.last is not None and time.monotonic() - self.used_at > _IDLE_S


class _Player:
    def __init__(self, conversation: Conversation, laws: Sequence[Expectation], side: Side) -> None:
        self.seen = [Observed(judged=False) for _ in conversation.asks]
        self._asks = conversation.asks
        self._laws = laws
        self._side = side
        self._lines: dict[int, _Line] = {}
        self._silent = [self._opened(data) for data in conversation.beside]

    def _opened(self, data: bytes) -> Connection | None:
        try:
            connection = self._side.connect()
        except Failure:
            return None  # the next one will tell
        if data:
            connection.send(data)
        return connection

    def exchange(self, group: range) -> None:
        """Send these requests at once, and read their answers."""
        first = self._asks[group.start]
        if first.leaves is not Leaving.STAYS:
            self._leave(group.start)
            return
        try:
            line = self._line_for(first)
        except Failure as failure:
            self.seen[group.start] = Observed(failure=failure)
            return
        if line is None:
            return
        if not self._repeated(line, group.start):
            self._lines.pop(first.connection).connection.close()
            return
        self._send(line.connection, group)
        for index in group:
            if not self._read(line, index):
                self._lines.pop(first.connection)
                return
        self._read_files(group)
        if self._is_last_on_its_line(group.stop - 1):
            self._look(line, group.stop - 1)
            line.connection.close()
            del self._lines[first.connection]

    def _line_for(self, ask: Ask) -> _Line | None:
        """The connection to send this request on; None where that one has ended, which is noted."""
        line = self._lines.get(ask.connection)
        if (
            line is not None
            and line.last is not None
            and self._side.trusted
            and self._asks[line.last].odd
        ):
            # the reference may close, and may be late with that
            self._lines.pop(ask.connection).connection.close()
            line = None
        if line is not None and line.last is not None and line.connection.ends_within(0):
            idle, before = line.is_idle, line.last
            self._lines.pop(ask.connection).connection.close()
            if self._laws[before].after is not After.FREE and not idle:
                self.seen[before] = replace(self.seen[before], ended=True)
                return None
            line = None
        if line is None:
            line = self._lines[ask.connection] = _Line(self._side.connect())
        return line

    def exchange_at_once(self) -> None:
        """Send every request on a connection of its own, piece by piece in turn, and then read the
        answers in turn."""
        for index, ask in enumerate(self._asks):
            try:
                self._lines[ask.connection] = _Line(self._side.connect())
            except Failure as failure:
                self.seen[index] = Observed(failure=failure)
                return
        for turn in zip_longest(*(self._pieces(ask) for ask in self._asks), fillvalue=b""):
            for ask, piece in zip(self._asks, turn, strict=True):
                self._lines[ask.connection].connection.send(piece)
            for ask in () if self._side.trusted else self._asks:
                self._lines[ask.connection].connection.until_read()
        for index, ask in enumerate(self._asks):
            if self._read(line := self._lines[ask.connection], index):
                self._read_files(range(index, index + 1))
            line.connection.close()

    def _leave(self, index: int) -> None:
        """Send a request as a client that does not read its answer. The reference is not asked."""
        if self._side.trusted:
            return
        try:
            connection = self._side.connect()
        except Failure as failure:
            self.seen[index] = Observed(failure=failure)
            return
        data = b"".join(self._pieces(self._asks[index]))
        way = self._asks[index].leaves
        if way is Leaving.AT_ONCE:
            connection.send_and_leave(data)
            return
        connection.send(data)
        if way is Leaving.HALF:
            connection.end_sending()
            connection.until_read()
        elif way is Leaving.EARLY:
            connection.something_comes()
        connection.abort() if way is Leaving.RESET else connection.close()

    def _repeated(self, line: _Line, index: int) -> bool:
        """Have the request answered so often that once is left; whether it may be sent again."""
        ask = self._asks[index]
        for _ in range(ask.times - 1):
            self._send(line.connection, range(index, index + 1))
            if not self._read(line, index):
                return False
            answer = self.seen[index].answer
            if answer is not None and answer.wants_close:
                return False  # it has said so
        return True

    def _pieces(self, ask: Ask) -> tuple[bytes, ...]:
        """The bytes of a request, in which the directory has its name."""
        pieces = ask.pieces(self._side.host)
        if ask.odd != "contained" or self._side.files is None:
            return pieces
        place = self._side.files.directory
        root = str(place.parent).encode()
        return tuple(
            piece.replace(SERVED, place.name.encode()).replace(ROOT, root) for piece in pieces
        )

    def _send(self, connection: Connection, group: range) -> None:
        asks = [self._asks[index] for index in group]
        if len(asks) > 1 or self._side.trusted:
            connection.send(b"".join(piece for ask in asks for piece in self._pieces(ask)))
        else:
            connection.send_slowly(*self._pieces(asks[0]))

    def _read(self, line: _Line, index: int) -> bool:
        """Read one answer; whether another may follow on the connection."""
        ask = self._asks[index]
        # a request that is repeated is owed each answer
        before = line.last if line.last != index else None
        may_be_closed = line.is_idle or (
            before is not None and self._laws[before].after is After.FREE
        )
        try:
            answer = line.connection.read(ask.method, ends=False)
        except Failure as failure:
            closed = failure.kind in (Kind.CLOSED, Kind.CONNECTION)
            self.seen[index] = Observed(
                failure=failure, outside=self._outside(), judged=not (closed and may_be_closed)
            )
            return False
        line.last, line.used_at = index, time.monotonic()
        told = _told(answer, line.connection)
        self.seen[index] = Observed(answer, None, told, outside=self._outside())
        if told is EndOfAnswer.NOT:
            self._read_files(range(index, index + 1))
        return told is not EndOfAnswer.NOT

    def _read_files(self, group: range) -> None:
        """What the files hold that were uploaded; of one uploaded twice at once, what came last."""
        last = {self._laws[index].stored: index for index in group}
        for name, index in last.items():
            if name is not None and self._side.files is not None:
                self.seen[index] = replace(self.seen[index], stored=self._side.files.read(name))

    def _outside(self) -> bool:
        return self._side.files is not None and wrote_outside(self._side.files)

    def _is_last_on_its_line(self, index: int) -> bool:
        ask = self._asks[index]
        return all(later.connection != ask.connection for later in self._asks[index + 1 :])

    def _look(self, line: _Line, index: int) -> None:
        """Whether the connection is open, and whether more has come than the answer."""
        if self._side.trusted:
            return
        connection, after = line.connection, self._laws[index].after
        ended = None
        if after is After.OPEN:
            connection.something_comes()
            ended = connection.ended
        elif after is After.CLOSED:
            ended = connection.ends_within(connection.budgets.close)
        elif self._asks[index].odd:
            connection.something_comes()
        else:
            connection.ends_within(0)
        surplus = None
        if connection.rest and connection.last is not None:
            surplus = explain_malformed(explain_leftover(connection.last, connection.rest))
        self.seen[index] = replace(self.seen[index], ended=ended, surplus=surplus)


def _told(answer: Response, connection: Connection) -> EndOfAnswer:
    if answer.framing is not Framing.CLOSE:
        return EndOfAnswer.BY_HEAD
    return EndOfAnswer.BY_CLOSING if connection.ended else EndOfAnswer.NOT
