"""A parser like `RequestParser`, on httptools: llhttp, the parser of Node, which is written in C.

httptools turns the direction round. It is fed what has arrived, and calls a method here for each
part that it finds, until all of it is read: `on_url`, `on_header`, and so on. So requests are kept
here until they are asked for, and an error until the requests before it are answered.

What httptools leaves to its caller is done here, with the functions that `RequestParser` has for
it: the form of a target, Host, what a head says of its body, and every limit.
"""

from collections import deque

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser

from .body import body_reader
from .buffer import Limits
from .head import request_line
from .headers import Headers
from .messages import HTTPError, Request
from .parser import check_host, expects_continue


class HttptoolsParser:
    """An incremental parser: `feed` it what arrives, ask for the `next_request`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._requests: deque[Request] = deque()
        self._refusal: HTTPError | None = None
        self._parser = self._new_parser()
        self._in_head = self._in_body = self._waits_for_continue = False
        self._feeding = self._unheard = 0

    @property
    def between_requests(self) -> bool:
        """Whether nothing of a next request has arrived."""
        return not (self._in_head or self._in_body or self._requests or self._refusal)

    def feed(self, data: bytes) -> None:
        """Take what has just arrived, in any portion: all of it is read at once."""
        if self._refusal is not None or not data:
            return
        self._waits_for_continue = False  # its body comes without our asking
        rest = memoryview(data)
        try:
            while rest:
                rest = self._read(rest)
        except HTTPError as error:
            self._refusal = error

    def take_continue(self) -> bool:
        """Whether the client holds back its body until it is told to go on: true at most once a
        request."""
        waits, self._waits_for_continue = self._waits_for_continue, False
        return waits

    def next_request(self) -> Request | None:
        """The next request, or None while more bytes are needed. Raises HTTPError with the status
        to answer, and nothing after that can be read."""
        if self._requests:
            return self._requests.popleft()
        if self._refusal is not None:
            raise self._refusal
        return None

    def take_rest(self) -> bytes:
        """Nothing: all that arrives is read as HTTP at once."""
        return b""

    def _new_parser(self) -> HttpRequestParser:
        parser = HttpRequestParser(self)
        # It takes any version that is of the right form: `request_line` refuses what is not ours.
        parser.set_dangerous_leniencies(lenient_version=True)
        return parser

    def _read(self, data: memoryview) -> memoryview:
        """Feed it to httptools; returns what that has not read."""
        self._feeding = len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade as upgrade:
            # The client offers another protocol, and httptools stops, since we could take it. We
            # may also ignore the offer, and then HTTP goes on (RFC 9110 7.8).
            self._parser = self._new_parser()
            return data[upgrade.args[0] :]
        except HttpParserError as error:
            # Ours, raised in a method below, or its own.
            raised = error.__context__
            raise raised if isinstance(raised, HTTPError) else HTTPError(400, str(error)) from error
        # A line is kept by httptools until it ends: so a line without an end is noticed here.
        self._unheard += len(data)
        if self._unheard > self._limits.fields:
            raise HTTPError(431 if self._in_head else 400, "a line has no end")
        return data[:0]

    def _hear(self) -> None:
        """Begin to count anew what is fed while httptools calls nothing, from the next bytes on."""
        self._unheard = -self._feeding

    # --- what httptools calls ---------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        self._hear()
        self._in_head = True
        self._target, self._fields = b"", list[tuple[str, str]]()
        self._room, self._body = self._limits.fields, bytearray()

    def on_url(self, part: bytes) -> None:
        """A piece of the target."""
        self._hear()
        self._target += part
        if len(self._target) > self._limits.target:
            raise HTTPError(414, f"the target is longer than {self._limits.target} bytes")

    def on_header(self, name: bytes, value: bytes) -> None:
        """A whole field, of the head or of a trailer section."""
        self._hear()
        self._room -= len(name) + len(value) + len(b": \r\n")
        if self._room < 0:
            raise HTTPError(431, f"more than {self._limits.fields} bytes of header lines")
        if self._in_head:  # trailers are dropped (RFC 9110 6.5.1)
            self._fields.append((name.decode("latin-1"), value.decode("latin-1").strip(" \t")))

    def on_headers_complete(self) -> None:
        """The empty line: check what concerns the whole head."""
        method, version = self._parser.get_method(), self._parser.get_http_version().encode()
        line = request_line(b"%b %b HTTP/%b" % (method, self._target, version), self._limits.target)
        try:
            headers = Headers(self._fields)
        except ValueError as error:
            raise HTTPError(400, str(error)) from error
        check_host(line, headers)
        body_reader(line, headers, self._limits)  # only for what it refuses
        self._refuse_upgrade_with_body(headers)
        self._waits_for_continue = expects_continue(line, headers)
        self._line, self._headers = line, headers
        self._in_head, self._in_body = False, True

    def on_body(self, part: bytes) -> None:
        """A piece of the body, no longer chunked."""
        self._hear()
        self._waits_for_continue = False
        self._body += part
        if len(self._body) > self._limits.body:
            raise HTTPError(413, f"this server takes bodies of up to {self._limits.body} bytes")

    def on_message_complete(self) -> None:
        """The last byte of a request."""
        self._hear()
        self._in_body = self._waits_for_continue = False
        line = self._line
        self._requests.append(
            Request(line.method, line.target, self._headers, bytes(self._body), line.version)
        )

    def _refuse_upgrade_with_body(self, headers: Headers) -> None:
        """httptools reads no body after an offer to upgrade. To read it as the next request would
        be request smuggling."""
        empty = headers.get("Content-Length", "0").strip("0") == ""
        if self._parser.should_upgrade() and not (empty and "Transfer-Encoding" not in headers):
            raise HTTPError(501, "this parser reads no body after an offer to upgrade")
