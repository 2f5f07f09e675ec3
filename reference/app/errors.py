"""Exception handlers: how an error is told to the client that caused it.

Who asks an API is a program, and reads an error as it reads everything else: as JSON. What it may
know is the status and a sentence. The traceback is for us alone: it would show others how the
server is made, and perhaps what another client has sent.
"""

from dataclasses import replace

from ..http1.headers import Headers
from ..http1.messages import HTTPError, Request, Response
from ..web import Application, internal_server_error
from .inputs import query
from .items import API
from .outputs import as_json


def add_errors(application: Application) -> None:
    """Answer errors below `API` with JSON, in place of text; and add a handler with a mistake."""

    @application.exception_handler(HTTPError)
    def refused(request: Request, error: HTTPError) -> Response:
        if not request.path.startswith(API):
            return error.response
        answer = as_json({"error": str(error)}, error.status)
        return replace(answer, headers=Headers((*answer.headers, *error.headers)))

    @application.exception_handler(Exception)
    def broken(request: Request, error: Exception) -> Response:
        internal_server_error(request, error)
        return refused(request, HTTPError(500))

    @application.route("/boom")
    def boom(request: Request) -> Response:
        # `repr` leaves no line end in the word: no text of a client begins a line of our output.
        word = query(request).get("word", [""])[0]
        raise RuntimeError(f"this handler is broken: {word!r}")
