"""The web framework: from a request to a response, through middleware, a route, and exception
handlers.

Every transport has an `HTTPConversation` for each client, and calls its `next_answer` again and
again. That asks the connection for a request, and the application for a response. An `Application`
is built in layers, and a request goes through them like this:

    next_answer -> Application -> middleware, the first one outermost -> Router -> handler

The response comes back the same way. Any layer may raise instead: an HTTPError is an answer too.
"""

import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, TypeVar

from .http1.connection import Connection
from .http1.headers import Headers
from .http1.messages import Handler, HTTPError, Request, Response
from .http1.parser import Parser, RequestParser

Endpoint = Callable[..., Response]
Middleware = Callable[[Handler, Request], Response]
Error = TypeVar("Error", bound=Exception)
ExceptionHandler = Callable[[Request, Error], Response]

# What RFC 9110 9.3 and RFC 5789 define, but for CONNECT and TRACE, which no route of ours could
# serve.
METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
PARAMETER: Final = re.compile(r"\\\{(\w+)(:path)?\\\}")  # {name} or {name:path}, after re.escape
ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


class HTTPConversation(Connection):
    """A connection whose requests are answered by an application. `parser` reads them."""

    def __init__(self, application: Handler, parser: Callable[[], Parser] = RequestParser) -> None:
        super().__init__(parser())
        self._application = application

    def next_answer(self) -> bytes | None:
        """The next bytes to send: an answer, or `100 Continue`; None while more bytes are needed.

        Ask again until it is None: several requests may have arrived at once.
        """
        try:
            request = self.next_request()
        except HTTPError as error:  # what arrived is no request, so the application never sees it
            return self.send(dated(error.response))
        if request is None:
            return self.interim()
        return self.send(dated(self._application(request)))

    def answer_to_silence(self) -> bytes:
        """The last bytes for a client that was silent for too long: 408 (RFC 9110 15.5.9) if it has
        begun a request, else none."""
        if self.idle:
            return b""
        self.give_up()
        return self.send(dated(HTTPError(408, "the rest of the request did not come").response))


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
        included; both are passed percent-decoded. Without `methods`, GET. HEAD and OPTIONS come by
        themselves. A route replaces an earlier one for the same pattern and method.
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


class Router:
    """A table of path patterns, each with a table of methods.

    The first pattern that matches the path is the route. That a path exists and lacks a method
    (405) is another answer than that there is no such path (404): so the path is looked up first.
    `fallback` is asked for GET of the paths that match nothing, if there is one.
    """

    def __init__(self) -> None:
        self._routes: dict[re.Pattern[str], dict[str, Endpoint]] = {}
        self.fallback: Handler | None = None

    def add(self, pattern: str, methods: Iterable[str], endpoint: Endpoint) -> None:
        """Serve `pattern` with `endpoint`, called with the request and the parameters of the path
        by name."""
        endpoints = self._routes.setdefault(_compiled(pattern), {})
        endpoints |= dict.fromkeys(methods, endpoint)

    def __call__(self, request: Request) -> Response:
        """The route's answer. Raises HTTPError: 404 no such path, 405 no such method here, 501 no
        such method anywhere (RFC 9110 9.1, 15.5.5, 15.5.6, 15.6.2)."""
        if request.method not in METHODS:
            raise HTTPError(501, f"no route serves the method {request.method}")
        if request.target == "*":  # RFC 9110 9.3.7: OPTIONS about the server as a whole
            return _options(METHODS)
        endpoints, parameters = self._find(request.path)
        if request.method in endpoints:
            return endpoints[request.method](request, **parameters)
        if request.method == "OPTIONS":
            return _options(endpoints)
        raise HTTPError(405, f"this path has no {request.method}", _allow(endpoints))

    def _find(self, path: str) -> tuple[dict[str, Endpoint], dict[str, str]]:
        for pattern, endpoints in self._routes.items():
            if match := pattern.fullmatch(path):
                parameters = {
                    name: percent_decoded(text) for name, text in match.groupdict().items()
                }
                return _with_head(endpoints), parameters
        if self.fallback is not None:
            return _with_head({"GET": self.fallback}), {}
        raise HTTPError(404, "there is nothing at this path")


def percent_decoded(text: str) -> str:
    """The text with each %XX replaced by the byte it stands for, one latin-1 character a byte (RFC
    3986 2.1).

    A percent sign that begins no escape stays as it is.
    """
    decoded = ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), text.encode("latin-1"))
    return decoded.decode("latin-1")


def _with_head(endpoints: dict[str, Endpoint]) -> dict[str, Endpoint]:
    """What answers GET answers HEAD: the connection leaves out the body (RFC 9110 9.3.2)."""
    return {"HEAD": endpoints["GET"], **endpoints} if "GET" in endpoints else endpoints


def _options(methods: Iterable[str]) -> Response:
    """The answer to OPTIONS: which methods there are, and no body (RFC 9110 9.3.7)."""
    return Response(204, headers=_allow(methods))


def _allow(methods: Iterable[str]) -> Headers:
    """What else this path can do: a 405 MUST say it (RFC 9110 10.2.1)."""
    return Headers({"Allow": ", ".join(sorted({*methods, "OPTIONS"}))})


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression: `{name}` takes one segment, `{name:path}` takes the
    rest.

    Equal patterns compile to equal regular expressions: the later route replaces the earlier.
    """
    segment = PARAMETER.sub(
        lambda match: f"(?P<{match[1]}>{'.*' if match[2] else '[^/]+'})", re.escape(pattern)
    )
    return re.compile(segment, re.DOTALL)
