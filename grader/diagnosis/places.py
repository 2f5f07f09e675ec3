"""Where in the submission a failure comes from, for who does not read sentences: a file and a line.
Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.diagnosis.pool import held_lock, readers_elsewhere, sending_elsewhere, several_locked

if TYPE_CHECKING:
    from grader.check.failure import SourcePlace
    from grader.diagnosis.snapshot import Activity, Snapshot
    from grader.diagnosis.source_line import Raised, SourceLine


def raised_at(raised: Raised | None) -> SourcePlace | None:
    """The innermost line of the submission through which it raised."""
    return _place(raised.place) if raised else None


def blocked_at(snapshot: Snapshot, *ones: Activity | None) -> SourcePlace | None:
    """Where the program raised, or else where the first of these that is known blocks. Whoever runs
    an event loop is not to blame for what it waits in."""
    one = next((one for one in ones if one is not None), None)
    blocked = _place(one.place) if one is not None and not one.loop else None
    return raised_at(snapshot.raised) or blocked


def suspects(snapshot: Snapshot, connection: int) -> tuple[Activity | None, ...]:
    """What may keep the answer on this connection from coming, the likeliest first."""
    elsewhere = readers_elsewhere(snapshot) or held_lock(snapshot, connection) or ()
    sending = sending_elsewhere(snapshot, connection)
    known = (snapshot.on(connection), snapshot.all_accept, sending, snapshot.culprit)
    return *known, *elsewhere[:1], *several_locked(snapshot)[:1]


def only_locked(snapshot: Snapshot, connection: int) -> Activity | None:
    """The one thread that waits for a lock or another thread, where all others wait for clients of
    the check, and none of them for this one's."""
    if snapshot.on(connection) or snapshot.culprit or len(snapshot.activities) != snapshot.threads:
        return None
    inner = [one for one in snapshot.activities if not one.accepts]
    others = [one for one in inner if not (one.receives and one.connection is not None)]
    return others[0] if len(others) == 1 and others[0].locked and others[0].place else None


def _place(line: SourceLine | None) -> SourcePlace | None:
    return (line.path, line.line) if line else None
