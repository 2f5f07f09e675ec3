"""Which handler answers a request: its path and its method say it.

A path is matched as it was sent, and its parameters are decoded after that. So a slash that was
sent as %2F separates nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .http1.headers import Headers
from .http1.messages import Handler, HTTPError, Request, Response

Endpoint = Callable[..., Response]

# What RFC 9110 9.3 and RFC 5789 define, but for CONNECT and TRACE, which no route of ours could
# serve.
METHODS: Final = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
PARAMETER: Final = re.compile(r"\{(\w+)(?::(\w+))?\}")  # {name} or {name:kind}
NUMBER: Final = re.compile(r"[0-9]{1,18}")
ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


class Router:
    """A table of path patterns, each with a table of methods.

    The first pattern that matches the path is the route. That a path exists and lacks a method
    (405) is another answer than that there is no such path (404): so the path is looked up first.
    `fallback` is asked for GET of the paths that match nothing, if there is one.
    """

    def __init__(self) -> None:
        self._routes: dict[Pattern, dict[str, Endpoint]] = {}
        self.fallback: Handler | None = None

    def add(self, pattern: str, methods: Iterable[str], endpoint: Endpoint) -> None:
        """Serve `pattern` with `endpoint`, called with the request and the parameters of the path
        by name."""
        endpoints = self._routes.setdefault(Pattern.of(pattern), {})
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

    def _find(self, path: str) -> tuple[dict[str, Endpoint], dict[str, object]]:
        for pattern, endpoints in self._routes.items():
            if (parameters := pattern.match(path)) is not None:
                return _with_head(endpoints), parameters
        if self.fallback is not None:
            return _with_head({"GET": self.fallback}), {}
        raise HTTPError(404, "there is nothing at this path")


@dataclass(frozen=True, slots=True)
class Pattern:
    """The pattern of a route, and the kind of each of its parameters, by name.

    >>> Pattern.of("/users/{user:int}/posts/{post}").match("/users/7/posts/on%20figs")
    {'user': 7, 'post': 'on figs'}

    Equal patterns are equal as values: the later route replaces the earlier.
    """

    expression: re.Pattern[str]
    kinds: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """The pattern that is written so. Raises KeyError for a kind that is not in KINDS."""
        expression, kinds, end = "", [], 0
        for found in PARAMETER.finditer(text):
            name, kind = found[1], found[2] or ""
            expression += f"{re.escape(text[end : found.start()])}(?P<{name}>{KINDS[kind][0]})"
            kinds.append((name, kind))
            end = found.end()
        return cls(re.compile(expression + re.escape(text[end:]), re.DOTALL), tuple(kinds))

    def match(self, path: str) -> dict[str, object] | None:
        """The parameters in a path as it was sent; None when it is another route's path."""
        found = self.expression.fullmatch(path)
        if found is None:
            return None
        try:
            return {name: KINDS[kind][1](percent_decoded(found[name])) for name, kind in self.kinds}
        except ValueError:
            return None


def percent_decoded(text: str) -> str:
    """The text with each %XX replaced by the byte it stands for, one latin-1 character a byte (RFC
    3986 2.1).

    A percent sign that begins no escape stays as it is.
    """
    decoded = ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), text.encode("latin-1"))
    return decoded.decode("latin-1")


def number(text: str) -> int:
    """The number that is written so. Raises ValueError: int() would also take `+5` and `5_0`."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {text[:80]!r}")
    return int(text)


KINDS: Final[Mapping[str, tuple[str, Callable[[str], object]]]] = {
    "": ("[^/]+", str),
    "int": ("[^/]+", number),
    "path": (".*", str),
}
"""The kinds of a parameter: what it takes of a path, and what is made of that."""


def _with_head(endpoints: dict[str, Endpoint]) -> dict[str, Endpoint]:
    """What answers GET answers HEAD: the connection leaves out the body (RFC 9110 9.3.2)."""
    return {"HEAD": endpoints["GET"], **endpoints} if "GET" in endpoints else endpoints


def _options(methods: Iterable[str]) -> Response:
    """The answer to OPTIONS: which methods there are, and no body (RFC 9110 9.3.7)."""
    return Response(204, headers=_allow(methods))


def _allow(methods: Iterable[str]) -> Headers:
    """What else this path can do: a 405 MUST say it (RFC 9110 10.2.1)."""
    return Headers({"Allow": ", ".join(sorted({*methods, "OPTIONS"}))})
