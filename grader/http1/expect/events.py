"""Judgements on a stream of events: what a subscriber gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import status
from grader.http1.expect.headers import media_type
from grader.http1.recognise import WrongStatus
from grader.http1.wire.event_stream import PLAIN, EventReader
from grader.net.echoed import what_changed
from grader.program.served_directory import first_difference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.http1.events import EventStream
    from grader.http1.wire import Response

_CITE: Final = "WHATWG HTML 9.2.6"
_LINES: Final = (
    "Split the text at its line ends, and send data: before each of its lines, the empty ones too.",
    "A line without a known name before its colon is ignored; an empty line ends the event.",
)
_NEW_ALONE: Final = "Send the new event alone: forget those that this subscriber has got."
_OTHER: Final = "The event has other data than was posted."
_UTF8: Final = "Encode the stream as UTF-8, whatever else your program uses: it has no charset."


def taken(response: Response, hint: Hint | None = None) -> None:
    """A POST was successful: any status from 200 to 299."""
    if not 200 <= response.status < 300:
        raise WrongStatus(response, (200, 201, 202, 204), hint=hint)


def event_stream(stream: EventStream) -> None:
    """As far as the head of its answer has come, it is that of a stream of events."""
    if stream.response is not None:
        status(stream.response, 200)
        media_type(stream.response, "text/event-stream")


def event(stream: EventStream, text: str, *, hint: Hint | None = None) -> None:
    """The next event has this text as its data, its lines joined by "\\n"."""
    try:
        came = stream.next_event()
    except Failure:
        event_stream(stream)  # what its head says explains more
        raise
    event_stream(stream)
    if line := stream.line_that_is_not_utf8:
        raise Failure(
            Kind.MISMATCH,
            "A line of the stream is not valid UTF-8.",
            expected=f"data: {text}".encode(),
            actual=line,
            hint=_UTF8,
            hint_alone=True,
            cite=_CITE,
            connection=stream.number,
        )
    if came.data != text:
        raise _other_data(stream, text, came.data, hint)


def event_for_all(streams: Sequence[EventStream], text: str) -> None:
    """Each of these streams has this text as its next event."""
    for at, stream in enumerate(streams):
        try:
            event(stream, text)
        except Failure as failure:
            got = at + sum(other.event_at_once() is not None for other in streams[at + 1 :])
            if failure.kind is Kind.SILENCE and got:
                said = f"Only {got} of {len(streams)} subscribers got the event."
                failure.summary, failure.retell = said, None
            raise


def plain_type(stream: EventStream) -> None:
    """The next event has no type of its own, so that a page gets it with `onmessage`."""
    came = stream.next_event()
    if came.type != PLAIN:
        raise Failure(
            Kind.MISMATCH,
            f"The event has the type {came.type[:60]}: onmessage of a page gets no such event.",
            expected="an event without a line event:",
            actual=f"event: {came.type[:200]}",
            hint="Send only lines with data: for a text that was posted.",
            cite=_CITE,
            connection=stream.number,
        )


def _other_data(stream: EventStream, text: str, data: str, hint: Hint | None) -> Failure:
    own: Hint | None
    sent, came = text.encode(), data.encode()
    if data in stream.earlier[:-1]:
        said, own = "An earlier event came once more: each one comes once.", _NEW_ALONE
    elif said := _lines_became(stream, text, data):
        own = _LINES
    else:
        said, own = _became(text, data) or what_changed(sent, came) or _OTHER, None
    return Failure(
        Kind.MISMATCH,
        said,
        expected=sent,
        actual=came,
        offset=first_difference(sent, came),
        hint=hint or own,
        hint_alone=own is not None,
        cite=_CITE if own is _LINES else None,
        connection=stream.number,
    )


def _lines_became(stream: EventStream, text: str, data: str) -> str:
    """What became of the lines of the text, as a sentence; empty where that is not known."""
    lines = text.split("\n")
    if len(lines) < 2:
        return ""
    if data == lines[0]:
        following = stream.event_at_once()
        if following is not None and following.data in lines[1:]:
            return "Each line of the text came as a separate event."
        if len(lines) > 2 and not lines[1]:
            return "The empty line in the text ended the event: what follows it is lost."
        return "Only the first line of the text is in the event: no data: is before the others."
    known = {
        "\n".join(filter(None, lines)): "The empty lines of the text are missing in the event.",
        " ".join(lines): "The line ends of the text became blanks.",
        "".join(lines): "The line ends of the text are missing in the event.",
        text.replace("\n", "\\n"): "The line ends of the text came as a backslash and an n.",
        _as_fields(text): "Lines of the text that look like fields were taken for fields.",
    }
    return known.get(data, "")


def _as_fields(text: str) -> str:
    """What a client makes of the text when its first line alone has data: before it."""
    reader = EventReader()
    reader.feed(f"data: {text}\n\n".encode())
    event = reader.event()
    return event.data if event else ""


def _became(text: str, data: str) -> str:
    if data == json.dumps(text):
        return "The text came as JSON, in quotes."
    if data == "\n".join(line.removeprefix(" ") for line in text.split("\n")):
        return "One blank is missing at the start of a line: the client removes one after data:."
    if data and text.startswith(data):
        return f"Only the first {len(data):,} of {len(text):,} characters are in the event."
    return ""
