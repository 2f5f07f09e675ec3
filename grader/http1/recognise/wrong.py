"""What is known of a wrong text, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from grader.value import Value

if TYPE_CHECKING:
    from grader.check.failure import Hint

from grader.http1.wire import request_line

SHORT = 3
"""Bytes: fewer of them are alike by chance, and so nothing is claimed of them."""


class Wrong(Value, frozen=True):
    """A wrong body, and the conversation in which it came.

    found, wanted: the bytes that came, and those that should have. request: the request as it was
    sent, head and body. before: what was asked and what was answered earlier on any connection, as
    (request, body), in order. others: the requests of other connections. All in bytes as sent.
    subject: what is wrong: "body", or "file". behind: what came on the connection after the answer.
    framed: the request that brought the right bytes in chunks.
    """

    found: bytes
    wanted: bytes
    request: bytes = b""
    before: tuple[tuple[bytes, bytes], ...] = ()
    others: tuple[bytes, ...] = ()
    subject: str = "body"
    behind: bytes = b""
    framed: bytes = b""

    @property
    def head(self) -> bytes:
        """The head of the request, with the empty line."""
        head, end, _ = self.request.partition(b"\r\n\r\n")
        return head + end

    @property
    def target(self) -> bytes:
        """What is asked for: b"/echo/fig"; empty where that cannot be said."""
        return request_line(self.request).target

    @property
    def is_of_the_head(self) -> bool:
        """Whether the right text stands in the head of the request, or is decoded from the end of
        its target."""
        decoded = unquote_to_bytes(self.target).endswith(self.wanted)
        return bool(self.wanted) and (decoded or self.wanted in self.head)

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """The header lines of the request, as (name, value)."""
        return headers_of(self.request)


class Recognised(Value, frozen=True):
    """What a wrong body is. kind: a word for it. sentence: said in place of the plain comparison.
    hint: what to do, or None where only the check's own hint fits."""

    kind: str
    sentence: str
    hint: Hint | None = None


def headers_of(request: bytes) -> tuple[tuple[bytes, bytes], ...]:
    """
    >>> headers_of(b"GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
    ((b'Host', b'a'),)
    """
    lines = request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    pairs = (line.partition(b":") for line in lines)
    return tuple((name, value.strip(b" \t")) for name, _, value in pairs)


def count(number: int, thing: str = "byte") -> str:
    """
    >>> count(1), count(1024)
    ('1 byte', '1,024 bytes')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
