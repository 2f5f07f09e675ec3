"""A connection on which a stream of events comes: reads them as they come, and says why none
does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.diagnosis import HANDLING, explain_silence, lined
from grader.diagnosis.lines import retellable
from grader.diagnosis.pool import blamed
from grader.http1.connection import Connection
from grader.http1.silence import hints_for
from grader.http1.wire import Framing
from grader.http1.wire.event_stream import Event, EventReader
from grader.program.take_snapshot import what_it_raised
from grader.text.layout import counted
from grader.text.sentence import sentences

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.check.transcript import Transcript
    from grader.diagnosis import Silence
    from grader.http1.wire import Response
    from grader.program.server import Server

_SHOWN: Final = 2000  # bytes of what came
_ENDED: Final = "An event ends with an empty line: send \\n\\n after its last line."
_STAYS: Final = (
    "Leave the connection of GET /events open, and send no Content-Length: events follow until the"
    " client leaves."
)


class EventStream(Connection):
    """A client of a stream of events. Opened by `Session.subscribe`.

    response: the head of its answer, and of its body what has come; None before the head has.
    earlier: the data of the events that were read.
    """

    def __init__(self, server: Server, budgets: Budgets, transcript: Transcript) -> None:
        self.response: Response | None = None
        self._whole = False
        self._events = EventReader()
        self._fed = 0
        self.earlier: list[str] = []
        super().__init__(server, budgets, transcript)

    def until_it_rests(self) -> None:
        """Wait until the server has read the request and rests (or `quiet` has passed), and forget
        the events that have come till then."""
        self.settle(read=True)
        whole = self.deadline(self.budgets.message)
        while self.something_comes() and not self.ended and whole.goes_on():
            self._take_in()
        while self._events.event() is not None:
            pass

    def next_event(self) -> Event:
        """The next event, as soon as it is whole."""
        self._reading = True
        whole = self.deadline(self.budgets.message)
        while (event := self._events.event()) is None:
            if self._whole or self.ended:
                raise self._is_over()
            if (slow := not whole.goes_on()) or not self._comes_in_time():
                raise self._no_event(slow=slow)
            self._receive()
            self._take_in()
        self.earlier.append(event.data)
        return event

    def event_at_once(self) -> Event | None:
        """The next event, if it comes before the server rests."""
        if (event := self._events.event()) is None and self.something_comes():
            self._take_in()
            event = self._events.event()
        return event

    @property
    def line_that_is_not_utf8(self) -> bytes | None:
        return self._events.not_utf8

    def _take_in(self) -> None:
        """Give what has come of the body to the reader of events."""
        if self._whole or (self.ended and self._reader.framing is not Framing.CLOSE):
            return
        response = self._parsed("GET")
        self._whole = response is not None
        self.response = response or self._reader.begun or self.response
        if self.response is not None:
            self._events.feed(self.response.body[self._fed :])
            self._fed = len(self.response.body)

    def _is_over(self) -> Failure:
        """Why no event comes any more: the program died, or the stream has an end."""
        if self.ended and self._ends():
            return self._ended(HANDLING)
        if self.response is None:
            return self.cut_off()
        count = len(self.earlier)
        after = f"after {counted(count, 'event')}" if count else "before an event"
        raised = what_it_raised(self._server.program, self._printed)
        how = f"your server {'reset' if self.was_reset else 'closed'} the stream {after}"
        if not self.ended:
            by_length = self.response.framing is Framing.LENGTH
            end = ", as its Content-Length says" if by_length else " with its last chunk"
            how = f"the stream ends {after}{end}"
        return Failure(
            Kind.CLOSED,
            sentences(how, f"it raised {raised}" if raised else ""),
            expected="a stream that goes on until the client leaves",
            actual=self.response.head[:_SHOWN],
            hint=_STAYS,
            connection=self.number,
        )

    def _no_event(self, *, slow: bool) -> Failure:
        if self.response is None:
            return self._silence(slow=slow)
        seen = self._seen(hints_for(b""), None, b"", whole=True, slow=slow)
        lines, number = self._events.lines, self.number
        if lines and self._events.has_data:
            return _unended(lines, number)
        if ignored := self._events.without_data or lines:
            return _without_data(ignored, number)

        def told(now: Silence) -> Failure:
            failure = explain_silence(now)
            within = "" if now.hopeless else f" within {now.budget_s:g} s"
            failure.summary = sentences(f"No event came{within} after the POST", _instead(now))
            failure.expected, failure.hint = "an event", None
            failure.connection = number
            return failure

        return retellable(
            told(seen),
            lambda found: told(replace(seen, snapshot=lined(seen.snapshot, found))),
        )


def _instead(seen: Silence) -> str:
    """What the server does instead, as a clause; empty where that is not known."""
    snapshot = seen.snapshot
    if snapshot.raised:
        return f"your server raised {snapshot.raised}"
    one = blamed(snapshot, seen.connection)
    if one is None or one.loop or one.accepts:
        return ""
    return f"{snapshot.who(one)} {one.clause(seen.connection)}"


def _without_data(lines: tuple[bytes, ...], connection: int) -> Failure:
    return Failure(
        Kind.MISMATCH,
        "What came has no data: no line begins with data: and a client ignores all others.",
        expected="data: and the text",
        actual=b"\n".join(lines)[:_SHOWN],
        offset=0,
        hint="Send data: before each line of the text, and an empty line after the last one.",
        hint_alone=True,
        cite="WHATWG HTML 9.2.6",
        connection=connection,
    )


def _unended(lines: tuple[bytes, ...], connection: int) -> Failure:
    came = b"\n".join(lines)
    return Failure(
        Kind.INCOMPLETE,
        f"The event has no end: {counted(len(lines), 'line')} came, and no empty line after that.",
        expected="an empty line after the event",
        actual=came[:_SHOWN],
        offset=len(came) if len(came) < _SHOWN else None,
        hint=_ENDED,
        hint_alone=True,
        cite="WHATWG HTML 9.2.6",
        connection=connection,
    )
