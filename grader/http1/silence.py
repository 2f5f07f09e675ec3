"""What HTTP says to an answer that did not come, or not whole. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.diagnosis import HalfAnswer, ProtocolHints
from grader.http1.wire import ReadPart

if TYPE_CHECKING:
    from grader.diagnosis import Silence
    from grader.http1.wire import ReadProgress

HINTS: Final = ProtocolHints(
    waits_for_more=(
        "recv waits until something comes or the client closes, and this client waits for its"
        " answer: an empty line ends the headers, and without Content-Length there is no body."
    ),
    awaits=(
        "It waits for something to happen on its sockets, and its client waits for an answer: an"
        " empty line ends the headers, and without Content-Length there is no body."
    ),
    something=(
        "Either the handler raised (then its traceback is in the program's output), or it waits for"
        " more input: an empty line ends the headers, and without Content-Length there is no body."
    ),
    raised=(
        "The program's output has the traceback. Whatever a handler raises, its client is owed an"
        " answer, 500, and the end of the connection."
    ),
    raised_and_closed=(
        "The program's output has the traceback. Whatever a handler raises, its client is owed"
        " an answer: 500."
    ),
)


def half_answer(progress: ReadProgress) -> HalfAnswer | None:
    """What has come of an answer; `None` when that is nothing."""
    if progress.part is ReadPart.NOTHING:
        return None
    return HalfAnswer(progress.summary, progress.missing, _HALF_ANSWER[progress.part])


def explain_unended(seen: Silence, progress: ReadProgress) -> Failure:
    """The failure for an answer of which nothing tells where its body ends, while the connection
    stays open."""
    return Failure(
        Kind.INCOMPLETE,
        "the answer has no end: it has neither Content-Length nor chunks, and the connection stays"
        f" open ({progress.reached} came)",
        expected="Content-Length, or the end of the connection after the body",
        actual=seen.begun,
        hint=_HALF_ANSWER[ReadPart.BODY],
        cite="RFC 9112 6.3",
    )


_HALF_ANSWER: Final = {
    ReadPart.STATUS_LINE: "The status line ends with \\r\\n.",
    ReadPart.HEADERS: (
        "After the last header line comes an empty line: the head ends with \\r\\n\\r\\n."
    ),
    ReadPart.BODY: (
        "Content-Length counts the bytes of the body; without it, close the connection after the"
        " body, or the client waits for ever."
    ),
    ReadPart.CHUNKS: "A chunked body ends with a chunk of size 0: 0\\r\\n\\r\\n.",
    ReadPart.TRAILERS: "A chunked body ends with an empty line after the last chunk.",
}
