"""The sentences on a program that runs and does not listen where it should. Pure."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.failure import Failure, Kind
from grader.diagnosis.lines import lined, retellable
from grader.diagnosis.places import blocked_at
from grader.diagnosis.snapshot import KEYBOARD, NOTHING_SEEN, Activity, Snapshot
from grader.text.sentence import sentences
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LISTED: Final = 8
_TCP_CALLS: Final = "Call socket, bind and listen before you call accept."
_UDP_CALLS: Final = "Call socket with SOCK_DGRAM, then bind, then recvfrom."


class Start(Value, frozen=True):
    """What was seen when waiting for a program to listen came to an end.

    port: where it should. listeners: (address, port) of those that it has, none of them right.
    taken: whether another program listens on the port. waited_s: `None` when it was clear at once
    that waiting is in vain. udp: the port is one of UDP. other_transport: its socket on the port
    is one of TCP where it should be UDP, or the other way round. awaits_keyboard: its event loop
    waits for something to be typed.
    """

    port: int
    listeners: Sequence[tuple[str, int]]
    taken: bool
    waited_s: float | None
    snapshot: Snapshot = NOTHING_SEEN
    udp: bool = False
    other_transport: bool = False
    awaits_keyboard: bool = False

    @property
    def socket(self) -> str:
        """What it lacks, without an article."""
        return "UDP socket" if self.udp else "listening socket"

    @property
    def named_port(self) -> str:
        return f"UDP port {self.port}" if self.udp else f"port {self.port}"


def explain_start(seen: Start) -> Failure:
    """The failure for a program that does not come to listen."""
    if seen.awaits_keyboard:
        seen = replace(seen, snapshot=_reading(seen.snapshot))
    reads = _reader(seen.snapshot) is not None

    def lined_up(snapshot: Snapshot) -> Start:
        return replace(seen, snapshot=_reading(snapshot) if reads else snapshot)

    return retellable(
        _explained(seen),
        lambda lines: _explained(lined_up(lined(seen.snapshot, lines))),
    )


def _reader(snapshot: Snapshot) -> Activity | None:
    return next((one for one in snapshot.activities if one.call == KEYBOARD), None)


def _reading(snapshot: Snapshot) -> Snapshot:
    """The lines that a program says of itself need not say what it waits for; that was seen."""
    one = snapshot.culprit or snapshot.main
    if one is None or _reader(snapshot) is not None:
        return snapshot
    own = (
        dataclasses.replace(it, call=KEYBOARD) if it == one else it for it in snapshot.activities
    )
    return replace(snapshot, activities=tuple(own))


def _explained(seen: Start) -> Failure:
    expected = f"a {seen.socket} on port {seen.port} of 127.0.0.1, 0.0.0.0, ::1 or ::"
    if seen.other_transport:
        return _of_the_other_kind(seen, expected)
    if seen.listeners:
        return _elsewhere(seen, expected)
    if stopped := seen.snapshot.stopped("it"):
        return Failure(
            Kind.START,
            f"Your program does not listen on {seen.named_port}: {stopped}.",
            expected=expected,
            actual=seen.snapshot.evidence(None, f"no {seen.socket}"),
            hint="Find what stops it: a stopped process does nothing until SIGCONT.",
            at=blocked_at(seen.snapshot, *seen.snapshot.activities[:1]),
        )
    return Failure(
        Kind.START,
        sentences(
            f"your program runs but does not listen on {seen.named_port}{_how_long(seen)}",
            _doing(seen.snapshot),
        ),
        expected=expected,
        actual=seen.snapshot.evidence(None, f"no {seen.socket}"),
        hint=_hint(seen),
        at=blocked_at(seen.snapshot, seen.snapshot.culprit, seen.snapshot.main),
    )


def _hint(seen: Start) -> str:
    if _reader(seen.snapshot) is not None:
        return (
            "A server has no keyboard: leave out what reads from stdin (input, scanf, Scanner,"
            f" process.stdin). The port is always {seen.port}."
        )
    return _UDP_CALLS if seen.udp else _TCP_CALLS


def _of_the_other_kind(seen: Start, expected: str) -> Failure:
    """It has the port, with a socket of the other transport."""
    wanted, kind, has, wrong = (
        ("UDP", "SOCK_DGRAM", "TCP", "SOCK_STREAM")
        if seen.udp
        else ("TCP", "SOCK_STREAM", "UDP", "SOCK_DGRAM")
    )
    calls = _UDP_CALLS if seen.udp else _TCP_CALLS
    return Failure(
        Kind.START,
        f"Your program is bound to port {seen.port} over {has}; the clients come over {wanted}.",
        expected=expected,
        actual=f"a {has} socket on port {seen.port}",
        hint=f"Create the socket with {kind}, not {wrong}. {calls}",
    )


def _elsewhere(seen: Start, expected: str) -> Failure:
    """It listens, but on an address or a port where no client comes."""
    if addresses := [address for address, port in seen.listeners if port == seen.port]:
        return Failure(
            Kind.START,
            f"Your program listens on {seen.named_port} of {addresses[0]}, which a client on"
            " localhost cannot reach.",
            expected=expected,
            actual=f"a {seen.socket} on {addresses[0]} port {seen.port}",
            hint="Bind to 127.0.0.1 (this machine only) or 0.0.0.0 (every address).",
        )
    ports = _listed(sorted({str(port) for _, port in seen.listeners}))
    return Failure(
        Kind.START,
        f"Your program listens on port {ports}, not on {seen.named_port}.",
        expected=expected,
        actual=f"a {seen.socket} on port {ports}",
        hint=f"Bind to port {seen.port}: the port is part of the task.",
    )


def _listed(ports: Sequence[str]) -> str:
    more = len(ports) - _MOST_LISTED
    return ", ".join(ports[:_MOST_LISTED]) + (f" and {more} more" if more > 0 else "")


def _how_long(seen: Start) -> str:
    if seen.taken:
        return ": another program does"
    return "" if seen.waited_s is None else f" after {seen.waited_s:g} s"


def _doing(snapshot: Snapshot) -> str:
    culprit = _reader(snapshot) or snapshot.culprit or snapshot.main
    return (
        f"it {culprit.clause()}" if culprit and culprit.what and _is_worth_saying(culprit) else ""
    )


def _is_worth_saying(culprit: Activity) -> bool:
    return bool(culprit.place and not culprit.loop) or culprit.call == KEYBOARD
