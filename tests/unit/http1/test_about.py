"""Which connections of a check a failure is about."""

from __future__ import annotations

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.http1.about import connections
from grader.http1.recognise import WrongBytes, WrongStatus
from grader.http1.wire import Response, ResponseReader


def asks(number: int, target: str, body: bytes = b"") -> list[Entry]:
    request = f"POST {target} HTTP/1.1\r\n\r\n".encode() + body
    return [
        Entry(number, Direction.OPENED, 0.0),
        Entry(number, Direction.SENT, 0.0, request),
    ]


def answer(number: int, data: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Entry:
    return Entry(number, Direction.RECEIVED, 0.0, data, by="server")


def one_by_one(*targets: str) -> list[Entry]:
    return [
        entry
        for number, target in enumerate(targets, 1)
        for entry in (*asks(number, target), answer(number))
    ]


def response(number: int) -> Response:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
    read = reader.response("GET")
    assert read is not None
    return Response(
        read.version, read.status, read.reason, read.headers, b"", read.framing, read.raw,
        read.head, connection=number,
    )  # fmt: skip


def test_a_wrong_status_is_about_its_own_connection() -> None:
    entries = one_by_one("/a", "/b", "/c")
    assert connections(WrongStatus(response(2), (200,)), entries) == (2,)


def test_the_last_one_before_it_that_asked_for_the_same_is_shown_too() -> None:
    entries = one_by_one("/a", "/b", "/a", "/c", "/a")
    assert connections(WrongStatus(response(5), (200,)), entries) == (3, 5)


def test_the_client_whose_text_came_is_shown() -> None:
    entries = one_by_one("/echo/apple", "/echo/fig", "/echo/plum")
    wrong = WrongBytes(Kind.MISMATCH, "No.", b"apple", b"plum", response=response(3))
    assert connections(wrong, entries) == (1, 3)
    own = WrongBytes(Kind.MISMATCH, "No.", b"/echo/plum", b"plum", response=response(3))
    assert connections(own, entries) == (3,)


def test_a_file_is_about_the_connection_that_brought_it() -> None:
    entries = [*asks(1, "/files/a", b"apple"), *asks(2, "/files/b", b"fig")]
    wrong = WrongBytes(Kind.FILES, "No.", b"app", b"apple", subject="file")
    assert connections(wrong, entries) == (1,)


def test_what_compares_several_answers_shows_all() -> None:
    entries = one_by_one("/a", "/b", "/c", "/d", "/e")[: 4 * 3]
    both = Failure(Kind.MISMATCH, "It is decoded, and it is not.", actual="both")
    assert connections(both, entries[:9]) == ()
    assert connections(both, []) == ()


def test_where_nothing_comes_few_clients_are_all_shown() -> None:
    silence = Failure(Kind.SILENCE, "No answer.", actual="its only thread waits on connection 1")
    few = [*asks(1, "/a"), *asks(2, "/b"), *asks(3, "/c")]
    assert connections(silence, few) == ()
    many = [*few, *(entry for number in range(4, 9) for entry in asks(number, "/d"))]
    assert connections(silence, [*many, answer(1)]) == (1, 2)
    waits = Failure(Kind.SILENCE, "It waits.", actual="blocked on connections 1, 2 and 4 at x.py")
    assert connections(waits, [*one_by_one("/a", "/b", "/c", "/d"), *asks(5, "/e")]) == (1, 2, 4, 5)


def test_a_client_that_has_left_waits_for_no_answer() -> None:
    left = [entry for number in range(1, 8) for entry in asks(number, f"/{number}")]
    left += [Entry(number, Direction.CLOSED, 0.0) for number in range(1, 8)]
    silence = Failure(Kind.SILENCE, "No answer.", actual="its threads wait for a lock")
    assert connections(silence, [*left, *asks(8, "/8")]) == (8,)


def test_a_connection_that_was_closed_without_an_answer() -> None:
    many = [entry for number in range(1, 9) for entry in asks(number, f"/{number}")]
    closed = Entry(3, Direction.CLOSED, 0.0, by="server")
    assert connections(Failure(Kind.CLOSED, "It closed."), [*many, closed]) == (3,)
