"""What is said of the check's other connections where one was closed without an answer."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.diagnosis import tell_of_others


def _told(*events: tuple[int, Direction]) -> str:
    failure = Failure(Kind.CLOSED, "Your server closed the connection without an answer.")
    entries = [Entry(number, direction, 0.0, b"x") for number, direction in events]
    tell_of_others(failure, entries, 1)
    return failure.summary


OPENED, SENT, RECEIVED = Direction.OPENED, Direction.SENT, Direction.RECEIVED
PLAIN = "Your server closed the connection without an answer."
LATER = "Your server closed connection 1 without an answer, after it had answered connection 2."
FULL = "Your server closed the connection without an answer while 8 other clients were connected."
ANSWERED = [(2, OPENED), (2, SENT), (2, RECEIVED)]
NINE = [(number, OPENED) for number in range(1, 10)]


@pytest.mark.parametrize(
    ("events", "sentence"),
    [
        ([(1, OPENED), (1, SENT)], PLAIN),
        ([(1, OPENED), *ANSWERED, (1, SENT)], LATER),
        ([*ANSWERED, (1, OPENED), (1, SENT)], PLAIN),
        ([(1, OPENED), (1, SENT), *ANSWERED], PLAIN),
        ([*NINE, (1, SENT)], FULL),
        ([*NINE, (9, Direction.CLOSED), (1, SENT)], PLAIN),
    ],
)
def test_other_connections_are_told(events: list[tuple[int, Direction]], sentence: str) -> None:
    assert _told(*events) == sentence
