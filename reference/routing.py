"""Which handler answers which path and method."""

import re
from collections.abc import Callable, Iterable
from typing import Final

from .http1.headers import Headers
from .http1.messages import HTTPError, Request, Response

Endpoint = Callable[..., Response]

# What RFC 9110 9.3 and RFC 5789 define, but for CONNECT and TRACE, which no route of ours could
# serve.
METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
PARAMETER: Final = re.compile(r"\\\{(\w+)(:path)?\\\}")  # {name} or {name:path}, after re.escape
ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


class Router:
    """A table of path patterns, each with a table of methods; the first match is the route."""

    def __init__(self) -> None:
        self._routes: dict[re.Pattern[str], dict[str, Endpoint]] = {}

    def add(self, pattern: str, methods: Iterable[str], endpoint: Endpoint) -> None:
        """Serve `pattern` with `endpoint`, called with the request and the parameters of the path
        by name."""
        endpoints = self._routes.setdefault(_compiled(pattern), {})
        endpoints |= dict.fromkeys(methods, endpoint)

    def __call__(self, request: Request) -> Response:
        """The route's answer. Raises HTTPError: 404 no such path, 405 no such method here, 501
        nowhere."""
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
    return Response(204, headers=_allow(methods))


def _allow(methods: Iterable[str]) -> Headers:
    return Headers({"Allow": ", ".join(sorted({*methods, "OPTIONS"}))})


def _compiled(pattern: str) -> re.Pattern[str]:
    """Equal patterns compile to equal regular expressions: the later route replaces the earlier."""
    segment = PARAMETER.sub(
        lambda match: f"(?P<{match[1]}>{'.*' if match[2] else '[^/]+'})", re.escape(pattern)
    )
    return re.compile(segment, re.DOTALL)
