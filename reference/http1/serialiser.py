"""How a response is written: status line, header lines, blank line, body."""

from .headers import Headers
from .status import has_body, reason


def serialise(status: int, headers: Headers, body: bytes, *, head_only: bool) -> bytes:
    """The bytes of one response.

    `Content-Length` is always computed here, so that the length announced is the length sent. With
    `head_only` (the answer to HEAD, RFC 9110 9.3.2) it is still announced, but no body follows.
    """
    headers = headers.without("Content-Length")
    if has_body(status):
        headers = headers.replacing("Content-Length", str(len(body)))
    lines = [
        f"HTTP/1.1 {status} {reason(status)}",
        *(f"{name}: {value}" for name, value in headers),
    ]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head + body if has_body(status) and not head_only else head
