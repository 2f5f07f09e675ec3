"""Answers in the formats of the web: JSON and HTML."""

import json

from ..http1.headers import Headers
from ..http1.messages import Response


def as_json(value: object, status: int = 200) -> Response:
    """The value as JSON. It is ASCII: every other character is written as `\\uXXXX`."""
    body = json.dumps(value).encode() + b"\n"
    return Response(status, body, Headers({"Content-Type": "application/json"}))


def as_html(text: str, status: int = 200) -> Response:
    """A page. Half a character, which JSON can bring in as `\\ud800`, becomes a question mark."""
    body = text.encode("utf-8", "replace")
    return Response(status, body, Headers({"Content-Type": "text/html; charset=utf-8"}))
