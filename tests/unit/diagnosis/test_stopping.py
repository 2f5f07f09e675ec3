"""What is said of a server that holds on to a connection, or goes on when it is asked to stop."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure, Kind
from grader.diagnosis import (
    NOTHING_SEEN,
    Activity,
    Lines,
    Snapshot,
    SourceLine,
    ThreadLine,
    explain_dropped_request,
    explain_held,
    explain_running,
)

READS = Activity("recvfrom", None, 2, thread=(7, 8))
JOINS = Activity("futex", None, main=True, thread=(7, 7))
LINE = SourceLine("server.py", 33, "data = client.recv(4096)")


def test_who_holds_a_connection_is_named_with_its_line() -> None:
    failure = explain_held("although it is idle", 3.0, 2, Snapshot((JOINS, READS), 2), None)
    assert failure.summary == (
        "The connection stays open although it is idle. One of its threads is blocked in recv() on"
        " this connection."
    )
    assert (failure.kind, failure.connection) == (Kind.CONNECTION, 2)
    assert failure.retell is not None
    told: Failure = failure.retell(Lines({(7, 8): ThreadLine(LINE)}))
    assert told.summary.endswith("on this connection at server.py:33.")
    assert told.at == ("server.py", 33)


def test_what_is_ignored_says_more_than_where_a_thread_waits() -> None:
    note = "your program ignores SIGTERM"
    held = explain_held("after SIGTERM", 3.0, 2, Snapshot((READS,), 1), None, note=note)
    runs = explain_running("SIGTERM", 5.0, Snapshot((READS,), 1), None, note)
    assert held.summary == "The connection stays open after SIGTERM. Your program ignores SIGTERM."
    assert runs.summary == (
        "Your program does not end after SIGTERM, although its clients have left. Your program"
        " ignores SIGTERM."
    )


def test_nothing_is_said_of_what_was_not_seen() -> None:
    failure = explain_running("SIGINT", 5.0, NOTHING_SEEN, "Return from main.")
    assert failure.summary == (
        "Your program does not end after SIGINT, although its clients have left."
    )
    assert failure.actual == "it still runs"


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ("Your program was killed by SIGTERM", "Your program was killed by SIGTERM, before it"),
        ("Your server closed the connection", "Your server closed the connection after SIGTERM,"),
    ],
)
def test_a_dropped_request_names_the_signal_once(how: str, says: str) -> None:
    failure = explain_dropped_request("SIGTERM", how, "end of connection")
    assert failure.summary.startswith(says)
    assert failure.summary.count("SIGTERM") == 1
