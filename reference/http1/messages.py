r"""The two kinds of message, and the error that is an answer.

A response on its way looks like this (RFC 9112 2.1, 4): a status line, header lines, an empty line
that ends the head, and the body.

    HTTP/1.1 200 OK\r\n
    Content-Type: text/plain\r\n
    Content-Length: 3\r\n
    \r\n
    fig
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from .headers import Headers

# Phrases are for people; clients look at the number alone (RFC 9112 4). 431 is from RFC 6585 5, 507
# from RFC 4918 11.5, all others are from RFC 9110 15.
REASONS: Final = {
    100: "Continue",
    101: "Switching Protocols",
    200: "OK",
    201: "Created",
    204: "No Content",
    206: "Partial Content",
    301: "Moved Permanently",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    422: "Unprocessable Content",
    426: "Upgrade Required",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    505: "HTTP Version Not Supported",
    507: "Insufficient Storage",
}


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read whole.

    `target` and `version` are what stood in the request line. Text is latin-1, one character a
    byte; `body` is bytes, and no longer chunked. `head` is the head as it came, with its empty
    line. `client` is the address that it came from.
    """

    method: str
    target: str
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    version: str = "HTTP/1.1"
    head: bytes = field(default=b"", compare=False, repr=False)
    client: str = field(default="-", compare=False, repr=False)

    @property
    def path(self) -> str:
        """The path as sent: still percent-encoded, without the query."""
        return self._origin_form.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the first question mark, as sent; empty when there is none."""
        return self._origin_form.partition("?")[2]

    @property
    def _origin_form(self) -> str:
        """The target without scheme and authority: a server must accept both forms (RFC 9112
        3.2.2)."""
        _, absolute, rest = self.target.partition("://")
        if self.target.startswith("/") or not absolute:
            return self.target
        authority_end = min((at for at in map(rest.find, "/?") if at >= 0), default=len(rest))
        origin = rest[authority_end:]
        return origin if origin.startswith("/") else "/" + origin

    @property
    def keeps_alive(self) -> bool:
        """Whether the client wants the connection to stay open after the answer (RFC 9112 9.3)."""
        options = self.headers.members("Connection")
        return "close" not in options and (self.version != "HTTP/1.0" or "keep-alive" in options)


@dataclass(frozen=True, slots=True)
class Response:
    r"""One response: a status, a body in bytes, and headers. Its length is counted when it is
    written.

    >>> Response(200, b"hello", Headers({"Content-Type": "text/plain"})).to_bytes()
    b'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello'
    """

    status: int = 200
    body: bytes = b""
    headers: Headers = field(default_factory=Headers)

    @classmethod
    def text(cls, text: str | bytes, status: int = 200) -> "Response":
        """A plain-text answer. A `str` is sent as UTF-8, bytes as they are."""
        if isinstance(text, str):
            return cls(
                status, text.encode(), Headers({"Content-Type": "text/plain; charset=utf-8"})
            )
        return cls(status, text, Headers({"Content-Type": "text/plain"}))

    def with_header(self, name: str, value: str) -> "Response":
        """The same response with exactly one header of this name."""
        return replace(self, headers=self.headers.replacing(name, value))

    def head(self) -> bytes:
        """The status line, the headers as they are, and the empty line."""
        lines = [
            f"HTTP/1.1 {self.status} {reason(self.status)}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def to_bytes(self, *, head_only: bool = False) -> bytes:
        """The response as it is sent.

        `Content-Length` is always computed here: the client finds the end of the body by it (RFC
        9112 6.3), so the announced length must be the length sent. With `head_only`, as HEAD is
        answered, it is still announced, but no body follows (RFC 9110 9.3.2).
        """
        headers = self.headers.without("Content-Length")
        if has_body(self.status):
            headers = headers.replacing("Content-Length", str(len(self.body)))
        head = replace(self, headers=headers).head()
        return head + self.body if has_body(self.status) and not head_only else head


Handler = Callable[[Request], Response]


class HTTPError(Exception):
    """An answer that is raised instead of returned.

    >>> HTTPError(404, "there is no such file").response.body
    b'there is no such file\\n'
    """

    def __init__(self, status: int, detail: str = "", headers: Headers | None = None) -> None:
        super().__init__(detail or reason(status))
        self.status = status
        self.headers = headers or Headers()

    @property
    def response(self) -> Response:
        """The answer: its body is the one sentence the error was raised with."""
        answer = Response.text(f"{self}\n", self.status)
        return replace(answer, headers=Headers((*answer.headers, *self.headers)))


def reason(status: int) -> str:
    """The phrase that goes with a status; for one we do not know none, which is allowed (RFC 9112
    4)."""
    return REASONS.get(status, "")


def has_body(status: int) -> bool:
    """Whether an answer with this status can carry a body: 1xx, 204 and 304 cannot (RFC 9112
    6.3)."""
    return status >= 200 and status not in (204, 304)
