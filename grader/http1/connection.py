"""One connection of a check: sends, reads and records exact bytes, and says why no answer comes.

How it works. Bytes pass three layers: `TcpStream` owns the socket and waits with patience,
`RecordedStream` writes every byte into the transcript, and here a `ResponseReader` makes answers of
them. The reader does no input or output: it is fed what comes, and answers None until it has a
whole answer.

Why so. A read ends as soon as its outcome is certain: with a whole answer, with the first byte that
breaks a rule, with the end of the connection, or when the server is seen to be blocked for good.
Only otherwise does it take the whole budget, so a hopeless server costs no waiting. Why nothing
comes is looked at before anything is closed or killed: afterwards the evidence is gone. What
`requests` reads by `read_some` is read once more by our own reader: a lenient client must not hide
a fault.
"""

from __future__ import annotations

import dataclasses
import select
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.failure import Failure
from grader.diagnosis import HANDLING, explain_silence
from grader.http1.earlier_length import earlier_length
from grader.http1.messages import explain_endless, explain_malformed
from grader.http1.silence import (
    explain_answer_elsewhere,
    explain_unended,
    half_answer,
    hints_for,
    unanswered_at_once,
)
from grader.http1.wire import (
    Framing,
    Malformed,
    ReadLimits,
    Request,
    Response,
    ResponseReader,
    are_whole,
    reader_of,
    whole_requests,
)
from grader.http1.wire.rules.head import LITERAL_ESCAPES
from grader.net.recorded import RecordedStream
from grader.net.tries import Noted, Undecided, undecided_when

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.budgets import Budgets
    from grader.check.transcript import Transcript
    from grader.program.server import Server
    from grader.system.patience import Deadline


LONGEST_BODY = 16 << 20
"""Four times what any check asks for."""


class Connection(RecordedStream):
    """A connection of one check. Every wait has a budget; what goes wrong is raised as `Failure`.
    Opened by `Session.connect`, closed by it at the end of the check at the latest."""

    FULL_HINT = "Keep calling recv until the whole body has arrived, or answer with an error."

    def __init__(self, server: Server, budgets: Budgets, transcript: Transcript) -> None:
        self.last: Response | None = None  # the answer that was read last
        self._asked: list[str] = []
        # what was handed out as it came: it shows how far an answer has come
        self._some = bytearray()
        self._reader = ResponseReader(limits=ReadLimits(body=LONGEST_BODY))
        super().__init__(server, budgets, transcript)

    @property
    def rest(self) -> bytes:
        """What has come and belongs to no answer that was read."""
        return self._reader.trailing

    def _came(self, data: bytes) -> None:
        self._reader.feed(data)

    def _came_to_an_end(self) -> None:
        self._reader.eof()

    def _is_interim(self) -> bool:
        return self.rest.startswith(b"HTTP/1.1 1")  # a 1xx

    def forget(self) -> None:
        """Let go of the answers: called by the session at the end of the check."""
        self.last, self._some, self._reader = None, bytearray(), ResponseReader()

    def ask(self, request: Request) -> None:
        """Send a whole request."""
        self.send(request.to_bytes())
        self._asked.append(request.method)

    def read(self, method: str | None = None, *, ends: bool = True) -> Response:
        """The next answer. `method` is what it answers, by default what was asked in turn.

        ends: with False, an answer without an end (no length, no chunks, connection left open) is
        returned as far as it has come once the server has come to rest.
        """
        self._reading, self._surplus = True, 0
        method = method or (self._asked.pop(0) if self._asked else "GET")
        whole = self.deadline(self.budgets.message)
        while (response := self._parsed(method)) is None:
            if self.ended:
                raise self.cut_off()
            if not whole.goes_on():
                raise self._silence(slow=True)
            if self._ends_by_closing and not ends:
                if not self._goes_on():
                    self._unended = True
                    self._reader.eof()
                continue
            if not self._comes_in_time():
                self.attempt.habits.leaves_answers_open |= self._ends_by_closing
                raise self._silence()
            self._receive()
        self.last = dataclasses.replace(response, connection=self.number, index=self._answers)
        self._answers += 1
        self._reading = False
        return self.last

    def _comes_in_time(self, mask: int = select.POLLIN) -> bool:
        try:
            return super()._comes_in_time(mask)
        except Undecided:
            self._learn_what_it_waits_for()
            raise

    def _learn_what_it_waits_for(self) -> None:
        """In a first try, whether it is the body of an earlier request: it answers once as many
        bytes have come."""
        if not (self.attempt.first and self._is_read()):
            return
        length = self._earlier_length()
        if length and self._comes_with_the_last(b"x" * length) and self.peek(1):
            self.attempt.habits.keeps_lengths = True

    def _earlier_length(self) -> int:
        """How long a body it may wait for although its request has none; 0 where it has begun to
        answer."""
        if self.rest:
            return 0
        return earlier_length(self._transcript.entries, self._transcript.sent_on(self.number))

    def answer_begins(self) -> bool:
        """Whether anything comes, or the end, in the `answer` budget. When nothing does, to read on
        says why, without another wait."""
        if self.ended:
            return True
        if not self._comes_in_time():
            self.give_up()
            return False
        self._receive()
        return True

    def _goes_on(self) -> bool:
        """Whether an answer of which nothing tells where it ends goes on: a slow one is not taken
        for a whole one."""
        if self.attempt.takes_rest_for_an_end:
            goes_on = self.something_comes(patiently=False)
            self.attempt.took_rest_for_an_end |= not goes_on
            return goes_on
        seconds, hopeless = self.attempt.end_s(self.budgets.answer), Noted(self._hopeless())
        if self._comes_within(seconds, strictly=False, hopeless=hopeless):
            self._receive()
            return True
        self.attempt.leaves_open(seen=hopeless.answer)
        return False

    def _hopeless(self) -> Callable[[], bool]:
        silent, attempt = super()._hopeless(), self.attempt
        if not (attempt.knows_open_answers and self._ends_by_closing):
            return silent
        if attempt.hurries:
            return undecided_when(self._server.still())
        budget_s = self.budgets.answer
        ticks, until = self._server.only_ticks(budget_s), self.deadline(attempt.enough_s(budget_s))

        def left_open() -> bool:
            ticks_only = ticks()
            return silent() or (not until.goes_on() and ticks_only)

        return left_open

    @property
    def _ends_by_closing(self) -> bool:
        """Whether nothing but the end of the connection tells where the answer ends that comes."""
        try:
            reader = self._reader_of_some() if self._some else self._reader
        except Malformed:
            return False
        return reader.framing is Framing.CLOSE

    def _reader_of_some(self) -> ResponseReader:
        """A reader of what was handed out of the answer as it came."""
        return reader_of(bytes(self._some), ReadLimits(body=LONGEST_BODY))

    def _parsed(self, method: str) -> Response | None:
        try:
            return self._reader.response(method)
        except Malformed as malformed:
            if self.ended:
                raise self.cut_off() from malformed
            raise explain_malformed(malformed) from malformed

    def read_some(self, size: int, whole: Deadline) -> bytes:
        """At least one and at most `size` bytes as they came, for clients that parse by themselves;
        b"" at the end.

        whole: until when the whole answer has to be there. Raises `Failure` when the end comes
        instead of an answer, and when the answer has no end.
        """
        data = b""
        while not data and not self.ended:
            if not whole.goes_on():
                raise self._silence_of_some(slow=True)
            if not self._comes_in_time():
                self.attempt.habits.leaves_answers_open |= self._ends_by_closing
                raise self._silence_of_some()
            data = self._take(size)
        if not data and not self._some:
            raise self.cut_off()
        self._some += data
        if len(self._some) > LONGEST_BODY:
            raise explain_endless(LONGEST_BODY)
        return data

    def read_again(self, method: str, *, go_on: bool) -> Response | None:
        """The answer that was handed out as it came, as our own reader reads it. None when it is
        not well-formed, or not whole. go_on: wait for the rest of it, for its client has not."""
        handed_out, self._some = bytes(self._some), bytearray()
        self._reader = ResponseReader(limits=ReadLimits(body=LONGEST_BODY))
        self._reader.feed(handed_out)
        if self.ended:
            self._reader.eof()
        try:
            if go_on:
                return self.read(method)
            self._answers += bool(handed_out)
            return self._reader.response(method)
        except (Failure, Malformed):
            return None

    def _silence_of_some(self, *, slow: bool = False) -> Failure:
        try:
            self._reader = self._reader_of_some()
        except Malformed as malformed:
            # a lenient client waits for what such an answer does not say
            return explain_malformed(malformed)
        return self._silence(slow=slow)

    def _silence(self, *, slow: bool = False) -> Failure:
        """Why nothing (more) comes, looked at before anything is closed or killed."""
        progress = self._reader.progress
        half, begun = half_answer(progress), self._reader.trailing
        sent = self._transcript.sent_on(self.number)
        whole = are_whole(sent)
        at_once = unanswered_at_once(sent, self._request, self._answers)
        waits_for = self._earlier_length() if self.attempt.habits.keeps_lengths else 0
        hints = hints_for(sent, at_once=any(at_once), waits_for=waits_for)
        seen = replace(
            self._seen(hints, half, begun, whole=whole, slow=slow),
            at_once=at_once,
        )
        if seen.accepted and half and self._reader.framing is Framing.CLOSE and not slow:
            return explain_unended(seen)
        if half and (gap := self._reader.incomplete()).rule == LITERAL_ESCAPES.name:
            return explain_malformed(gap)
        elsewhere = (one.number for one in self.beside if one.has_one_too_many())
        if not half and (other := next(elsewhere, None)) is not None:
            return explain_answer_elsewhere(self.number, other)
        failure = explain_silence(seen)
        self._learn_what_it_waits_for()  # once it was looked at: the server goes on after that
        return failure

    def has_one_too_many(self) -> bool:
        sent = self._transcript.sent_on(self.number)
        if self.last is None or self.last.status < 200 or not are_whole(sent):
            return False
        asked = len(whole_requests(sent))
        return asked <= self._answers and (self.rest or self.peek(5)).startswith(b"HTTP/")

    def cut_off(self) -> Failure:
        """Why there is no whole answer: it ended first: the program died, or hung up."""
        if self._ends():
            return self._ended(HANDLING)
        if self.rest:
            return explain_malformed(self._reader.incomplete())
        return self._closed(hints_for(b""))
