"""One connection: which request comes next, how it is answered, and whether another may follow."""

from .headers import Headers
from .limits import Limits
from .messages import HTTPError, Request, Response
from .parser import RequestParser

CONTINUE = Response(100).to_bytes()


class Connection:
    """The server's side of one HTTP/1.1 connection, without the connection.

    Bytes go in with `receive`; `next_request` hands out one request at a time, which `send`
    answers: its bytes go out, and pipelined requests keep their order by that. When `closing` is
    true, whoever moves the bytes closes the connection after sending what it was given.

    >>> connection = Connection()
    >>> connection.receive(b"GET / HTTP/1.0" + 2 * b"\\r\\n")
    >>> connection.next_request().target
    '/'
    >>> connection.send(Response(204)), connection.closing
    (b'HTTP/1.1 204 No Content\\r\\nConnection: close\\r\\n\\r\\n', True)
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._parser = RequestParser(limits)
        self._request: Request | None = None  # the one that is owed an answer
        self._failed = False  # what arrived was no request: that is owed an answer, too
        self._draining = False
        self.closing = False

    @property
    def idle(self) -> bool:
        """Whether the client is owed nothing and has begun nothing that will be answered."""
        return self.closing or (self._request is None and self._parser.between_requests)

    def receive(self, data: bytes) -> None:
        """Take what has just arrived. What arrives after the last answer is of no interest."""
        if not self.closing:
            self._parser.feed(data)

    def drain(self) -> None:
        """Make the next answer the last one: the server is shutting down."""
        self._draining = True

    def next_request(self) -> Request | None:
        """The next request to answer, or None while more bytes are needed or nothing more will
        come.

        Raises HTTPError when what arrived is no request: its `response` is the last to `send`.
        """
        if self._request is not None:
            raise RuntimeError("the request before this one has not been answered")
        if self.closing:
            return None
        try:
            self._request = self._parser.next_request()
        except HTTPError:
            self._failed = True
            raise
        return self._request

    def interim(self) -> bytes | None:
        """The `100 Continue` a client waits for before it sends its body; None when there is none
        to send."""
        return CONTINUE if self._parser.take_continue() else None

    def send(self, response: Response) -> bytes:
        """The bytes of the answer to the last request, or error."""
        request, self._request = self._request, None
        if request is None and (self.closing or not self._failed):
            raise RuntimeError("there is no request to answer")
        self.closing = self._closes_after(request, response)
        headers = _with_connection(response.headers, request, closing=self.closing)
        head_only = request is not None and request.method == "HEAD"
        return Response(response.status, response.body, headers).to_bytes(head_only=head_only)

    def _closes_after(self, request: Request | None, response: Response) -> bool:
        return (
            request is None
            or not request.keeps_alive
            or self._draining
            or "close" in response.headers.members("Connection")
        )


def _with_connection(headers: Headers, request: Request | None, *, closing: bool) -> Headers:
    """Say what happens next, unless it is what HTTP/1.1 does anyway (RFC 9112 9.3, 9.6)."""
    if closing:
        return headers.replacing("Connection", "close")
    if request is not None and request.version == "HTTP/1.0":
        return headers.replacing("Connection", "keep-alive")
    return headers.without("Connection")
