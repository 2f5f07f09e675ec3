"""The words of HTTP for an answer that did not come, or not whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis import HalfAnswer, ProtocolHints
from grader.http1.earlier_length import waits_for_an_earlier
from grader.http1.wire import ReadPart, whole_requests
from grader.http1.wire.rules.end import NO_END

if TYPE_CHECKING:
    from grader.diagnosis import Silence
    from grader.http1.wire import ReadProgress

_ANY: Final = (
    "An empty line ends the headers; only Content-Length or Transfer-Encoding announces a body."
)
_NO_BODY: Final = (
    "This request ends with its empty line: without Content-Length or Transfer-Encoding it has no"
    " body."
)
_LENGTH: Final = (
    "This request ends when as many bytes have come after its empty line as Content-Length says."
)
_DROPPED: Final = (
    "Keep what follows the first message in your buffer: it is the beginning of the next one."
)
_CHUNKS: Final = "This request ends with its last chunk, of size 0, and an empty line."


def hints_for(sent: bytes, *, at_once: bool = False, waits_for: int = 0) -> ProtocolHints:
    """What is said to a server that does not answer to these bytes: how the last of the requests
    says where it ends. at_once: it has answered the first of several in one piece. waits_for: for
    so many bytes, which an earlier request has announced."""
    end = _end_of((whole_requests(sent) or (b"",))[-1])
    stop = "Stop reading when the request is complete: the client now waits for its answer. " + end
    return ProtocolHints(
        waits_for_more=_DROPPED if at_once else stop,
        awaits=(
            "Your server waits for events on its sockets, and the client waits for its answer. "
            + end
        ),
        something=(
            "Look for a traceback in the program's output. Without one, your server may wait for"
            " more input. " + end
        ),
        raised=(
            "Read the traceback in the program's output. Catch the exception, answer (500 if no"
            " other status fits), and close the connection."
        ),
        raised_and_closed=(
            "Read the traceback in the program's output. Catch the exception, and still answer:"
            " 500 if no other status fits."
        ),
        mistaken=waits_for_an_earlier(waits_for) if waits_for else None,
    )


def unanswered_at_once(sent: bytes, last: int, answers: int) -> tuple[int, int]:
    """Of several whole requests that were the last piece of what was sent, how many have no answer,
    and how many they are; none of none where that is not so, or the first has none either.

    >>> unanswered_at_once(2 * b"GET / HTTP/1.1\\r\\n\\r\\n", last=36, answers=1)
    (1, 2)
    """
    requests, piece = whole_requests(sent), whole_requests(sent[len(sent) - last :])
    missing, count = len(requests) - answers, len(piece)
    whole = sum(map(len, requests)) == len(sent) and sum(map(len, piece)) == last
    return (missing, count) if whole and 0 < missing < count else (0, 0)


def _end_of(request: bytes) -> str:
    if not request:
        return _ANY
    head = request.partition(b"\r\n\r\n")[0].lower()
    if b"\r\ntransfer-encoding:" in head:
        return _CHUNKS
    return _LENGTH if b"\r\ncontent-length:" in head else _NO_BODY


def half_answer(progress: ReadProgress) -> HalfAnswer | None:
    """What has come of an answer; `None` when that is nothing."""
    if progress.part is ReadPart.NOTHING:
        return None
    return HalfAnswer(progress.summary, progress.missing, _HALF_ANSWER[progress.part])


def explain_answer_elsewhere(connection: int, other: int) -> Failure:
    """The failure for an answer that did not come here, while one came on another connection that
    had asked for none."""
    return Failure(
        Kind.SILENCE,
        f"No answer on connection {connection}: an answer came on connection {other}, which had"
        " asked for nothing more.",
        expected="an answer on the connection of the request",
        actual=f"an answer on connection {other}",
        hint="Send the answer on the connection that its request came on.",
        hint_alone=True,
    )


def explain_unended(seen: Silence) -> Failure:
    """The failure for an answer of which nothing tells where its body ends, while the connection
    stays open."""
    return Failure(
        Kind.INCOMPLETE,
        f"{NO_END.summary} The connection stays open.",
        expected="Content-Length, or the end of the connection after the body",
        actual=seen.begun,
        hint="Send Content-Length, or close the connection after the body.",
        hint_alone=True,
        cite="RFC 9112 6.3",
    )


_HALF_ANSWER: Final = {
    ReadPart.STATUS_LINE: "End the status line with \\r\\n.",
    ReadPart.HEADERS: (
        "Send an empty line after the last header line: the head ends with \\r\\n\\r\\n."
    ),
    ReadPart.BODY: (
        "Send exactly as many bytes as Content-Length says. Without it, close the connection after"
        " the body."
    ),
    ReadPart.CHUNKS: "End a chunked body with a chunk of size 0: 0\\r\\n\\r\\n.",
    ReadPart.TRAILERS: "Send an empty line after the last chunk.",
}
