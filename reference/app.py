"""The application: from request to response, through middleware, routes and exception handlers."""

import sys
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from .http1.messages import Handler, HTTPError, Request, Response
from .routing import Endpoint, Router

Middleware = Callable[[Handler, Request], Response]
Error = TypeVar("Error", bound=Exception)
ExceptionHandler = Callable[[Request, Error], Response]


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
        self.exception_handler(HTTPError)(lambda request, error: error.response)
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
        """The answer to a request. It never raises: errors are answers, to middleware, too."""
        handler = partial(self._guarded, self._router)
        for middleware in reversed(self._middleware):
            handler = partial(self._guarded, partial(middleware, handler))
        return handler(request)

    def _guarded(self, handler: Handler, request: Request) -> Response:
        try:
            return handler(request)
        except Exception as error:
            # the last line of defence: one bad request must not stop the server
            on_error = next(
                self._on_error[kind] for kind in type(error).mro() if kind in self._on_error
            )
            return on_error(request, error)


def internal_server_error(request: Request, error: Exception) -> Response:
    """A 500 that tells the client nothing, and the developer everything."""
    sys.excepthook(type(error), error, error.__traceback__)
    return HTTPError(500).response
