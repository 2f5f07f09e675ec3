"""Clients that stay with a server that computes for each that has left, and whom that may harm."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

from grader.program.guests import MOST, Guests
from tests.unit.runs import Course, course, declared, verdicts
from tests.unit.tiny_servers import HEAD

if TYPE_CHECKING:
    from grader.http1.connection import Connection
    from grader.http1.session import Session

__all__ = ["course"]  # the fixture

ONE_BY_ONE = """
while True:
    client, _ = listener.accept()
    while head(client):
        answer(client)
    client.close()
"""
SPINS = """
def handle(client):
    while head(client):
        answer(client)
    while True:
        pass

while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
"""
THREE_AT_A_TIME = """
def work():
    while True:
        client, _ = listener.accept()
        while head(client):
            answer(client)
        client.close()

for _ in range(2): threading.Thread(target=work, daemon=True).start()
work()
"""


def asked(session: Session) -> Connection:
    """A client that was answered, and is still there."""
    connection = session.connect()
    connection.ask(session.build("GET", "/"))
    connection.read()
    return connection


def knows_that_it_spins(session: Session) -> None:
    connection = asked(session)
    connection.attempt.habits.spins = True
    connection.close()


def test_a_server_that_spins_after_a_client_is_started_anew(course: Course) -> None:
    course.program.write_text(HEAD + SPINS)
    pids: list[int] = []

    def leaves(session: Session) -> None:
        pids.append(session.server.program.pid)
        connection = asked(session)
        connection.attempt.habits.did_not_rest = len(pids) == 1
        connection.close()

    assert verdicts(course.stage(*(declared(leaves, name) for name in "abc"))) == ["passed"] * 3
    assert len(set(pids)) == 3


def test_a_client_stays_with_a_server_that_is_known_to_spin(course: Course) -> None:
    """Until it has ended: no thread computes for it meanwhile, and the next check meets it, too."""
    course.program.write_text(HEAD + SPINS)
    stayed: list[bool] = []
    pids: list[int] = []
    guests: list[int] = []

    def leaves(session: Session) -> None:
        pids.append(session.server.program.pid)
        guests.append(session.server.guests.count)
        session.leave(connection := asked(session))
        stayed.append(connection.fileno() >= 0)
        connection.attempt.habits.did_not_rest = len(pids) == 1

    checks = [declared(leaves, f"check_{number}") for number in range(10)]
    assert verdicts(course.stage(*checks)) == ["passed"] * 10
    assert stayed == [False] + [True] * 9
    assert guests == [0, *range(9)]
    assert len(set(pids)) == 2, "one that was seen, and one whose clients stay"


def test_who_waits_for_each_client_to_leave_is_not_failed_for_one_that_stays(
    course: Course,
) -> None:
    """The habit may be wrong: what counts is a try in which the clients leave."""

    def come_and_leave(session: Session) -> None:
        for _ in range(2):
            assert session.get("/").status == 200

    course.program.write_text(HEAD + ONE_BY_ONE)
    done = course.stage(declared(knows_that_it_spins), declared(come_and_leave))
    assert verdicts(done) == ["passed"] * 2


def test_no_more_stay_than_are_served_at_a_time(course: Course) -> None:
    """What a first try has found out holds for all that follow."""
    stay: list[tuple[int, int, int]] = []

    def come_and_leave(session: Session) -> None:
        for _ in range(5):
            assert session.get("/").status == 200
        habits = session.connect().attempt.habits
        guests = session.server.guests.count
        stay.append((guests, habits.served_beside, habits.most_beside))

    course.program.write_text(HEAD + THREE_AT_A_TIME)
    checks = [declared(come_and_leave, f"check_{number}") for number in range(3)]
    done = course.stage(declared(knows_that_it_spins), *checks)
    assert verdicts(done) == ["passed"] * 4
    assert stay == [(2, 2, 200), (2, 2, 2), (2, 2, 2)]


def test_who_stays_is_there_for_the_server_until_it_leaves() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.setblocking(False)
        guests = Guests()
        guests.keep(ours)
        ours.close()
        assert guests.count == 1
        guests.leave()
        assert (theirs.recv(1), guests.count) == (b"", 0)


def test_who_comes_when_all_have_left_does_not_stay() -> None:
    ours, theirs = socket.socketpair()
    with theirs:
        guests = Guests()
        guests.leave()
        guests.keep(ours)
        ours.close()
        assert (theirs.recv(1), guests.count) == (b"", 0)


def test_a_server_that_talks_to_who_stays_does_not_get_more_of_them() -> None:
    """It counts for nothing, and takes a descriptor of ours all the same."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"more")
        guests = Guests()
        assert [guests.keep(ours) for _ in range(MOST + 1)] == [True] * MOST + [False]
        assert guests.count == 0
        guests.leave()


def test_who_was_sent_away_does_not_count() -> None:
    ours, theirs = socket.socketpair()
    guests = Guests()
    guests.keep(ours)
    theirs.close()
    assert guests.count == 0
    guests.leave()
    ours.close()
