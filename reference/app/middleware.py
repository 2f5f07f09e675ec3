"""Middleware: what happens to every answer, whichever handler gives it.

A middleware is called with the next handler and the request. It may change the request on its way
in and the answer on its way out, and an answer includes 404 and 500: errors have become answers
before they come here.
"""

import re
import secrets
import sys
import time
from typing import Final

from ..http1.messages import Handler, Request, Response, has_body
from ..web import Application

# A client's own is taken over if it can do no harm wherever it will be written.
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
# What could end the quoted request line of a log, or the line of the log itself.
UNSAFE: Final = re.compile(r"[^ !#-\[\]-~]")


def add_middleware(application: Application) -> None:
    """Add all of it. The log comes first, so it is outermost and sees what is really sent."""
    for middleware in (log, identify, no_sniffing):
        application.middleware(middleware)


def log(handler: Handler, request: Request) -> Response:
    """Write a line about every request to the standard output."""
    response = handler(request)
    # One write for the whole line: others write, too.
    sys.stdout.write(log_line(request, response, time.time()) + "\n")
    sys.stdout.flush()
    return response


def log_line(request: Request, response: Response, now: float) -> str:
    r"""A request and its answer in the common log format of web servers.

    >>> print(log_line(Request("GET", '/"'), Response(404, b"nothing"), now=784111777))
    - - - [06/Nov/1994:08:49:37 +0000] "GET /\x22 HTTP/1.1" 404 7

    Host, identity, user, time, request line, status and size; `-` is what there is not.
    """
    date = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now))
    line = UNSAFE.sub(
        lambda found: f"\\x{ord(found[0]):02x}",
        f"{request.method} {request.target} {request.version}",
    )
    sent = request.method != "HEAD" and has_body(response.status) and len(response.body)
    return f'{request.client} - - [{date}] "{line}" {response.status} {sent or "-"}'


def identify(handler: Handler, request: Request) -> Response:
    """Give every request a name, to find it again in the logs of all servers that it passes."""
    given = request.headers.get("X-Request-ID")
    name = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
    return handler(request).with_header("X-Request-ID", name)


def no_sniffing(handler: Handler, request: Request) -> Response:
    """Have browsers believe Content-Type: an upload that looks like a page is still no page."""
    return handler(request).with_header("X-Content-Type-Options", "nosniff")
