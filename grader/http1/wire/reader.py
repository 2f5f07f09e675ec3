"""Owns the reading of one connection's answers from the bytes as they come.

How it works. The reader is a state machine without a socket. Bytes are appended to an `Inbox`. Each
call of `response` goes on where the last one stopped: the status line, the header lines, then a
body reader that is chosen by the framing of the head. A step that needs more bytes returns None and
goes on from there next time, so the answer is the same however the bytes are cut into pieces. A
whole message is cut out of the inbox, and the reader begins again with what is left.

Why so. No time and no network: every rule can be tested whole, byte by byte, and with bytes that
follow. It is strict, and raises at the first byte that must be wrong, because a lenient reader
could not say what is wrong with an answer. Where an answer stopped (`progress`, `incomplete`) is
known by which of the steps is waiting.
"""

from grader.http1.wire.bodies import BodyReader, body_reader
from grader.http1.wire.fields import FieldSection
from grader.http1.wire.framing import Framing, Head, read_framing
from grader.http1.wire.inbox import DEFAULT_LIMITS, Inbox, ReadLimits
from grader.http1.wire.leftover import explain_leftover
from grader.http1.wire.malformed import Incomplete, Malformed
from grader.http1.wire.progress import ReadPart, ReadProgress
from grader.http1.wire.response import Response
from grader.http1.wire.rules import end
from grader.http1.wire.status_line import (
    StatusLine,
    read_status_line,
    starts_like_one,
    status_line_gap,
)
from grader.text.layout import counted

_SWITCHING_PROTOCOLS = 101


class ResponseReader:
    r"""Reads answers one after the other; bytes go in by `feed`, answers come out of `response`.

    >>> reader = ResponseReader()
    >>> reader.feed(b"HTTP/1.1 200 OK\r\nContent-Le")
    >>> reader.response()
    >>> reader.feed(b"ngth: 2\r\n\r\nhi")
    >>> reader.response().body
    b'hi'

    `request_method` is the method of the request that is being answered, in capitals (RFC 9112 6.3
    needs it).
    """

    def __init__(self, request_method: str = "GET", *, limits: ReadLimits = DEFAULT_LIMITS) -> None:
        self._method = request_method
        self._limits = limits
        self._inbox = Inbox()
        self._failure: Malformed | None = None
        self._previous: Response | None = None
        self._interim: tuple[Response, ...] = ()
        self._begin()

    def _begin(self) -> None:
        """Forget what was read of the message before."""
        self._status_line: StatusLine | None = None
        self._section = FieldSection("header line", self._limits, self._limits.head)
        self._head: Head | None = None
        self._body: BodyReader | None = None

    def feed(self, data: bytes) -> None:
        """Take bytes as they came. Call `response` after each feed: it bounds what is kept.

        After a Malformed they are dropped. ValueError after `eof`.
        """
        if self._inbox.ended:
            raise ValueError("bytes after the end of the connection")
        if self._failure is None:
            self._inbox.data += data

    def eof(self) -> None:
        """Take notice that the connection has ended and no more bytes will come."""
        self._inbox.ended = True

    @property
    def trailing(self) -> bytes:
        """The bytes after the last answer that was returned (all bytes, before the first); the next
        is read from them.
        """
        return bytes(self._inbox.data)

    @property
    def start(self) -> int:
        """Where the message being read begins, in bytes from the first byte that the connection
        delivered."""
        return self._inbox.start

    def response(self, request_method: str | None = None) -> Response | None:
        """Return the next answer, or None when more bytes are needed.

        `request_method` says what this answer answers, if not the same method as before. Interim
        answers (1xx, but 101) are collected in `interim` of the final one. Malformed as soon as it
        is certain that the answer is; from then on each call raises it again. After `eof` a part of
        an answer, or none at all, is raised as Incomplete: look at `trailing` first to learn
        whether there is anything to read.
        """
        if request_method is not None:
            self._method = request_method
        if self._failure is not None:
            raise self._failure
        try:
            response = self._next()
            if response is None and self._inbox.ended:
                raise self.incomplete()
        except Malformed as failure:
            self._failure = failure
            raise
        return response

    @property
    def framing(self) -> Framing | None:
        """How the end of the answer being read is found; None before its head has come."""
        return self._head.framing if self._head is not None else None

    @property
    def begun(self) -> Response | None:
        """The answer being read with what has come of its body; None before its head has come."""
        if self._head is None or self._body is None:
            return None
        head = self._head
        return Response(
            version=head.status_line.version,
            status=head.status_line.status,
            reason=head.status_line.reason,
            headers=head.headers,
            body=self._body.so_far(self._inbox),
            framing=head.framing,
            head=self._inbox.between(0, head.size),
            start=self._inbox.start,
        )

    def incomplete(self) -> Incomplete:
        """Return (not raise) what the answer being read is missing, when the connection ended or
        patience did.
        """
        if self._body is not None:
            return self._body.gap(self._inbox)
        if self._status_line is not None:
            return self._section.gap(self._inbox)
        return status_line_gap(self._inbox)

    @property
    def progress(self) -> ReadProgress:
        """How far the answer being read has come."""
        if self._body is not None:
            return self._body.progress(self._inbox)
        size = counted(len(self._inbox), "byte")
        if self._status_line is not None:
            count = len(self._section.headers)
            lines = f" and {counted(count, 'header line')}" if count else ""
            return ReadProgress(
                ReadPart.HEADERS, f"the status line{lines}", "the empty line after the headers"
            )
        if not self._inbox.data:
            return ReadProgress(ReadPart.NOTHING, "nothing", "the whole answer")
        return ReadProgress(
            ReadPart.STATUS_LINE,
            f"{size} of the status line",
            r"its \r\n, the headers and the empty line",
        )

    def _next(self) -> Response | None:
        """Return the next final answer; the interim ones before it are kept until it comes."""
        while True:
            response = self._message()
            if response is None:
                return None
            if response.status >= 200 or response.status == _SWITCHING_PROTOCOLS:
                self._previous, self._interim = response, ()
                return response
            self._interim += (response,)
            if len(self._interim) > self._limits.interim:
                raise self._inbox.malformed(end.TOO_MANY_INTERIM, 0, limit=self._limits.interim)
            if sum(len(one.raw) for one in self._interim) > self._limits.head:
                part = "series of 1xx answers"
                raise self._inbox.malformed(
                    end.HEAD_TOO_LONG, 0, part=part, limit=self._limits.head
                )

    def _message(self) -> Response | None:
        """Return the next answer, interim or final, and begin anew after it."""
        head = self._head or self._read_head()
        if head is None:
            return None
        if self._body is None:
            self._head, self._body = head, body_reader(self._inbox, head, self._limits)
        body = self._body.read(self._inbox)
        if body is None:
            return None
        start, came = self._inbox.start, self._inbox.between(0, head.size)
        chunked = head.framing is Framing.CHUNKED
        chunks = self._inbox.between(head.size, self._inbox.position) if chunked else b""
        self._inbox.cut()
        line, trailers = head.status_line, self._body.trailers
        interim = self._interim if line.status >= 200 or line.status == _SWITCHING_PROTOCOLS else ()
        self._begin()
        return Response(
            version=line.version,
            status=line.status,
            reason=line.reason,
            headers=head.headers,
            body=body,
            framing=head.framing,
            head=came,
            chunks=chunks,
            start=start,
            trailers=trailers,
            interim=interim,
        )

    def _read_head(self) -> Head | None:
        """Return everything up to the empty line."""
        if self._status_line is None:
            if self._previous is not None and not starts_like_one(self._inbox.data):
                raise explain_leftover(self._previous, self._inbox.data)
            self._status_line = read_status_line(self._inbox, self._limits.head)
        if self._status_line is None:
            return None
        headers = self._section.read(self._inbox)
        if headers is None:
            return None
        return read_framing(self._inbox, self._status_line, headers, self._method, self._limits)


def reader_of(data: bytes, limits: ReadLimits) -> ResponseReader:
    """Return a reader that has taken in these bytes and returned the whole answers in them: its
    `progress` is that of the one after them. They answer GET or POST. Malformed when they are not
    answers.
    """
    reader = ResponseReader(limits=limits)
    reader.feed(data)
    while reader.response() is not None:
        pass
    return reader
