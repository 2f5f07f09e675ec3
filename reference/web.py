"""The web framework: from a request to a response, through middleware, a route, and exception
handlers.

Every transport has an `HTTPConversation` for each client, and calls its `next_answer` again and
again. That asks the connection for a request, and the application for a response. An `Application`
is built in layers, and a request goes through them like this:

    next_answer -> Application -> middleware, the first one outermost -> Router -> handler

The response comes back the same way. Any layer may raise instead: an HTTPError is an answer too.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from .http1.connection import Connection
from .http1.messages import Handler, HTTPError, Request, Response
from .http1.parser import Parser, RequestParser
from .routing import Endpoint, Router
from .transports import Conversation, Peer, Wake

Middleware = Callable[[Handler, Request], Response]
Error = TypeVar("Error", bound=Exception)
ExceptionHandler = Callable[[Request, Error], Response]


@dataclass(frozen=True, slots=True)
class Handover(Response):
    """An answer that is the end of HTTP on this connection: its head is sent, and then `successor`
    begins another conversation."""

    successor: Callable[[Wake], Conversation] = field(kw_only=True)


class HTTPConversation(Connection):
    """A connection whose requests are answered by an application. `parser` reads them.

    When the application answers with a `Handover`, all that follows is left to its successor.
    """

    def __init__(
        self,
        application: Handler,
        client: Peer | None = None,
        parser: Callable[[], Parser] = RequestParser,
    ) -> None:
        super().__init__(parser())
        self._application = application
        self._client = client or Peer()
        self._successor: Conversation | None = None

    @property
    def closing(self) -> bool:
        """Whether the last answer is written."""
        return self._successor.closing if self._successor else super().closing

    @property
    def idle(self) -> bool:
        """Whether the client can be left now: it waits for no answer, and has begun no request."""
        return self._successor.idle if self._successor else super().idle

    def receive(self, data: bytes) -> None:
        """Take what has just arrived."""
        if self._successor:
            self._successor.receive(data)
        else:
            super().receive(data)

    def next_answer(self) -> bytes | None:
        """The next bytes to send: an answer, or `100 Continue`; None while more bytes are needed.

        Ask again until it is None: several requests may have arrived at once.
        """
        if self._successor:
            return self._successor.next_answer()
        try:
            request = self.next_request()
        except HTTPError as error:  # what arrived is no request, so the application never sees it
            return self.send(dated(error.response))
        if request is None:
            return self.interim()
        response = dated(self._application(replace(request, client=self._client.host)))
        if isinstance(response, Handover) and request.method != "HEAD":
            return self._handed_over(response)
        return self.send(response)

    def _handed_over(self, response: Handover) -> bytes:
        head, rest = self.hand_over(response)
        self._successor = response.successor(self._client.waker())
        self._successor.receive(rest)
        return head

    def answer_to_silence(self) -> bytes:
        """What to send to a client that was silent for too long: 408 (RFC 9110 15.5.9) if it has
        begun a request, else nothing."""
        if self._successor:
            return self._successor.answer_to_silence()
        if self.idle:
            return b""
        self.give_up()
        return self.send(dated(HTTPError(408, "the rest of the request did not come").response))

    def close_after_answer(self) -> None:
        """Make the next answer the last one: the server is shutting down."""
        super().close_after_answer()
        if self._successor:
            self._successor.close_after_answer()

    def end(self) -> None:
        """The client is gone."""
        if self._successor:
            self._successor.end()


def dated(response: Response) -> Response:
    """The response with the current time, which a server that has a clock MUST send (RFC 9110
    6.6.1)."""
    return response.with_header("Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime()))


class Application:
    """Routes, middleware and exception handlers, each added by a decorator.

    An application is called with a request and returns the response.

    >>> app = Application()
    >>> @app.route("/hello/{name}")
    ... def hello(request: Request, name: str) -> Response:
    ...     return Response.text(f"hello, {name}")
    >>> app(Request("GET", "/hello/world")).body
    b'hello, world'
    """

    def __init__(self) -> None:
        self._router = Router()
        self._middleware: list[Middleware] = []
        self._on_error: dict[type[Exception], ExceptionHandler[Exception]] = {}
        self.exception_handler(HTTPError)(lambda _request, error: error.response)
        self.exception_handler(Exception)(internal_server_error)

    def route(self, pattern: str, *methods: str) -> Callable[[Endpoint], Endpoint]:
        """Serve `pattern` with the decorated function: `f(request, **parameters) -> Response`.

        `{name}` in the pattern is one segment of the path, `{name:path}` is the rest of it, slashes
        included; both are passed percent-decoded. `{name:int}` is a segment of digits, passed as a
        number. Without `methods`, GET. HEAD and OPTIONS come by themselves. A route replaces an
        earlier one for the same pattern and method.
        """

        def register(endpoint: Endpoint) -> Endpoint:
            self._router.add(pattern, methods or ("GET",), endpoint)
            return endpoint

        return register

    def fallback(self, handler: Handler) -> Handler:
        """Answer GET and HEAD of each path that no route has with `f(request) -> Response`."""
        self._router.fallback = handler
        return handler

    def middleware(self, function: Middleware) -> Middleware:
        """Wrap every answer in `f(handler, request) -> Response`; the first one added is
        outermost."""
        self._middleware.append(function)
        return function

    def exception_handler(
        self, kind: type[Error]
    ) -> Callable[[ExceptionHandler[Error]], ExceptionHandler[Error]]:
        """Answer errors of this kind, and of kinds derived from it, with `f(request, error) ->
        Response`."""

        def register(function: ExceptionHandler[Error]) -> ExceptionHandler[Error]:
            self._on_error[kind] = function  # type: ignore[assignment]  # it is only called with its own kind
            return function

        return register

    def __call__(self, request: Request) -> Response:
        """The answer to a request. It never raises: errors are answers, and middleware sees them as
        such."""
        # Built from the inside out: the router first, and around it one middleware after another.
        handler = partial(self._guarded, self._router)
        for middleware in reversed(self._middleware):
            handler = partial(self._guarded, partial(middleware, handler))
        return handler(request)

    def _guarded(self, handler: Handler, request: Request) -> Response:
        try:
            return handler(request)
        except Exception as error:
            # The last line of defence: one bad request must not stop the server. The handler of the
            # nearest kind answers, and every error has one, because every error is an Exception.
            on_error = next(
                self._on_error[kind] for kind in type(error).mro() if kind in self._on_error
            )
            return on_error(request, error)


def internal_server_error(_request: Request, error: Exception) -> Response:
    """A 500 that tells the client nothing, and the developer everything."""
    sys.excepthook(type(error), error, error.__traceback__)
    return HTTPError(500).response
