"""What a look at a running program showed: what each thread does, at which line, and what it
raised. Pure.

How it works. `program.take_snapshot` looks; here are the values that it fills, and the clauses that
are made of them. An `Activity` is one thread: the system call it sleeps in, the connection of the
check that the call is about, and the innermost line of the submission. `what`, `clause` and
`evidence` say it, shorter and longer.

Why so. A wrong accusation is worse than none. So `culprit` names a thread only where it is the one
that can be to blame: threads that wait for a new connection are not, nor is a line that only runs
an event loop. Where two could be, none is named, and the evidence lists all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from grader.diagnosis.source_line import Raised, SourceLine, shown
from grader.text.sentence import listed
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUGGER: Final = "a debugger"
"""What stops a thread that is traced, in place of a signal."""

KEYBOARD: Final = "the keyboard"
"""What a thread waits for that reads from its terminal, in place of a call."""

_MOST_SHOWN: Final = 4

_ACCEPT: Final = frozenset(["accept", "accept4"])
_RECEIVE: Final = frozenset(["recvfrom", "recvmsg", "read", "readv"])
_SEND: Final = frozenset(["sendto", "sendmsg", "write", "writev"])
_SLEEP: Final = frozenset(["nanosleep", "clock_nanosleep"])
_MANY: Final = frozenset(
    ["poll", "ppoll", "select", "pselect6", "epoll_wait", "epoll_pwait", "epoll_pwait2"]
)
_LIMITED: Final = frozenset(["poll", "ppoll"])
_ON_ONE_SOCKET: Final = re.compile(
    r"\.(?:(accept)|(recv(?:from|msg|_into)?|read(?:line|into)?)|(send(?:all|to|msg)?))\("
)
_WAITED_FOR: Final = ("accept", "recvfrom", "send")
_WAITS: Final = {
    "futex": "is blocked on a lock or another thread",
    "wait4": "waits for a child process",
    "waitid": "waits for a child process",
    KEYBOARD: "waits for input from the keyboard (stdin)",
}


@dataclass(frozen=True, slots=True)
class Activity:
    """What one thread does.

    call: the system call that it sleeps in; empty when it runs, or when that could not be seen.
    computes: it ran in every look. connection: of the check's, by its number, that the call is
    about; `None` when it is about another, or about none. place: the innermost line of the
    submission. loop: it is inside an event loop, so the place only says who runs that. main: it is
    the program's first thread. stopped: what stopped it; empty when it is not stopped. thread: its
    process, and its number as the program itself sees it.
    """

    call: str = ""
    place: SourceLine | None = None
    connection: int | None = None
    computes: bool = False
    loop: bool = False
    main: bool = False
    stopped: str = ""
    thread: tuple[int, int] = field(default=(0, 0), compare=False)

    @property
    def accepts(self) -> bool:
        return self.waits_in in _ACCEPT

    @property
    def receives(self) -> bool:
        return self.waits_in in _RECEIVE

    @property
    def sends(self) -> bool:
        return self.waits_in in _SEND or self.waits_in == "send"

    @property
    def sleeps(self) -> bool:
        return self.call in _SLEEP

    @property
    def locked(self) -> bool:
        return self.call == "futex"

    @property
    def polls(self) -> bool:
        return self.waits_in in _MANY

    @property
    def waits_in(self) -> str:
        """The call, as its line says it: with a time limit, Python's `recv` waits in poll(2)."""
        if self.call not in _LIMITED or self.place is None:
            return self.call
        found = {match.lastindex for match in _ON_ONE_SOCKET.finditer(self.place.text)}
        only = found.pop() if len(found) == 1 else None
        return _WAITED_FOR[only - 1] if only else self.call

    @property
    def what(self) -> str:
        """What follows the subject of a sentence: "is blocked in recv()". Empty when not known."""
        if self.stopped:
            return f"is stopped by {self.stopped}"
        if self.computes:
            return "is busy"
        if self.sleeps:
            return "sleeps"
        if self.call in _WAITS:
            return _WAITS[self.call]
        how = "waits" if self.loop else "is blocked"
        return f"{how} in {_spoken(self.waits_in, self.connection)}()" if self.call else ""

    def clause(self, own: int | None = None) -> str:
        """As `what`, with the connection and the line. own: the number of the connection that the
        sentence is on."""
        on = ""
        if self.connection is not None:
            this = self.connection == own
            on = " on this connection" if this else f" on connection {self.connection}"
        return f"{self.what}{on}{self.at}"

    @property
    def at(self) -> str:
        """Where, as the end of a sentence. A thread that computes is at its line, or below."""
        if self.place is None or self.loop:
            return ""
        inside = (
            f" in {shown(self.place.function)}()" if self.computes and self.place.function else ""
        )
        return f"{inside} at {self.place}"


def _spoken(call: str, connection: int | None) -> str:
    """A system call by the name that programs use: read(2) of a connection is recv."""
    if call in ("recvfrom", "recvmsg") or (connection is not None and call in _RECEIVE):
        return "recv"
    if call in _ACCEPT:
        return "accept"
    if call in _MANY:
        return {"ppoll": "poll", "pselect6": "select"}.get(
            call, "epoll_wait" if "_" in call else call
        )
    return "send" if call in _SEND and connection is not None else call


class Snapshot(Value, frozen=True):
    """What was seen of a program.

    activities: of its threads, as far as they are known. threads: how many there are; 0 when
    nothing was seen. used_s: processor time since it was launched. raised: what it said meanwhile.
    unseen: how many of the threads were not looked at, because there are too many.
    """

    activities: tuple[Activity, ...] = ()
    threads: int = 0
    used_s: float = 0.0
    raised: Raised | None = None
    unseen: int = 0

    def who(self, one: Activity) -> str:
        """The thread that does this: the only one there is, the first, or one of several."""
        if self.threads == 1:
            return "its only thread"
        return (
            "its main thread"
            if any(it.main and it == replace(one, main=True) for it in self.activities)
            else "one of its threads"
        )

    def stopped(self, who: str = "your server") -> str:
        """The clause that says so, when all of it (`who`) or one of several processes is stopped;
        else empty."""
        stopped = [one for one in self.activities if one.stopped]
        if not stopped:
            return ""
        who = who if len(stopped) == len(self.activities) else "one of its processes"
        at = stopped[0].at if len({one.place for one in stopped}) == 1 else ""
        if any(one.stopped == DEBUGGER for one in stopped):
            return f"{who} is stopped by a debugger{at}"
        return (
            f"{who} stopped itself ({' and '.join(sorted({one.stopped for one in stopped}))}){at}"
        )

    @property
    def told(self) -> tuple[Activity, ...]:
        """Each thing that threads do, once: lines of the submission, in their order."""
        placed = {
            replace(one, main=False): one.place for one in self.activities if one.place and one.what
        }
        return tuple(sorted(placed, key=_order))

    def on(self, connection: int) -> Activity | None:
        """What the thread does that is in a call on this connection."""
        return next((one for one in self.activities if one.connection == connection), None)

    def receiving_elsewhere(self, connection: int) -> Activity | None:
        """The program's first thread, when it waits for input on another connection."""
        others = [
            one
            for one in self.activities
            if one.receives and one.connection not in (None, connection)
        ]
        return next((one for one in others if one.main), None) or (
            others[0] if self.threads == 1 and others else None
        )

    @property
    def culprit(self) -> Activity | None:
        """The one thing that keeps the program from going on, when there is only one: threads that
        wait for a new connection are not to blame."""
        if self.threads == 1 and self.activities:
            return self.activities[0] if self.activities[0].what else None
        computing = [one for one in self.activities if one.computes]
        if computing:
            return (
                computing[0]
                if len({one.place for one in computing}) == 1
                else replace(computing[0], place=None)
            )
        loops = [one for one in self.told if one.loop]
        busy = [one for one in self.told if not one.accepts and not one.loop] or loops
        if not self.told and self.main and self.main.polls:  # a program whose lines cannot be seen
            return self.main
        return busy[0] if len(busy) == 1 else None

    @property
    def all_accept(self) -> Activity | None:
        """The first thread, when it and every other wait for a new connection."""
        everyone = bool(self.activities) and len(self.activities) == self.threads
        return (
            self.activities[0] if everyone and all(one.accepts for one in self.activities) else None
        )

    @property
    def main(self) -> Activity | None:
        """What the program's first thread does."""
        return next((one for one in self.activities if one.main), None)

    def evidence(self, own: int | None, first: str = "no answer") -> str:
        """Lines of prose: what came, and what each thread does, with its line of source."""
        lines = (
            [place.under(f"exception at {place}")]
            if self.raised and (place := self.raised.place)
            else []
        )
        alike: dict[tuple[str, SourceLine | None, bool], list[Activity]] = {}
        for one in self.told:
            alike.setdefault((one.what, one.place, one.connection is None), []).append(one)
        lines += [self._together(group, own) for group in list(alike.values())[:_MOST_SHOWN]]
        lines += [
            f"the grader looked at {self.threads - self.unseen} of its {self.threads} threads"
        ] * bool(self.unseen)
        return "\n".join([first, *lines])

    def _together(self, group: list[Activity], own: int | None) -> str:
        """What one thread does, or several at one line, each on another connection."""
        one = group[0]
        if len(group) == 1 or one.place is None or one.connection is None:
            return f"{self.who(one)} {_evidence(one, own)}"
        return one.place.under(together(group))


def together(group: Sequence[Activity]) -> str:
    """What several threads do: "2 of its threads are blocked in recv() on connections 1 and 2"."""
    one, numbers = group[0], sorted(it.connection or 0 for it in group)
    how = one.what.replace("is", "are", 1)
    return f"{len(group)} of its threads {how} on connections {listed(numbers)}{one.at}"


def _evidence(one: Activity, own: int | None) -> str:
    if one.loop:
        return f"runs an event loop, which {one.what}"
    said = one.clause(own)
    return one.place.under(said) if one.place else said


def _order(one: Activity) -> tuple[str, int, str, int]:
    place = one.place or SourceLine("", 0)
    return place.path, place.line, one.call, one.connection or 0


NOTHING_SEEN: Final = Snapshot()
