"""Failures have one cause only when what was found and what was asked are alike."""

from __future__ import annotations

from typing import Any

import pytest

from grader.check.cause import LONGEST, cause_of
from grader.check.failure import Failure, Kind
from grader.check.random_inputs import RandomInputs
from grader.check.transcript import Direction, Entry

CREATED = b"HTTP/1.1 200 OK\r\n\r\n"


def exchange(sent: bytes, came: bytes = CREATED, connection: int = 1) -> tuple[Entry, ...]:
    return (
        Entry(connection, Direction.OPENED, 0.0),
        Entry(connection, Direction.SENT, 0.0, sent),
        Entry(connection, Direction.RECEIVED, 0.0, came, "server"),
    )


def word(
    sent: bytes = b"POST /files/kiwi HTTP/1.1\r\n",
    came: bytes = CREATED,
    drawn: tuple[str, ...] = (),
    **given: Any,  # noqa: ANN401
) -> str:
    failure = Failure(**{"kind": Kind.MISMATCH, "summary": "The status is 200.", **given})
    return cause_of(failure, exchange(sent, came), drawn)


def test_what_was_drawn_makes_no_other_cause() -> None:
    first = word(
        b"GET /a/kiwi HTTP/1.1\r\n", summary="No kiwi came.", expected="kiwi", drawn=("kiwi",)
    )
    assert first == word(
        b"GET /a/plum HTTP/1.1\r\n", summary="No plum came.", expected="plum", drawn=("plum",)
    )
    assert "kiwi" not in first


def test_the_longest_word_is_put_away_first() -> None:
    assert word(summary="plumkiwi", drawn=("plum", "plumkiwi")) == word(summary="*")


@pytest.mark.parametrize(
    "other",
    [
        {"kind": Kind.CLOSED},
        {"summary": "The status is 500."},
        {"expected": "status 201"},
        {"hint": "Store the body."},
        {"sent": b"PUT /files/kiwi HTTP/1.1\r\n"},
        {"sent": b"POST /echo/kiwi HTTP/1.1\r\n"},
        {"came": b"HTTP/1.1 404 Not Found\r\n\r\n"},
        {"cause": "status 200, not 201"},
        {"at": ("server.py", 8)},
    ],
)
def test_what_differs_in_earnest_is_another_cause(other: dict[str, Any]) -> None:
    assert word() != word(**other)


def test_bytes_that_were_compared_make_no_other_cause() -> None:
    assert word(expected=b"kiwi") == word(expected=b"plum")


@pytest.mark.parametrize(
    ("sent", "same"),
    [
        (b"POST /files/a/b HTTP/1.1\r\n", True),
        (b"POST /files/%41 HTTP/1.0\r\n", True),
        (b"POST /echo/a HTTP/1.1\r\n", False),
        (b"PUT /files/a HTTP/1.1\r\n", False),
    ],
)
def test_of_a_recognised_problem_the_beginning_of_what_was_sent_counts(
    sent: bytes, same: bool
) -> None:
    one = word(cause="status 200, not 201", hint="Store it.")
    assert (one == word(sent, cause="status 200, not 201", summary="Other words.")) == same


def test_an_exception_is_told_by_its_line() -> None:
    at = ("server.py", 8)
    one = word(summary="It crashed: ValueError at server.py:8 (bad 'x').", at=at)
    two = word(b"PUT / HTTP/1.1\r\n", summary="It crashed: ValueError at server.py:8 (y).", at=at)
    assert one == two
    assert one != word(summary="It crashed: KeyError at server.py:8.", at=at)
    assert one != word(summary="It crashed: ValueError at server.py:9.", at=("server.py", 9))


@pytest.mark.parametrize("kind", [Kind.SILENCE, Kind.INCOMPLETE])
def test_where_a_server_waits_does_not_say_for_what(kind: Kind) -> None:
    def waits(header: bytes) -> str:
        sent = b"GET / HTTP/1.1\r\n" + header + b"\r\n\r\n"
        return word(sent, kind=kind, summary="No answer: recv() at a.py:3.", at=("a.py", 3))

    assert waits(b"Expect: 100-continue") != waits(b"Content-Length: 3")
    assert waits(b"Content-Length: 3") == waits(b"Content-Length: 3")


def test_the_last_connection_that_was_used_counts() -> None:
    failure = Failure(Kind.SILENCE, "No answer.")
    twice = (
        *exchange(b"GET /a HTTP/1.1\r\n"),
        *exchange(b"GET /b HTTP/1.1\r\n", b"", 2),
        Entry(3, Direction.OPENED, 0.0),
    )
    assert cause_of(failure, twice) == cause_of(failure, exchange(b"GET /b HTTP/1.1\r\n", b""))


def test_without_an_exchange_there_is_a_cause_too() -> None:
    assert cause_of(Failure(Kind.START, "It does not listen."), ()).startswith("start | ")


def test_a_cause_is_short() -> None:
    assert len(word(b"a" * 10**6, b"b" * 10**6, summary="c" * 10**6)) == LONGEST


def test_words_are_kept_as_they_were_drawn_but_for_short_ones() -> None:
    random = RandomInputs(1, "echo/one")
    drawn = (random.word(), random.name().removesuffix(".txt"), random.word(4))
    random.word(3)
    random.number(1, 9)
    assert random.drawn == drawn


def test_what_a_server_waits_for_by_mistake_is_one_cause_whatever_was_asked() -> None:
    mistaken = {"kind": Kind.SILENCE, "cause": "waits for the Content-Length of an earlier request"}
    first = word(b"GET / HTTP/1.1\r\n", summary="It waits for 7 more bytes.", **mistaken)
    assert first == word(summary="It waits for 300 more bytes.", hint="Do this.", **mistaken)
