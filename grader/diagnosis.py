"""Why there was no (whole) answer: from what was observed to the sentence a good teacher would say. Pure."""

from __future__ import annotations

import signal
from dataclasses import dataclass

from grader.failure import Failure, Kind
from grader.wire import Malformed, Part, Progress


@dataclass(frozen=True, slots=True)
class Silence:
    """What was seen when waiting for an answer came to an end.

    received: bytes of the answer so far; begun: their beginning. unread: bytes of ours that the server has not
    read. accepted: whether the program ever accepted the connection. hopeless: every thread of the server sleeps
    in a wait that nothing will end. answered: whether the connection has had an answer before.
    """

    progress: Progress
    received: int
    begun: bytes
    budget_s: float
    unread: int
    accepted: bool
    hopeless: bool
    answered: bool


def explain_silence(seen: Silence) -> Failure:
    """The failure for an answer that did not come, or not whole."""
    if not seen.accepted:
        return _not_accepted(seen)
    if seen.progress.part is not Part.NOTHING:
        return _half_way(seen)
    if seen.unread:
        return _unread(seen)
    return Failure(
        Kind.SILENCE,
        f"no answer came {_when(seen)}; the server has read the whole request",
        expected="an answer",
        actual="silence",
        hint="Either the handler raised (then its traceback is in the program's output), or it waits for more input: "
        "an empty line ends the headers, and without Content-Length there is no body.",
    )


def _when(seen: Silence) -> str:
    return "and never will, for every thread of the server waits" if seen.hopeless else f"for {seen.budget_s:g} s"


def _not_accepted(seen: Silence) -> Failure:
    how = "and never will: it waits for something else" if seen.hopeless else f"within {seen.budget_s:g} s"
    return Failure(
        Kind.SILENCE,
        f"the connection was opened, but your server did not accept it {how}",
        expected="an answer",
        actual="silence: the connection waits in the listen queue",
        hint="Call accept again while earlier connections are still open: give each one its own thread or task.",
    )


def _half_way(seen: Silence) -> Failure:
    return Failure(
        Kind.INCOMPLETE,
        f"the answer stopped half-way: {seen.progress.summary}",
        expected=seen.progress.missing,
        actual=seen.begun,
        offset=len(seen.begun) if seen.received == len(seen.begun) else None,
        hint=_HALF_ANSWER[seen.progress.part],
    )


def _unread(seen: Silence) -> Failure:
    again = seen.answered
    return Failure(
        Kind.SILENCE,
        f"no answer came {_when(seen)}; {seen.unread} bytes of the {'next ' if again else ''}request lie unread",
        expected="an answer",
        actual=f"silence; the server has not read {seen.unread} bytes",
        hint="After an answer, go back to reading on the same connection, until the client closes it."
        if again
        else "Read from the socket until the whole request is there.",
    )


_HALF_ANSWER = {
    Part.STATUS_LINE: "The status line ends with \\r\\n.",
    Part.HEADERS: "After the last header line comes an empty line: the head ends with \\r\\n\\r\\n.",
    Part.BODY: "Content-Length counts the bytes of the body; without it, close the connection after the body, "
    "or the client waits for ever.",
    Part.CHUNKS: "A chunked body ends with a chunk of size 0: 0\\r\\n\\r\\n.",
    Part.TRAILERS: "A chunked body ends with an empty line after the last chunk.",
}


def explain_malformed(malformed: Malformed) -> Failure:
    """The failure for bytes that are not a message, or only a part of one."""
    return Failure(
        Kind.MALFORMED,
        malformed.summary,
        expected=malformed.expected,
        actual=malformed.raw,
        offset=malformed.offset - malformed.raw_start,
        hint=malformed.mend,
        cite=malformed.cite,
    )


def explain_exit(status: int, output: bytes, when: str) -> Failure:
    """The failure for a program that ended. `when` ends the sentence "your program ended ..."."""
    last = [line.strip() for line in output.decode(errors="replace").splitlines() if line.strip()][-1:]
    return Failure(
        Kind.EXIT,
        f"your program {how_it_ended(status)} {when}" + "".join(f"; its last words: {line}" for line in last),
        expected="a program that runs until it is stopped",
        actual=how_it_ended(status),
        hint="The end of the program's output usually names the file and the line."
        if last
        else "A server does not come to the end of main: it waits for connections in a loop.",
    )


def explain_limit(how: str, who: str = "your server") -> Failure:
    """The failure for a program that used more of the machine than it may. `how` is the rest of the sentence."""
    return Failure(
        Kind.RESOURCE,
        f"{who} {how}",
        expected="a program that stays below the limits",
        actual=f"it {how}",
        hint="What is opened, started or remembered for a request has to be let go when the request is done.",
    )


def how_it_ended(status: int) -> str:
    """How a program ended, by its exit status, as the rest of a sentence."""
    if status <= 128:
        return f"ended with exit status {status}"
    try:
        return f"was killed by {signal.Signals(status - 128).name}"
    except ValueError:
        return f"ended with exit status {status}"


def explain_closed(reset: bool) -> Failure:
    """The failure for a connection that ended without a byte while the program lives on."""
    return Failure(
        Kind.CLOSED,
        f"the server {'reset' if reset else 'closed'} the connection without answering",
        expected="an answer",
        actual="connection reset" if reset else "end of connection",
        hint="Your handler probably raised or returned early; a traceback, if there is one, is in its output.",
    )
