"""Owns requests as the grader sends them: exactly the bytes it was told, right or wrong."""

from collections.abc import Iterable
from typing import NamedTuple

from grader.value import Value

Text = str | bytes
Pair = tuple[Text, Text]

DEFAULT_HOST = "localhost:4221"
_SELF_FRAMED = frozenset({b"content-length", b"transfer-encoding"})


def _encoded(text: Text) -> bytes:
    """Return text as latin-1, in which every byte is one character; UnicodeEncodeError beyond
    U+00FF."""
    return text if isinstance(text, bytes) else text.encode("latin-1")


class Request(Value, frozen=True):
    """One request (RFC 9112 3). Nothing is added, checked or normalised: a check must be able to
    send what is wrong.

    `str` is encoded as latin-1; give `bytes` for UTF-8. `Request.of` builds an ordinary,
    well-formed one.
    """

    method: str = "GET"
    target: Text = "/"
    headers: tuple[Pair, ...] = (("Host", DEFAULT_HOST),)
    body: bytes = b""
    version: str = "HTTP/1.1"

    @classmethod
    def of(
        cls,
        method: str,
        target: Text,
        *,
        headers: Iterable[Pair] = (),
        body: bytes | None = None,
        host: Text | None = DEFAULT_HOST,
        version: str = "HTTP/1.1",
    ) -> "Request":
        """Return a request with `Host` first (unless None), then `headers`, then `Content-Length`
        if there is a body.

        An empty body counts as one; `headers` that hold Content-Length or Transfer-Encoding frame
        the body themselves.

        >>> Request.of("POST", "/files/a", body=b"hey").head
        b'POST /files/a HTTP/1.1\\r\\nHost: localhost:4221\\r\\nContent-Length: 3\\r\\n\\r\\n'
        """
        pairs: list[Pair] = [] if host is None else [("Host", host)]
        pairs.extend(headers)
        framed = any(_encoded(name).lower() in _SELF_FRAMED for name, _ in pairs)
        if body is not None and not framed:
            pairs.append(("Content-Length", str(len(body))))
        return cls(method, target, tuple(pairs), body or b"", version)

    @property
    def head(self) -> bytes:
        """The request line, the header lines and the blank line, as bytes."""
        start = b" ".join((_encoded(self.method), _encoded(self.target), _encoded(self.version)))
        lines = [_encoded(name) + b": " + _encoded(value) for name, value in self.headers]
        return b"\r\n".join((start, *lines, b"", b""))

    def to_bytes(self) -> bytes:
        """Return the whole request as it goes on the wire."""
        return self.head + self.body


class RequestLine(NamedTuple):
    """The three words that a request begins with; those that are not there are empty."""

    method: bytes
    target: bytes
    version: bytes


def request_line(request: bytes) -> RequestLine:
    """The first line of a request as it was sent, right or wrong.

    >>> request_line(b"GET /echo/fig HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n").target
    b'/echo/fig'
    """
    words = request.partition(b"\r\n")[0].split(b" ", 2)
    return RequestLine(*words, *[b""] * (3 - len(words)))
