"""The sentences on a server that holds on to a connection, or goes on when it is asked to stop.
Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.diagnosis.lines import lined, retellable
from grader.diagnosis.places import blocked_at
from grader.text.sentence import sentences

if TYPE_CHECKING:
    from grader.check.failure import Hint
    from grader.diagnosis.snapshot import Activity, Snapshot


def explain_held(
    why: str,
    seconds: float,
    connection: int,
    snapshot: Snapshot,
    hint: Hint | None,
    *,
    note: str = "",
    by_hand: str | None = None,
) -> Failure:
    """The failure for a connection, by its number, that is open although so many seconds were
    enough. `why` ends the sentence "The connection stays open ...". note: a clause that says more;
    then what its thread does explains nothing. by_hand: as in `Failure`."""

    def told(seen: Snapshot) -> Failure:
        one = seen.on(connection)
        return Failure(
            Kind.CONNECTION,
            sentences(f"the connection stays open {why}", note or _clause(seen, one, connection)),
            expected="the end of the connection",
            actual=seen.evidence(connection, f"no end of connection within {seconds:g} s"),
            hint=hint,
            at=blocked_at(seen, one),
            connection=connection,
            by_hand=by_hand,
        )

    return retellable(told(snapshot), lambda lines: told(lined(snapshot, lines)))


def explain_running(
    asked: str, seconds: float, snapshot: Snapshot, hint: Hint | None, note: str = ""
) -> Failure:
    """The failure for a program that runs on although it was asked to stop by this signal. note: as
    above."""

    def told(seen: Snapshot) -> Failure:
        one = seen.culprit
        return Failure(
            Kind.EXIT,
            sentences(
                f"your program does not end after {asked}, although its clients have left",
                note or _clause(seen, one, None),
            ),
            expected=f"the end of the program within {seconds:g} s",
            actual=seen.evidence(None, "it still runs"),
            hint=hint,
            at=blocked_at(seen, one),
        )

    return retellable(told(snapshot), lambda lines: told(lined(snapshot, lines)))


def explain_dropped_request(asked: str, how: str, actual: str) -> Failure:
    """The failure for a request that was under way, and that a program has dropped at this signal.
    `how` begins the sentence: what the program did."""
    after = "" if asked in how else f" after {asked}"
    return Failure(
        Kind.CLOSED,
        f"{how}{after}, before it had answered the request that was under way.",
        expected="the answer to the request that was under way",
        actual=actual,
    )


def _clause(seen: Snapshot, one: Activity | None, connection: int | None) -> str:
    return f"{seen.who(one)} {one.clause(connection)}" if one is not None and one.what else ""
