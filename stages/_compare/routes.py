"""Where a request leads, and the slugs of the stages that teach it. Pure."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from .conversation import Ask

OK, PATHS, ECHO, HEADERS = "ok", "paths", "echo", "headers"
CONCURRENCY, FILES, GZIP, KEEP_ALIVE = "concurrency", "files", "gzip", "keep-alive"
MALFORMED, METHODS, CHUNKED = "malformed", "methods", "chunked"
KNOWN = (
    OK,
    PATHS,
    ECHO,
    HEADERS,
    CONCURRENCY,
    FILES,
    GZIP,
    KEEP_ALIVE,
    MALFORMED,
    METHODS,
    CHUNKED,
)
"""The stages whose requests are known here, by slug."""

SECRET_NAME = "secret.txt"
ESCAPED_NAME = "escaped.txt"
SECRET = b"nobody outside may read this: 6174"
_OUTSIDE = re.compile(r"\.\.|%2e|//|^/|%2f|\{root\}", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")


class Route(Enum):
    """Where a request leads; `OTHER` is what no stage says anything about."""

    ROOT = OK
    UNKNOWN = PATHS
    TEXT = ECHO
    AGENT = HEADERS
    FILE = FILES
    OUTSIDE = "outside"
    OTHER = "other"


def route_of(ask: Ask) -> Route:
    """Where this request leads, by its path."""
    path = ask.target.partition("?")[0]
    if path == "/":
        return Route.ROOT
    if path.startswith("/echo/") and path != "/echo/":
        return Route.TEXT
    if path == "/user-agent":
        return Route.AGENT
    if not path.startswith("/files/"):
        return (
            Route.OTHER if path in ("/echo/", "/echo", "/files", "/user-agent/") else Route.UNKNOWN
        )
    name = path.removeprefix("/files/")
    if _OUTSIDE.search(name):
        return Route.OUTSIDE
    return Route.FILE if file_of(ask) is not None else Route.OTHER


def file_of(ask: Ask) -> str | None:
    """The name of the file that a request is about, percent-decoded; None where it is not one plain
    name."""
    name = ask.target.partition("?")[0].removeprefix("/files/")
    try:
        decoded = unquote_to_bytes(name).decode("ascii")
    except UnicodeDecodeError:
        return None
    return decoded if _PLAIN_NAME.fullmatch(decoded.replace(" ", "_")) else None
