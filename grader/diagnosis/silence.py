"""Why an answer did not come, or not whole: from what was seen to a sentence with proof. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.check.failure import Failure, Kind
from grader.diagnosis.snapshot import NOTHING_SEEN, Activity, Raised, Snapshot
from grader.wire import ReadPart, ReadProgress
from grader.wire.progress import counted


@dataclass(frozen=True, slots=True)
class Silence:
    """What was seen when waiting for an answer came to an end.

    received: bytes of the answer so far; begun: their beginning. unread: bytes of ours that the
    server has not read. accepted: whether the program ever accepted the connection. hopeless: every
    thread of the server sleeps in a wait that nothing will end. answers: how many the connection
    has had before. connection: its number in the check. slow: bytes still came, but the whole
    answer took longer than `budget_s`. unended: nothing in the answer tells where its body ends,
    and the connection stays open. whole: what was sent are whole requests, as far as that is
    certain. scene: what the program does instead.
    """

    progress: ReadProgress
    received: int
    begun: bytes
    budget_s: float
    unread: int = 0
    accepted: bool = True
    hopeless: bool = False
    answers: int = 0
    connection: int = 1
    slow: bool = False
    unended: bool = False
    whole: bool = True
    snapshot: Snapshot = NOTHING_SEEN


def explain_silence(seen: Silence) -> Failure:
    """The failure for an answer that did not come, or not whole."""
    if not seen.accepted:
        return _not_accepted(seen)
    if seen.progress.part is not ReadPart.NOTHING:
        return _half_way(seen)
    cause, hint = _unread(seen) if seen.unread else _all_read(seen)
    return Failure(
        Kind.SILENCE,
        f"no answer came {_when(seen)}: {cause}",
        expected="an answer",
        actual=seen.snapshot.evidence(seen.connection),
        hint=hint,
    )


def _when(seen: Silence) -> str:
    """How long it was waited for; waiting ends early when it is seen that nothing will come."""
    return "and never will" if seen.hopeless else f"for {seen.budget_s:g} s"


# --- the connection waits to be accepted ----------------------------------------------------------


def _not_accepted(seen: Silence) -> Failure:
    how = "and never will" if seen.hopeless else f"within {seen.budget_s:g} s"
    snapshot = seen.snapshot
    stopped = snapshot.stopped("it")
    busy = snapshot.receiving_elsewhere(seen.connection) or snapshot.main or snapshot.culprit
    if busy is not None and (busy.accepts or busy.loop):
        busy = None  # it accepts, only not this one yet
    return Failure(
        Kind.SILENCE,
        f"the connection was opened, but your server did not accept it {how}"
        + (f": {stopped}" if stopped else _instead(snapshot, busy, seen)),
        expected="an answer",
        actual=snapshot.evidence(
            seen.connection, "silence: the connection waits in the listen queue"
        ),
        hint=_STOPPED if stopped else _ACCEPT_AGAIN,
    )


def _instead(snapshot: Snapshot, busy: Activity | None, seen: Silence) -> str:
    if busy is not None and busy.what:
        return f": {snapshot.who(busy)} {busy.clause(seen.connection)}"
    return ": it waits for something else" if seen.hopeless else ""


# --- a part of the request has not been read ------------------------------------------------------


def _unread(seen: Silence) -> tuple[str, str]:
    again = seen.answers > 0
    lie = (
        f"{counted(seen.unread, 'byte')} of the {'next ' if again else ''}request"
        f" {_lies(seen.unread)} unread"
    )
    hint = (
        "After an answer, go back to reading on the same connection, until the client closes it."
        if again
        else "Read from the socket until the whole request is there."
    )
    snapshot = seen.snapshot
    if stopped := snapshot.stopped():
        return f"{lie}: {stopped}", _STOPPED
    if snapshot.raised:
        return f"{lie}; {_raised(snapshot.raised)}", _RAISED
    elsewhere = snapshot.busy_elsewhere
    if len(elsewhere) > 1 and seen.connection not in {one.connection for one in elsewhere}:
        return f"{lie}: its threads wait in recv on other connections{elsewhere[0].at}", _TOO_FEW
    if everyone := snapshot.all_accept:
        return (
            (
                f"{lie}: nobody serves this connection, for {snapshot.who(everyone)}"
                f" {everyone.clause(seen.connection)}"
            ),
            hint,
        )
    if one := snapshot.on(seen.connection) or snapshot.culprit:
        hint = _hint(one) if one.computes or one.sleeps or one.locked else hint
        return (
            f"{lie}: {_subject(snapshot, one)} {one.clause(seen.connection)}{_used(snapshot, one)}",
            hint,
        )
    return lie, hint


def _lies(count: int) -> str:
    return "lies" if count == 1 else "lie"


# --- all of the request has been read -------------------------------------------------------------


def _all_read(seen: Silence) -> tuple[str, str]:
    snapshot = seen.snapshot
    one = snapshot.on(seen.connection)
    if one is not None and one.receives:
        more = " of it" if seen.whole else ""
        return (
            f"your server has read {_sent(seen)} and waits for more{more}, in recv{one.at}",
            _WAITS_FOR_MORE,
        )
    if stopped := snapshot.stopped():
        return stopped, _STOPPED
    if snapshot.raised:
        return _raised(snapshot.raised), _RAISED
    read = f"the server has read {_sent(seen)}"
    if everyone := snapshot.all_accept:
        return (
            (
                f"{read}, and nobody is left to answer: {snapshot.who(everyone)}"
                f" {everyone.clause(seen.connection)}"
            ),
            _NOBODY_LEFT,
        )
    one = one or snapshot.culprit
    if one is None:
        return read + (", and every thread of it waits" if seen.hopeless else ""), _SOMETHING
    subject = _subject(snapshot, one)
    return f"{read}, and {subject} {one.clause(seen.connection)}{_used(snapshot, one)}", _hint(one)


def _sent(seen: Silence) -> str:
    return "the whole request" if seen.whole else "all that was sent"


def _subject(snapshot: Snapshot, one: Activity) -> str:
    if one.loop and not one.computes:
        return "its event loop"
    return snapshot.who(one)


def _used(snapshot: Snapshot, one: Activity) -> str:
    return f" (it has used {snapshot.used_s:.1f} s of processor time)" if one.computes else ""


def _raised(raised: Raised) -> str:
    return f"meanwhile your server raised {raised}, and the connection is still open"


def _hint(one: Activity) -> str:
    if one.computes:
        return (
            "A loop that never ends, or one that does far too much work: what should make it end,"
            " and does it?"
        )
    if one.sleeps:
        return "Answer first; a server that sleeps in a handler keeps its client waiting."
    if one.locked:
        return (
            "Whoever holds a lock lets it go on every way out; what waits in a queue needs somebody"
            " who puts it there."
        )
    if one.polls:
        return _AWAITS
    return _SOMETHING


_ACCEPT_AGAIN: Final = (
    "Call accept again while earlier connections are still open: give each one its own thread or"
    " task."
)
_STOPPED: Final = (
    "A stopped process does nothing until SIGCONT. Signals do that, a read from the terminal in the"
    " background, and a debugger."
)
_WAITS_FOR_MORE: Final = (
    "recv waits until something comes or the client closes, and this client waits for its answer:"
    " an empty line ends the headers, and without Content-Length there is no body."
)
_TOO_FEW: Final = (
    "A thread that waits for a silent client serves nobody else: when a fixed number of them is all"
    " there is, so many silent clients keep everybody waiting."
)
_RAISED: Final = (
    "The program's output has the traceback. Whatever a handler raises, its client is owed an"
    " answer, 500, and the end of the connection."
)
_NOBODY_LEFT: Final = (
    "The handler came to its end without sending an answer, and without closing the connection."
)
_AWAITS: Final = (
    "It waits for something to happen on its sockets, and its client waits for an answer: an empty"
    " line ends the headers, and without Content-Length there is no body."
)
_SOMETHING: Final = (
    "Either the handler raised (then its traceback is in the program's output), or it waits for"
    " more input: an empty line ends the headers, and without Content-Length there is no body."
)


# --- a part of the answer has come ----------------------------------------------------------------


def _half_way(seen: Silence) -> Failure:
    if seen.unended:
        return _unended(seen)
    how = (
        f"the answer was not whole after {seen.budget_s:g} s, although bytes of it kept coming"
        if seen.slow
        else "the answer stopped half-way"
    )
    return Failure(
        Kind.INCOMPLETE,
        f"{how}: {seen.progress.summary}{_meanwhile(seen)}",
        expected=seen.progress.missing,
        actual=seen.begun,
        offset=len(seen.begun) if seen.received == len(seen.begun) else None,
        hint=_HALF_ANSWER[seen.progress.part],
    )


def _meanwhile(seen: Silence) -> str:
    """What keeps the server from sending the rest, where one line is to blame."""
    snapshot = seen.snapshot
    if stopped := snapshot.stopped():
        return f"; {stopped}"
    if snapshot.raised:
        return f"; meanwhile it raised {snapshot.raised}"
    one = snapshot.on(seen.connection) or snapshot.culprit
    if one is None or one.place is None or one.loop:
        return ""
    return f"; {snapshot.who(one)} {one.clause(seen.connection)}"


def _unended(seen: Silence) -> Failure:
    return Failure(
        Kind.INCOMPLETE,
        "the answer has no end: it has neither Content-Length nor chunks, and the connection stays"
        f" open ({seen.progress.reached} came)",
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
