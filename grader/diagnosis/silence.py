"""Why an answer did not come, or not whole: from what was seen to a sentence with proof. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.check.failure import Failure, Kind
from grader.diagnosis.places import blocked_at, suspects
from grader.diagnosis.snapshot import NOTHING_SEEN, Activity, Raised, Snapshot
from grader.text.layout import counted


@dataclass(frozen=True, slots=True)
class HalfAnswer:
    """What has come of an answer that is not whole.

    said: a clause, without a full stop. missing: what has not come, as a noun phrase. hint: what
    the protocol says of the end of this part.
    """

    said: str
    missing: str
    hint: str


@dataclass(frozen=True, slots=True)
class ProtocolHints:
    """What the hints of one protocol say, each in whole sentences.

    waits_for_more: of a server that has read all and is in recv. awaits: that waits for its sockets
    as a whole. something: when it is not known what it waits for. raised: when a handler raised;
    raised_and_closed: and the connection was closed.
    """

    waits_for_more: str
    awaits: str
    something: str
    raised: str
    raised_and_closed: str


@dataclass(frozen=True, slots=True)
class Silence:
    """What was seen when waiting for an answer came to an end.

    hints: what the protocol says to it. half: what has come of the answer; `None` when that is
    nothing. received: bytes of the answer so far; begun: their beginning. unread: bytes of ours
    that the server has not read. accepted: whether the program ever accepted the connection.
    hopeless: every thread of the server sleeps in a wait that nothing will end. answers: how many
    the connection has had before. connection: its number in the check. slow: bytes still came, but
    the whole answer took longer than `budget_s`. whole: what was sent are whole requests, as far as
    that is certain. scene: what the program does instead.
    """

    hints: ProtocolHints
    half: HalfAnswer | None
    received: int
    begun: bytes
    budget_s: float
    unread: int = 0
    accepted: bool = True
    hopeless: bool = False
    answers: int = 0
    connection: int = 1
    slow: bool = False
    whole: bool = True
    snapshot: Snapshot = NOTHING_SEEN


def explain_silence(seen: Silence) -> Failure:
    """The failure for an answer that did not come, or not whole."""
    if not seen.accepted:
        return _not_accepted(seen)
    if seen.half is not None:
        return _half_way(seen, seen.half)
    cause, hint = _unread(seen) if seen.unread else _all_read(seen)
    return Failure(
        Kind.SILENCE,
        f"no answer came {_when(seen)}: {cause}",
        expected="an answer",
        actual=seen.snapshot.evidence(seen.connection),
        hint=hint,
        at=blocked_at(seen.snapshot, *suspects(seen.snapshot, seen.connection)),
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
        at=blocked_at(snapshot, busy),
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
        return f"{lie}; {_raised(snapshot.raised)}", seen.hints.raised
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
        hint = _hint(one, seen.hints) if one.computes or one.sleeps or one.locked else hint
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
            seen.hints.waits_for_more,
        )
    if stopped := snapshot.stopped():
        return stopped, _STOPPED
    if snapshot.raised:
        return _raised(snapshot.raised), seen.hints.raised
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
        waits = ", and every thread of it waits" if seen.hopeless else ""
        return f"{read}{waits}", seen.hints.something
    busy = f"{_subject(snapshot, one)} {one.clause(seen.connection)}{_used(snapshot, one)}"
    return f"{read}, and {busy}", _hint(one, seen.hints)


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


def _hint(one: Activity, hints: ProtocolHints) -> str:
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
    return hints.awaits if one.polls else hints.something


_ACCEPT_AGAIN: Final = (
    "Call accept again while earlier connections are still open: give each one its own thread or"
    " task."
)
_STOPPED: Final = (
    "A stopped process does nothing until SIGCONT. Signals do that, a read from the terminal in the"
    " background, and a debugger."
)
_TOO_FEW: Final = (
    "A thread that waits for a silent client serves nobody else: when a fixed number of them is all"
    " there is, so many silent clients keep everybody waiting."
)
_NOBODY_LEFT: Final = (
    "The handler came to its end without sending an answer, and without closing the connection."
)


# --- a part of the answer has come ----------------------------------------------------------------


def _half_way(seen: Silence, half: HalfAnswer) -> Failure:
    how = (
        f"the answer was not whole after {seen.budget_s:g} s, although bytes of it kept coming"
        if seen.slow
        else "the answer stopped half-way"
    )
    return Failure(
        Kind.INCOMPLETE,
        f"{how}: {half.said}{_meanwhile(seen)}",
        expected=half.missing,
        actual=seen.begun,
        offset=len(seen.begun) if seen.received == len(seen.begun) else None,
        hint=half.hint,
        at=blocked_at(seen.snapshot, *suspects(seen.snapshot, seen.connection)),
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
