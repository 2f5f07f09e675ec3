"""The two kinds of message, and the error that is an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .headers import Headers
from .serialiser import serialise
from .status import reason


@dataclass(frozen=True, slots=True)
class Request:
    """One request, read whole.

    `target` is what stood in the request line, `version` is `HTTP/1.0` or `HTTP/1.1`. Text is
    latin-1, one character a byte; `body` is bytes, already free of its transfer coding.
    """

    method: str
    target: str
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""
    version: str = "HTTP/1.1"

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
        """The target without scheme and authority: a server accepts both forms (RFC 9112 3.2.2)."""
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

    def to_bytes(self, *, head_only: bool = False) -> bytes:
        """The response as it is sent; with `head_only` as for HEAD: the same head, no body."""
        return serialise(self.status, self.headers, self.body, head_only=head_only)


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
