"""When a program ended, by what a check has sent and received."""

from __future__ import annotations

import pytest

from grader.check.transcript import Direction, Entry
from grader.diagnosis import BEFORE_CONNECTING, DURING, HANDLING, after_clients, when_it_ended


def sent(connection: int) -> Entry:
    return Entry(connection, Direction.SENT, 0.0, b"GET /")


def came(connection: int) -> Entry:
    return Entry(connection, Direction.RECEIVED, 0.0, b"HTTP/1.1 200 OK", by="server")


def closed(connection: int, by: str = "grader") -> Entry:
    return Entry(connection, Direction.CLOSED, 0.0, by=by)


def reset(connection: int, by: str = "grader") -> Entry:
    return Entry(connection, Direction.RESET, 0.0, by=by)


ONE = [sent(1), came(1), closed(1)]


@pytest.mark.parametrize("otherwise", [BEFORE_CONNECTING, DURING])
@pytest.mark.parametrize(
    ("entries", "when"),
    [
        ([], None),
        (ONE, "after its first answer"),
        ([sent(1), came(1), came(1), closed(1, "server")], "after its first answer"),
        ([*ONE, sent(2), came(2)], "after 2 answers"),
        ([sent(1), came(1), sent(1), came(1)], "after several answers"),
        ([closed(1)], "after its first client had left"),
        ([closed(1), closed(2)], "after 2 clients"),
        ([*ONE, reset(2)], "after the client reset connection 2"),
        ([reset(2), reset(3), reset(3)], "after the client reset 2 connections"),
        ([reset(1, "server")], None),
        ([sent(1), closed(1, "server")], "while handling this request"),
        ([*ONE, sent(2)], "while handling the request on connection 2"),
        ([sent(1), sent(2), came(2)], "after its first answer"),
    ],
)
def test_when_a_program_ended(entries: list[Entry], when: str | None, otherwise: str) -> None:
    assert when_it_ended(entries, otherwise) == (when or otherwise)


@pytest.mark.parametrize(
    ("entries", "unread", "when"),
    [
        ([sent(1)], False, HANDLING),
        ([sent(1)], True, HANDLING),
        ([*ONE, sent(2)], False, HANDLING),
        ([*ONE, sent(2)], True,
         "after its first answer, before it had read all of the next request"),
        ([reset(1), sent(2)], True, "after the client reset connection 1"),
    ],
)  # fmt: skip
def test_when_it_ended_in_place_of_an_answer(entries: list[Entry], unread: bool, when: str) -> None:
    assert when_it_ended(entries, HANDLING, unread=unread) == when


def test_after_how_many_clients() -> None:
    assert after_clients([sent(1), came(1)]) == ""
    assert after_clients([*ONE, closed(1)]) == "after its first client had left"
