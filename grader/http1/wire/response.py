"""Owns answers as they were read: what they say, and the bytes in which they said it."""

from dataclasses import dataclass, field

from grader.http1.wire.coding import DEFAULT_DECODED_LIMIT, decoded, one_name
from grader.http1.wire.fields import Header
from grader.http1.wire.framing import Framing, items


@dataclass(frozen=True, slots=True)
class Response:
    """One well-formed answer (RFC 9112 4).

    `version` is "HTTP/1.1" or "HTTP/1.0", `status` 100 to 599, `reason` latin-1 and often empty.
    `body` is de-chunked and not decompressed. `head` is every byte up to and with the blank line,
    `chunks` those of a chunked body as they came; offsets of headers count from the start of
    `head`, and `start` says where that begins in what the connection delivered, in bytes. `interim`
    are the 1xx answers that came before. `connection` is the number of the check's connection it
    came on, and `index` how many answers came before it there; 0 where that is not known.
    """

    version: str
    status: int
    reason: str
    headers: tuple[Header, ...]
    body: bytes
    framing: Framing
    head: bytes
    chunks: bytes = b""
    start: int = 0
    trailers: tuple[Header, ...] = ()
    connection: int = field(default=0, compare=False)
    index: int = field(default=0, compare=False)
    interim: tuple["Response", ...] = ()

    @property
    def raw(self) -> bytes:
        """Every byte of the message. It is put together here: a long body would else be kept
        twice."""
        return self.head + (self.chunks or self.body)

    def header_values(self, name: str) -> tuple[str, ...]:
        """Return the values of all header lines of that name, in any case, in the order sent."""
        return tuple(header.value for header in self.headers if header.name.lower() == name.lower())

    def header(self, name: str) -> str | None:
        """Return the value of that header, of repeated lines all values joined by ", " (RFC 9110
        5.3), None if absent.

        Set-Cookie is the exception that the RFC names: its values hold commas, so the first one is
        returned.
        """
        values = self.header_values(name)
        if not values:
            return None
        return values[0] if name.lower() == "set-cookie" else ", ".join(values)

    def tokens(self, name: str) -> tuple[str, ...]:
        """Return the members of a comma-separated header, lower-case (RFC 9110 5.6.1), if any."""
        return tuple(item.lower() for item in items(self.headers, name.lower()))

    @property
    def media_type(self) -> str | None:
        """Content-Type, lower-case and without parameters (RFC 9110 8.3.1): "text/plain"; None if
        absent."""
        values = self.header_values("Content-Type")
        return values[0].partition(";")[0].strip(" \t").lower() if values else None

    @property
    def content_coding(self) -> tuple[str, ...]:
        """The codings of the body in the order in which they were applied, lower-case (RFC 9110
        8.4).

        x-gzip is gzip (RFC 9110 8.4.1.3).
        """
        return tuple(map(one_name, self.tokens("Content-Encoding")))

    @property
    def wants_close(self) -> bool:
        """Whether the server says that this answer is the connection's last (RFC 9112 9.3)."""
        options = self.tokens("Connection")
        return "close" in options or (self.version == "HTTP/1.0" and "keep-alive" not in options)

    def decoded_body(self, *, max_bytes: int = DEFAULT_DECODED_LIMIT) -> bytes:
        """Return the body without its content codings (gzip, deflate, identity); an empty one is
        left as it is.

        Malformed when it cannot be decoded, when anything follows the compressed data, when a
        checksum is wrong, or when it would grow beyond `max_bytes`; its offset is that of the body.
        """
        codings = self.content_coding
        if not self.body or not codings:
            return self.body
        return decoded(
            self.body,
            codings,
            message=self.raw,
            offset=len(self.head),
            start=self.start,
            max_bytes=max_bytes,
        )
