"""Why an answer did not come, or not whole: from what was seen to a sentence with proof. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.failure import Failure, Hint, Kind
from grader.diagnosis.lines import lined, retellable
from grader.diagnosis.places import blocked_at, only_locked, suspects
from grader.diagnosis.pool import (
    blamed,
    held_lock,
    readers_elsewhere,
    sending_elsewhere,
    several_locked,
    stuck_at,
)
from grader.diagnosis.silence_hints import (
    ACCEPT_AGAIN,
    DEADLOCK,
    HELD,
    NEVER_READ,
    NOBODY_READS,
    NOTHING_MORE_COMES,
    NOTHING_SENT,
    ONLY_ACCEPT,
    READ_AGAIN,
    READ_ALL,
    STOPPED,
    TOO_FEW,
)
from grader.diagnosis.snapshot import NOTHING_SEEN, Activity, Snapshot, together
from grader.text.layout import counted
from grader.text.sentence import sentences
from grader.value import Value

if TYPE_CHECKING:
    from grader.diagnosis.protocol import HalfAnswer, ProtocolHints


class Silence(Value, frozen=True):
    """What was seen when waiting for an answer came to an end.

    hints: what the protocol says to it. half: what has come of the answer; `None` when that is
    nothing. received: bytes of the answer so far; begun: their beginning. unread: bytes of ours
    that the server has not read. accepted: whether the program ever accepted the connection.
    hopeless: every thread of the server sleeps in a wait that nothing will end. answers: how many
    the connection has had before. connection: its number in the check. slow: bytes still came, but
    the whole answer took longer than `budget_s`. whole: what was sent are whole requests, as far as
    that is certain. sent: bytes of the request that was sent last. served: how many connections of
    the check have had an answer, and how many have asked. at_once: of several requests that were
    sent in one piece, and of which the first was answered, how many were not, and how many they
    are. snapshot: what the program does instead.
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
    sent: int = 0
    served: tuple[int, int] = (0, 0)
    at_once: tuple[int, int] = (0, 0)
    snapshot: Snapshot = NOTHING_SEEN

    @property
    def never_read(self) -> bool:
        """Not a byte of the last request was read."""
        return 0 < self.sent <= self.unread


_Explanation = tuple[str, str, Hint]
"""What the server did, what it does instead (or empty), and a hint."""


def explain_silence(seen: Silence) -> Failure:
    """The failure for an answer that did not come, or not whole."""
    return retellable(
        _explained(seen),
        lambda lines: _explained(replace(seen, snapshot=lined(seen.snapshot, lines))),
    )


def _explained(seen: Silence) -> Failure:
    if not seen.accepted:
        return _not_accepted(seen)
    if seen.half is not None:
        return _half_way(seen, seen.half)
    mistaken = None if seen.unread else seen.hints.mistaken
    what, why, hint = _unread(seen) if seen.unread else _all_read(seen)
    if mistaken:
        what, why, hint = f"your server {mistaken.said}", _blamed(seen), mistaken.hint
    locked, rest = None if seen.unread else _locked(seen), seen.at_once[0]
    return Failure(
        Kind.SILENCE,
        sentences(f"{_no_answer(seen)}: {what}", why),
        expected="an answer",
        actual=seen.snapshot.evidence(seen.connection, "no answer" + " to the rest" * bool(rest)),
        hint=hint,
        hint_alone=mistaken is not None or hint in (STOPPED, TOO_FEW, HELD),
        cause=mistaken.cause if mistaken else None,
        at=blocked_at(seen.snapshot, locked, *suspects(seen.snapshot, seen.connection)),
    )


def _no_answer(seen: Silence) -> str:
    """How a sentence begins; waiting ends early when it is seen that nothing will come."""
    within = "" if seen.hopeless else f" within {seen.budget_s:g} s"
    rest = " to {} of the {} requests that were sent at once".format(*seen.at_once)
    return f"No answer{within}{rest * any(seen.at_once)}"


# --- the connection waits to be accepted ----------------------------------------------------------


def _not_accepted(seen: Silence) -> Failure:
    snapshot = seen.snapshot
    stopped = snapshot.stopped("it")
    busy = snapshot.receiving_elsewhere(seen.connection) or snapshot.main or snapshot.culprit
    if busy is not None and (busy.accepts or busy.loop):
        busy = None  # it accepts, only not this one yet
    return Failure(
        Kind.SILENCE,
        sentences(
            f"{_no_answer(seen)}: your server did not accept the connection",
            stopped or _instead(snapshot, busy, seen),
        ),
        expected="an answer",
        actual=snapshot.evidence(
            seen.connection, "no answer: the connection waits in the listen queue"
        ),
        hint=STOPPED if stopped else _accept_hint(busy),
        hint_alone=True,
        at=blocked_at(snapshot, busy),
    )


def _accept_hint(busy: Activity | None) -> str:
    waits = busy is not None and (busy.locked or busy.sleeps) and busy.connection is None
    return ONLY_ACCEPT if waits else ACCEPT_AGAIN


def _instead(snapshot: Snapshot, busy: Activity | None, seen: Silence) -> str:
    if busy is not None and busy.what:
        return f"{snapshot.who(busy)} {busy.clause(seen.connection)}"
    return "it waits for something else" if seen.hopeless else ""


# --- a part of the request has not been read ------------------------------------------------------


def _unread(seen: Silence) -> _Explanation:
    what = f"the next {seen.hints.noun}" if seen.answers else f"the {seen.hints.noun}"
    waiting = f"{counted(seen.unread, 'byte')} {'is' if seen.unread == 1 else 'are'} waiting"
    why, hint = _why_unread(seen)
    read = "never read" if seen.never_read else "did not read all of"
    return f"your server {read} {what} ({waiting}){_served(seen)}", why, hint


def _served(seen: Silence) -> str:
    """How many of several clients were answered, as a sentence of its own."""
    answered, asked = seen.served
    return f". {answered} of {asked} clients got an answer" if asked > 2 else ""


def _why_unread(seen: Silence) -> tuple[str, str]:
    snapshot = seen.snapshot
    unread = (seen.hints.never_read or NEVER_READ) if seen.never_read else READ_ALL
    hint = READ_AGAIN if seen.answers else unread
    if stopped := snapshot.stopped("it"):
        return stopped, STOPPED
    if snapshot.raised:
        return _raised(seen), seen.hints.raised
    if elsewhere := _elsewhere(snapshot, seen.connection):
        return elsewhere
    if everyone := snapshot.all_accept:
        return f"{snapshot.who(everyone)} {everyone.clause(seen.connection)}", hint
    if one := blamed(snapshot, seen.connection):
        hint = _hint(one, seen.hints) if one.computes or one.sleeps or one.locked else hint
        return _doing(snapshot, one, seen), hint
    return "", hint


def _elsewhere(snapshot: Snapshot, own: int) -> tuple[str, str] | None:
    """What threads do that wait for other clients, with a hint."""
    pool = readers_elsewhere(snapshot)
    if len(pool) > 1 and own not in {one.connection for one in pool}:
        return together(pool), TOO_FEW
    if held := held_lock(snapshot, own):
        waits, reads = (one.clause(own) for one in held)
        return f"{snapshot.who(held[0])} {waits}, while another {reads}", HELD
    return None


# --- all of the request has been read -------------------------------------------------------------


def _all_read(seen: Silence) -> _Explanation:
    snapshot = seen.snapshot
    sent = f"the whole {seen.hints.noun}" if seen.whole else "everything that was sent"
    sent = "all of them" if seen.at_once[0] else sent
    one = snapshot.culprit if seen.hints.one_socket else snapshot.on(seen.connection)
    if one is not None and one.receives:
        hint = seen.hints.waits_for_more if seen.whole else NOTHING_MORE_COMES
        return f"your server read {sent} and waits for more", _doing(snapshot, one, seen), hint
    if stopped := snapshot.stopped():
        return stopped, "", STOPPED
    if snapshot.raised:
        return _raised(seen, "your server"), "", seen.hints.raised
    if everyone := snapshot.all_accept:
        sent = f"the {seen.hints.noun}" if seen.whole and not seen.at_once[0] else sent
        what = f"your server read {sent}, then stopped handling this connection"
        return what, _doing(snapshot, everyone, seen), NOTHING_SENT
    one = one or blamed(snapshot, seen.connection) or _locked(seen)
    if one is None:
        rest = "all its threads are blocked" if seen.hopeless else "sent nothing"
        stuck = several_locked(snapshot) if seen.hopeless else ()
        hint = DEADLOCK if stuck else seen.hints.something
        return f"your server read {sent}, but {rest}", stuck_at(stuck), hint
    hint = _hint(one, seen.hints)
    hint = NOBODY_READS if one == sending_elsewhere(snapshot, seen.connection) else hint
    return f"your server read {sent}", _doing(snapshot, one, seen), hint


def _locked(seen: Silence) -> Activity | None:
    return only_locked(seen.snapshot, seen.connection) if seen.hopeless else None


def _doing(snapshot: Snapshot, one: Activity, seen: Silence) -> str:
    """What the thread does that is to blame, as a clause."""
    event_loop = one.loop and not one.computes
    subject = "its event loop" if event_loop else snapshot.who(one)
    used = f" ({snapshot.used_s:.1f} s of processor time)" if one.computes else ""
    return f"{subject} {one.clause(seen.connection)}{used}"


def _blamed(seen: Silence) -> str:
    """What the thread does that waits on this connection, as a clause."""
    one = blamed(seen.snapshot, seen.connection)
    return _doing(seen.snapshot, one, seen) if one else ""


def _raised(seen: Silence, who: str = "it") -> str:
    is_open = "" if seen.hints.one_socket else ", and the connection is still open"
    return f"{who} raised {seen.snapshot.raised}{is_open}"


def _hint(one: Activity, hints: ProtocolHints) -> str:
    if one.computes:
        return (
            "Look for a loop that never ends, or one that does too much work. What should end it,"
            " and does that happen?"
        )
    if one.sleeps:
        return "Answer first: while a handler sleeps, its client waits."
    if one.locked:
        return DEADLOCK
    return hints.awaits if one.polls else hints.something


# --- a part of the answer has come ----------------------------------------------------------------


def _half_way(seen: Silence, half: HalfAnswer) -> Failure:
    how = (
        f"Timed out after {seen.budget_s:g} s, while the answer was still arriving"
        if seen.slow
        else "The answer is incomplete"
    )
    return Failure(
        Kind.INCOMPLETE,
        sentences(f"{how}: {half.said}", _meanwhile(seen)),
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
        return stopped
    if snapshot.raised:
        return f"your server raised {snapshot.raised}"
    one = blamed(snapshot, seen.connection)
    if one is None or one.place is None or one.loop:
        return ""
    return f"{snapshot.who(one)} {one.clause(seen.connection)}"
