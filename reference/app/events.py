r"""Server-sent events: an answer that never ends, so that the server can speak first (HTML, 9.2).

    HTTP/1.1 200 OK\r\n
    Content-Type: text/event-stream\r\n
    \r\n
    data: the first line of an event\n
    data: and its second\n
    \n

A browser reads this with `EventSource`, and comes again when the connection breaks.

Who is to get an event waits in another conversation than the one that brings it. So each subscriber
has a place where events wait, and its transport is woken to send what is there.
"""

import re
from functools import partial
from threading import Lock
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import Request, Response
from ..transports import Wake
from ..web import Application, Handover

MOST_WAITING: Final = 32 * 1024 * 1024  # bytes, for one client
LINE_END: Final = re.compile(r"\r\n|\r|\n")
STREAM: Final = Headers(
    {"Content-Type": "text/event-stream", "Cache-Control": "no-store", "Connection": "close"}
)


class Channel:
    """Passes each event on to all who have subscribed. With threads, they come and go meanwhile: so
    everybody waits for their `turn`."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self.turn = Lock()

    def publish(self, text: str) -> None:
        """Every subscriber gets this text as one event."""
        event = written(text)
        with self.turn:
            for subscription in self._subscriptions:
                subscription.take(event)

    def add(self, subscription: "Subscription") -> None:
        with self.turn:
            self._subscriptions.add(subscription)

    def remove(self, subscription: "Subscription") -> None:
        with self.turn:
            self._subscriptions.discard(subscription)


class Subscription:
    """What follows the head of the answer: a conversation in which the client says nothing."""

    idle = True  # it can be left at any time, and will come again

    def __init__(self, channel: Channel, wake: Wake) -> None:
        self.closing = False
        self._channel, self._wake = channel, wake
        self._waiting = bytearray()
        channel.add(self)

    def take(self, event: bytes) -> None:
        """Send this, too. A client that does not read is left: memory has an end."""
        if len(self._waiting) + len(event) > MOST_WAITING:
            self.closing = True
        else:
            self._waiting += event
        self._wake()

    def receive(self, _data: bytes) -> None:
        """There is nothing to say."""

    def next_answer(self) -> bytes | None:
        """All events that wait."""
        with self._channel.turn:
            waiting = bytes(self._waiting)
            self._waiting.clear()
        return waiting or None

    def answer_to_silence(self) -> bytes:
        """A comment: it keeps the connection open, and shows whether the client is still there."""
        return b":\n\n"

    def close_after_answer(self) -> None:
        """The server is shutting down."""
        self.closing = True

    def end(self) -> None:
        """The client is gone."""
        self._channel.remove(self)


def written(text: str) -> bytes:
    r"""An event: each line of the text behind `data:`, and an empty line.

    >>> written("two\nlines")
    b'data: two\ndata: lines\n\n'
    """
    lines = [f"data: {line}\n" for line in LINE_END.split(text)]
    return "".join([*lines, "\n"]).encode()


def add_events(application: Application) -> None:
    """Add a channel: GET subscribes to it, and POST publishes a text."""
    channel = Channel()

    @application.route("/events")
    def subscribe(_request: Request) -> Response:
        return Handover(200, headers=STREAM, successor=partial(Subscription, channel))

    @application.route("/events", "POST")
    def publish(request: Request) -> Response:
        channel.publish(request.body.decode("utf-8", "replace"))
        return Response(204)
