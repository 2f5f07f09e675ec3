"""One connection: whose turn it is, how a request is answered, and whether another may follow.

HTTP/1.1 is a conversation in turns. The client sends a request, the server answers it, and then it
is the client's turn again, until one of them wants to close (RFC 9112 9). Where a connection is in
this conversation is its `State`; what moves it on is an `Event`; and `TRANSITIONS` is the whole
conversation in one table. What is not in the table cannot happen:

- Requests are answered one at a time and in their order, also when the client sends several without
  waiting (pipelining, RFC 9112 9.3.2): in ANSWERING there is no REQUEST.
- What cannot be read is refused once, and then the connection closes, because it is unknown where
  the next request would begin: REFUSING has one way out.
- After the last answer nothing more is read or answered (RFC 9112 9.6): CLOSING has no way out.
- An answer may be the end of HTTP, but not of the connection: what follows is another protocol (RFC
  9110 7.8), or a body without an end. HANDED_OVER has no way out either.

There is no socket in here. Every transport owns one `Connection` for each of its clients, and asks
it what to do.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Final

from .headers import Headers
from .messages import HTTPError, Request, Response
from .parser import Parser, RequestParser


class State(Enum):
    """Whose turn it is."""

    READING = auto()  # the client's: its next request is not complete yet
    ANSWERING = auto()  # ours: a request waits for its answer
    REFUSING = auto()  # ours: what arrived is no request, and the client is told so
    CLOSING = auto()  # neither's: the last answer is written
    HANDED_OVER = auto()  # not for HTTP to say any more


class Event(Enum):
    """What moves a connection on."""

    REQUEST = auto()  # a request is complete
    NO_REQUEST = auto()  # what arrived breaks a rule of HTTP, or the rest of it does not arrive
    ANSWER = auto()  # an answer is written, and the connection stays open
    LAST_ANSWER = auto()  # an answer is written, and the connection closes
    HANDOVER = auto()  # the head of an answer is written, and what follows is not HTTP


TRANSITIONS: Final[Mapping[tuple[State, Event], State]] = {
    (State.READING, Event.REQUEST): State.ANSWERING,
    (State.READING, Event.NO_REQUEST): State.REFUSING,
    (State.ANSWERING, Event.ANSWER): State.READING,
    (State.ANSWERING, Event.LAST_ANSWER): State.CLOSING,
    (State.ANSWERING, Event.HANDOVER): State.HANDED_OVER,
    (State.REFUSING, Event.LAST_ANSWER): State.CLOSING,
}

# An interim answer (RFC 9110 15.2.1). It moves nothing on: its request is still being read.
CONTINUE = Response(100).to_bytes()


class Connection:
    """The server's side of one HTTP/1.1 connection, without the connection.

    Bytes go in with `receive`. `next_request` returns one request at a time, and `send` makes the
    bytes of its answer. When `closing` is true, the transport sends what it was given, and closes.

    >>> connection = Connection()
    >>> connection.receive(b"GET / HTTP/1.0" + 2 * b"\\r\\n")
    >>> connection.next_request().target
    '/'
    >>> connection.send(Response(204)), connection.closing
    (b'HTTP/1.1 204 No Content\\r\\nConnection: close\\r\\n\\r\\n', True)
    """

    def __init__(self, parser: Parser | None = None) -> None:
        self._parser = parser or RequestParser()
        self._state = State.READING
        self._request: Request | None = None  # the one that waits for its answer
        self._stopping = False

    @property
    def closing(self) -> bool:
        """Whether the last answer is written."""
        return self._state is State.CLOSING

    @property
    def idle(self) -> bool:
        """Whether the client can be left now: it waits for no answer, and has begun no request."""
        return self.closing or (self._state is State.READING and self._parser.between_requests)

    def receive(self, data: bytes) -> None:
        """Take what has just arrived. What arrives after the last answer is ignored."""
        if not self.closing:
            self._parser.feed(data)

    def close_after_answer(self) -> None:
        """Make the next answer the last one: the server is shutting down."""
        self._stopping = True

    def next_request(self) -> Request | None:
        """The next request to answer, or None while more bytes are needed or nothing more will
        come.

        Raises HTTPError when what arrived is no request: its `response` is the last to `send`.
        """
        if self.closing:
            return None
        try:
            request = self._parser.next_request()
        except HTTPError:
            self._advance(Event.NO_REQUEST)
            raise
        if request is not None:
            self._advance(Event.REQUEST)
            self._request = request
        return request

    def give_up(self) -> None:
        """Wait no longer for the rest of a request: what is sent next is the last answer.

        Raises RuntimeError when the client waits for us, and not we for the client.
        """
        self._advance(Event.NO_REQUEST)

    def interim(self) -> bytes | None:
        """The `100 Continue` a client waits for before it sends its body (RFC 9110 10.1.1); None
        when it waits for none."""
        return CONTINUE if self._parser.take_continue() else None

    def send(self, response: Response) -> bytes:
        """The bytes of the answer to the last request, or to what was no request."""
        request, self._request = self._request, None
        last = self._closes_after(request, response)
        self._advance(Event.LAST_ANSWER if last else Event.ANSWER)
        headers = _with_connection(response.headers, request, closing=last)
        head_only = request is not None and request.method == "HEAD"
        return Response(response.status, response.body, headers).to_bytes(head_only=head_only)

    def hand_over(self, response: Response) -> tuple[bytes, bytes]:
        """The head of an answer that ends the use of HTTP here, and what the client has sent after
        its request."""
        self._advance(Event.HANDOVER)
        return response.head(), self._parser.take_rest()

    def _closes_after(self, request: Request | None, response: Response) -> bool:
        """Either side may close: the client by asking for it, we by saying so (RFC 9112 9.3)."""
        return (
            request is None
            or not request.keeps_alive
            or self._stopping
            or "close" in response.headers.members("Connection")
        )

    def _advance(self, event: Event) -> None:
        """Go where the table says. Raises RuntimeError for a turn that is not in it."""
        following = TRANSITIONS.get((self._state, event))
        if following is None:
            raise RuntimeError(f"a connection that is {self._state.name} has no {event.name}")
        self._state = following


def _with_connection(headers: Headers, request: Request | None, *, closing: bool) -> Headers:
    """Say what happens next, unless it is what the client expects anyway: HTTP/1.1 stays open,
    HTTP/1.0 closes (RFC 9112 9.3, 9.6)."""
    if closing:
        return headers.replacing("Connection", "close")
    if request is not None and request.version == "HTTP/1.0":
        return headers.replacing("Connection", "keep-alive")
    return headers
