"""Which thread is named as the one that keeps an answer back, and that none is when it is not
certain."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from grader.check.failure import Failure, Kind
from grader.diagnosis import (
    KEYBOARD,
    Activity,
    Lines,
    Raised,
    Silence,
    Snapshot,
    SourceLine,
    Start,
    explain_silence,
    explain_start,
    explain_stopped,
)
from grader.diagnosis.snapshot import DEBUGGER
from grader.http1.silence import hints_for

HINTS = hints_for(b"")

HERE = SourceLine("my_server.py", 14, "handle", "    data = client.recv(1024)")
THERE = SourceLine("my_server.py", 20, "", "listener.accept()")
ACCEPTS = Activity("accept4", THERE, main=True)
RECEIVES = Activity("recvfrom", HERE, connection=1)


def summary(
    snapshot: Snapshot, *, unread: int = 0, accepted: bool = True, hopeless: bool = True
) -> str:
    seen = Silence(
        HINTS, None, 0, b"", 5.0, unread, accepted, hopeless, connection=2, snapshot=snapshot
    )
    failure = explain_silence(seen)
    assert said_place(failure) in (None, failure.at)
    return failure.summary


def said_place(failure: Failure) -> tuple[str, int] | None:
    """The line that the sentence names."""
    found = re.search(r" at (\S+):(\d+)", failure.summary)
    return (found[1], int(found[2])) if found else None


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (Snapshot(), "your server read the whole request, but all its threads are blocked."),
        (Snapshot((ACCEPTS,), 1),
         "your server read the request, then stopped handling this connection. Its only thread is"
         " blocked in accept() at my_server.py:20."),
        (Snapshot((ACCEPTS, Activity("futex", HERE)), 2),
         "your server read the whole request. One of its threads is blocked on a lock or another"
         " thread at my_server.py:14."),
        (Snapshot((ACCEPTS, Activity("recvfrom", HERE, 2)), 2),
         "your server read the whole request and waits for more. One of its threads is blocked in"
         " recv() on this connection at my_server.py:14."),
        (Snapshot((Activity("epoll_wait", HERE, loop=True, main=True),), 1),
         "your server read the whole request. Its event loop waits in epoll_wait()."),
        (Snapshot((Activity("pselect6", HERE, main=True),), 1),
         "your server read the whole request. Its only thread is blocked in select() at"
         " my_server.py:14."),
        (Snapshot((Activity("wait4", HERE, main=True),), 1),
         "your server read the whole request. Its only thread waits for a child process at"
         " my_server.py:14."),
        (Snapshot((Activity("clock_nanosleep", HERE),), 1),
         "your server read the whole request. Its only thread sleeps at my_server.py:14."),
        (Snapshot((Activity("", HERE, computes=True),), 1, 4.9),
         "your server read the whole request. Its only thread is busy in handle() at"
         " my_server.py:14 (4.9 s of processor time)."),
        (Snapshot((ACCEPTS,), 1, raised=Raised("KeyError: 1", HERE)),
         "your server raised KeyError at my_server.py:14 (1), and the connection is still open."),
        (Snapshot((ACCEPTS, Activity("futex", HERE), Activity("recvfrom", THERE, 1)), 3),
         "your server read the whole request. One of its threads is blocked on a lock or another"
         " thread at my_server.py:14."),
        (Snapshot((ACCEPTS, Activity("futex", HERE), Activity("futex", THERE)), 3),
         "your server read the whole request, but all its threads are blocked. 2 of its threads"
         " are blocked on locks or other threads at my_server.py:14 and my_server.py:20."),
        (Snapshot((ACCEPTS, Activity("futex", HERE), Activity("recvfrom", THERE)), 3),
         "your server read the whole request, but all its threads are blocked."),
        (Snapshot((ACCEPTS, Activity("futex", HERE), Activity("sendto", THERE, 1)), 3),
         "your server read the whole request. One of its threads is blocked in send() on connection"
         " 1 at my_server.py:20."),
        (Snapshot((ACCEPTS, Activity("futex", HERE), Activity("sendto", THERE)), 3),
         "your server read the whole request, but all its threads are blocked."),
        (Snapshot((Activity("sendto", HERE, 1), Activity("", THERE, computes=True)), 2, 1.0),
         "your server read the whole request. One of its threads is busy at my_server.py:20 (1.0 s"
         " of processor time)."),
    ],
)  # fmt: skip
def test_all_was_read(snapshot: Snapshot, sentence: str) -> None:
    assert summary(snapshot) == f"No answer: {sentence}"


@pytest.mark.parametrize(
    ("snapshot", "sentence"),
    [
        (Snapshot(), ""),
        (Snapshot((ACCEPTS,), 1), " Its only thread is blocked in accept() at my_server.py:20."),
        (Snapshot((ACCEPTS, RECEIVES, Activity("recvfrom", HERE, 3)), 3),
         " 2 of its threads are blocked in recv() on connections 1 and 3 at my_server.py:14."),
        (Snapshot(tuple(Activity("recvfrom", None, it) for it in (5, 3, 4)), 3),
         " 3 of its threads are blocked in recv() on connections 3 to 5."),
        (Snapshot((Activity("recvfrom", None, 3), Activity("recvfrom", None, 4)), 3), ""),
        (Snapshot((Activity("", HERE, computes=True),), 1, 4.9),
         " Its only thread is busy in handle() at my_server.py:14 (4.9 s of processor time)."),
        (Snapshot((ACCEPTS,), 1, raised=Raised("KeyError: 1", HERE)),
         " It raised KeyError at my_server.py:14 (1), and the connection is still open."),
        (Snapshot((Activity("epoll_wait", HERE, loop=True, main=True),), 1),
         " Its event loop waits in epoll_wait()."),
    ],
)  # fmt: skip
def test_not_all_was_read(snapshot: Snapshot, sentence: str) -> None:
    unread = "No answer: your server did not read all of the request (40 bytes are waiting)."
    assert summary(snapshot, unread=40) == unread + sentence


def test_a_connection_that_is_not_accepted() -> None:
    receives = Snapshot((Activity("recvfrom", HERE, 1, main=True),), 1)
    assert summary(receives, unread=40, accepted=False) == (
        "No answer: your server did not accept the connection. Its only thread is blocked in recv()"
        " on connection 1 at my_server.py:14."
    )


STOPPED = Activity("", HERE, main=True, stopped="SIGSTOP")


@pytest.mark.parametrize(
    ("snapshot", "clause"),
    [
        (Snapshot((STOPPED,), 1), "your server stopped itself (SIGSTOP) at my_server.py:14"),
        (
            Snapshot((STOPPED, replace(STOPPED, main=False)), 2),
            "your server stopped itself (SIGSTOP) at my_server.py:14",
        ),
        (
            Snapshot((STOPPED, replace(STOPPED, place=THERE)), 2),
            "your server stopped itself (SIGSTOP)",
        ),
        (
            Snapshot((STOPPED, ACCEPTS), 2),
            "one of its processes stopped itself (SIGSTOP) at my_server.py:14",
        ),
        (
            Snapshot((replace(STOPPED, stopped=DEBUGGER),), 1),
            "your server is stopped by a debugger at my_server.py:14",
        ),
        (
            Snapshot((replace(STOPPED, stopped="a signal"),), 1),
            "your server stopped itself (a signal) at my_server.py:14",
        ),
        (Snapshot((ACCEPTS,), 1), ""),
        (Snapshot(), ""),
    ],
)
def test_who_is_stopped_is_told_so(snapshot: Snapshot, clause: str) -> None:
    assert snapshot.stopped() == clause
    if clause:
        own = clause.replace("your server", "it")
        then = f"{own[0].upper()}{own[1:]}."
        assert summary(snapshot) == f"No answer: {clause}."
        assert summary(snapshot, unread=40).endswith(f" (40 bytes are waiting). {then}")
        assert summary(snapshot, accepted=False).endswith(f"did not accept the connection. {then}")
        start = Start(4221, (), False, None, snapshot)
        assert explain_start(start).summary.endswith(f" does not listen on port 4221: {own}.")


def test_requests_at_once_of_which_the_first_was_answered_are_counted() -> None:
    snapshot = Snapshot((ACCEPTS, Activity("recvfrom", HERE, 2)), 2)
    hints = hints_for(b"", at_once=True)
    seen = Silence(hints, None, 0, b"", 5.0, connection=2, at_once=(2, 3), snapshot=snapshot)

    failure = explain_silence(seen)
    assert failure.summary.startswith(
        "No answer within 5 s to 2 of the 3 requests that were sent at once: your server read all"
        " of them and waits for more. One of its threads is blocked in recv() on this connection"
    )
    assert failure.hint == hints.waits_for_more
    assert "empty line" not in hints.waits_for_more
    assert str(failure.actual).startswith("no answer to the rest\n")


def test_who_waits_for_more_is_told_that_first_whoever_else_is_stopped() -> None:
    snapshot = Snapshot((STOPPED, Activity("recvfrom", THERE, 2)), 2)
    assert summary(snapshot).endswith("in recv() on this connection at my_server.py:20.")


def test_a_failure_says_only_once_that_the_server_is_stopped() -> None:
    clause = Snapshot((STOPPED,), 1).stopped()
    failure = explain_stopped(
        Failure(Kind.CONNECTION, "The connection is still open.", hint="Close it."), clause
    )
    assert failure.summary == f"The connection is still open. Y{clause[1:]}."
    assert (failure.kind, failure.hint) == (Kind.CONNECTION, "Close it.")
    assert explain_stopped(failure, clause) is failure
    assert explain_stopped(failure, "") is failure


def test_what_was_sent_is_called_a_request_only_when_it_is_one() -> None:
    snapshot = Snapshot((ACCEPTS, Activity("recvfrom", HERE, 2)), 2)
    part = Silence(HINTS, None, 0, b"", 5.0, connection=2, whole=False, snapshot=snapshot)

    failure = explain_silence(part)
    assert "No answer within" in failure.summary
    assert "read everything that was sent and waits for more. One of" in failure.summary
    assert "sends nothing more" in str(failure.hint)


@pytest.mark.parametrize(
    ("count", "words"),
    [(2, "1 and 2 at"), (4, "1 to 4 at"), (5, "1 to 5 at")],
)
def test_threads_that_do_the_same_are_told_together(count: int, words: str) -> None:
    waiting = (Activity("recvfrom", HERE, number) for number in range(1, count + 1))
    told = Snapshot((ACCEPTS, *waiting), count + 1).evidence(9).splitlines()

    assert (
        told[1]
        == f"{count} of its threads are blocked in recv() on connections {words} my_server.py:14"
    )
    assert told[2:] == [
        "    data = client.recv(1024)",
        "its main thread is blocked in accept() at my_server.py:20",
        "    listener.accept()",
    ]


def test_whoever_accepts_is_not_blamed_for_a_connection_in_the_queue() -> None:
    assert "accept()" not in summary(Snapshot((ACCEPTS,), 1), accepted=False)


def test_words_of_a_submission_are_bounded_and_harmless() -> None:
    hostile = SourceLine("\x1b[2Jserver.py" + "x" * 5000, 1, "\x1b", "\x1b]0;evil\x07" + "y" * 5000)
    failure = explain_silence(
        Silence(
            HINTS,
            None,
            0,
            b"",
            5.0,
            snapshot=Snapshot((Activity("futex", hostile),), 1),
        )
    )
    text = failure.summary + str(failure.actual)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert len(text) < 900


def test_a_program_that_waits_for_the_keyboard() -> None:
    waiting = Activity(KEYBOARD, SourceLine("x.py", 2), main=True)
    failure = explain_start(Start(4221, (), False, None, Snapshot((waiting,), 1)))
    assert failure.summary.endswith("It waits for input from the keyboard (stdin) at x.py:2.")
    assert isinstance(failure.hint, str)
    assert failure.hint.startswith("A server has no keyboard: ")


def test_an_event_loop_that_waits_for_the_keyboard() -> None:
    snapshot = Snapshot((Activity("epoll_wait", main=True), Activity("futex")), 2)
    failure = explain_start(Start(4221, (), False, None, snapshot, awaits_keyboard=True))
    assert failure.summary.endswith("It waits for input from the keyboard (stdin).")
    assert "process.stdin" in str(failure.hint)


@pytest.mark.parametrize(
    ("udp", "has", "wanted", "right"),
    [(False, "UDP", "TCP", "SOCK_STREAM"), (True, "TCP", "UDP", "SOCK_DGRAM")],
)
def test_a_socket_of_the_other_transport_on_the_port(
    udp: bool, has: str, wanted: str, right: str
) -> None:
    failure = explain_start(Start(4221, (), False, None, udp=udp, other_transport=True))
    assert failure.summary == (
        f"Your program is bound to port 4221 over {has}; the clients come over {wanted}."
    )
    assert str(failure.hint).startswith(f"Create the socket with {right}, not ")


def test_the_lines_of_a_program_do_not_hide_what_it_reads() -> None:
    """A goroutine says where it is, and not in which call."""
    snapshot = Snapshot((Activity(KEYBOARD, main=True), Activity("futex")), 2)
    failure = explain_start(Start(4221, (), False, None, snapshot))
    assert failure.summary.endswith("It waits for input from the keyboard (stdin).")
    assert failure.retell is not None
    told = failure.retell(Lines({}, (Activity("futex", SourceLine("x.go", 3), main=True),)))
    assert told.summary.endswith("It waits for input from the keyboard (stdin) at x.go:3.")
