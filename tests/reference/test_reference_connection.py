"""The state of a connection: order, closing, HEAD, 100 Continue."""

import pytest

from reference import HTTPError, Response
from reference.http1.connection import CONTINUE, TRANSITIONS, Connection, Event, State

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-Continue\r\n\r\n"


def answered(request: bytes, response: Response | None = None) -> tuple[bytes, bool]:
    """The answer to one request, and whether the connection closes after it."""
    connection = Connection()
    connection.receive(request)
    assert connection.next_request() is not None
    return connection.send(response or Response(204)), connection.closing


@pytest.mark.parametrize(
    ("request_bytes", "says", "closes"),
    [
        (GET, None, False),
        (GET.replace(b"Host", b"Connection: Close\r\nHost"), b"close", True),
        (GET.replace(b"1.1", b"1.0"), b"close", True),
        (GET.replace(b"1.1\r\n", b"1.0\r\nConnection: keep-alive\r\n"), b"keep-alive", False),
    ],
)
def test_what_the_answer_says_is_what_happens(
    request_bytes: bytes, says: bytes | None, closes: bool
) -> None:
    data, closing = answered(request_bytes)
    assert closing is closes
    assert (b"Connection: %s\r\n" % says in data) if says else (b"Connection" not in data)


def test_a_handler_can_close_but_not_keep() -> None:
    assert answered(GET, Response().with_header("Connection", "close"))[1]
    data, closing = answered(
        GET.replace(b"1.1", b"1.0"), Response().with_header("Connection", "keep-alive")
    )
    assert closing
    assert b"keep-alive" not in data


def test_head_has_the_length_and_no_body() -> None:
    data, _ = answered(GET.replace(b"GET", b"HEAD"), Response(200, b"hello"))
    assert data == b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"


def test_pipelined_requests_come_one_by_one() -> None:
    connection = Connection()
    connection.receive(GET.replace(b"/ ", b"/1 ") + GET.replace(b"/ ", b"/2 "))
    for target in ("/1", "/2"):
        request = connection.next_request()
        assert request is not None
        assert request.target == target
        assert not connection.idle
        connection.send(Response())
    assert connection.next_request() is None
    assert connection.idle


def test_nothing_follows_the_last_answer() -> None:
    connection = Connection()
    connection.receive(GET.replace(b"1.1", b"1.0") + GET)
    connection.next_request()
    connection.send(Response())
    connection.receive(GET)
    assert connection.next_request() is None


def test_an_error_is_answered_and_closes() -> None:
    connection = Connection()
    connection.receive(GET + b"GARBAGE\r\n" + GET)
    assert connection.next_request() is not None
    connection.send(Response())
    with pytest.raises(HTTPError) as refused:
        connection.next_request()
    assert b"Connection: close" in connection.send(refused.value.response)
    assert connection.closing
    assert connection.next_request() is None


def test_requests_and_answers_alternate() -> None:
    connection = Connection()
    with pytest.raises(RuntimeError):
        connection.send(Response())
    connection.receive(GET + GET)
    connection.next_request()
    with pytest.raises(RuntimeError):
        connection.next_request()
    connection.send(Response())
    with pytest.raises(RuntimeError):
        connection.send(Response())


def test_a_client_that_waits_is_told_to_go_on_once() -> None:
    connection = Connection()
    for byte in POST:
        assert connection.interim() is None
        connection.receive(bytes([byte]))
        assert connection.next_request() is None
    assert connection.interim() == CONTINUE == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert connection.interim() is None
    connection.receive(b"ab")
    request = connection.next_request()
    assert request is not None
    assert request.body == b"ab"


@pytest.mark.parametrize("cut", range(len(POST) + 1))
def test_a_client_whose_body_has_begun_is_not(cut: int) -> None:
    connection = Connection()
    connection.receive(POST[:cut])
    assert connection.next_request() is None
    connection.receive(POST[cut:] + b"a")
    assert connection.next_request() is None
    assert connection.interim() is None


def test_a_body_that_arrives_before_the_question_needs_no_answer() -> None:
    connection = Connection()
    connection.receive(POST)
    connection.next_request()
    connection.receive(b"a")
    assert connection.interim() is None


@pytest.mark.parametrize("without", [b"1.1", b"Content-Length: 2\r\n"])
def test_nobody_waits_in_http_1_0_or_without_a_body(without: bytes) -> None:
    connection = Connection()
    connection.receive(POST.replace(without, b"1.0" if without == b"1.1" else b""))
    connection.next_request()
    assert connection.interim() is None


def test_draining_finishes_what_has_begun() -> None:
    connection = Connection()
    connection.receive(GET[:5])
    connection.close_after_answer()
    assert not connection.idle
    connection.receive(GET[5:])
    assert connection.next_request() is not None
    assert b"Connection: close" in connection.send(Response())
    assert connection.closing


def test_every_way_through_the_states_can_end() -> None:
    ends = {State.CLOSING, State.HANDED_OVER}
    reached, ways = {State.READING}, set(ends)
    for _ in State:
        reached |= {end for (start, _), end in TRANSITIONS.items() if start in reached}
        ways |= {start for (start, _), end in TRANSITIONS.items() if end in ways}
    assert reached == ways == set(State)
    assert {event for _, event in TRANSITIONS} == set(Event)
    assert not ends & {start for start, _ in TRANSITIONS}
    assert all(
        (end in ends) is (event in (Event.LAST_ANSWER, Event.HANDOVER))
        for (_, event), end in TRANSITIONS.items()
    )
