"""The nearest request that was answered rightly, as a sentence after a wrong status."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.check.failure import Failure, Kind
from grader.check.past import PassedCheck, Past
from grader.check.transcript import Direction, Entry
from grader.http1.nearest import with_nearest, with_nearest_answer, with_nearest_text
from grader.http1.recognise import WrongBytes, WrongStatus
from grader.http1.wire import Request, ResponseReader

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
MISSING = b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
INVALID = b"HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n"
DIRECTORY = ("--directory", "{directory}")


def get(target: str, *headers: tuple[str, str], method: str = "GET") -> bytes:
    return Request.of(method, target, headers=headers).to_bytes()


def exchange(sent: bytes, came: bytes, *, connection: int = 1, at: int = 0) -> list[Entry]:
    """at: where the request is cut into two pieces."""
    pieces = [sent[:at], sent[at:]] if at else [sent]
    return [
        Entry(connection, Direction.OPENED, 0.0),
        *(Entry(connection, Direction.SENT, 0.0, piece) for piece in pieces),
        Entry(connection, Direction.RECEIVED, 0.0, came, by="server"),
        Entry(connection, Direction.CLOSED, 0.0),
    ]


def summary(
    entries: list[Entry],
    *passed: list[Entry],
    arguments: tuple[str, ...] = (),
    wanted: tuple[int, ...] = (200,),
    content: bytes | None = None,
    index: int = 0,
) -> str:
    """What is said after the sentence about the status, when the last answer of connection 1 is
    wrong."""
    reader = ResponseReader()
    reader.feed(b"".join(it.data for it in entries if it.direction is Direction.RECEIVED))
    found = [reader.response() for _ in range(index + 1)][-1]
    assert found is not None
    failure = WrongStatus(replace(found, connection=1, index=index), wanted, content=content)
    past = Past(arguments, tuple(PassedCheck((), tuple(one)) for one in passed))
    return with_nearest(failure, entries, past).summary.partition(". ")[2]


FIG = exchange(get("/echo/fig"), OK)
AGENT = exchange(get("/user-agent", ("User-Agent", "fig")), OK)


@pytest.mark.parametrize(
    ("sent", "right", "wanted"),
    [
        (get("/echo/fig7"), FIG, "GET /echo/fig was 200; this path has digits."),
        (get("/echo/a%20b"), FIG, ""),
        (get("/echo/a%b"), FIG, "GET /echo/fig was 200; this path has a percent sign."),
        (get("/echo/pear?x"), FIG, "Without a query string, GET /echo/fig was 200."),
        (get("/echo/pear", ("X-Note", "a")), FIG,
         "Without X-Note, GET /echo/fig was 200."),
        (get("/user-agent", ("user-agent", "pear")), AGENT,
         "With User-Agent in place of user-agent, GET /user-agent was 200."),
        (get("/user-agent", ("User-Agent", "a:b")), AGENT,
         "GET /user-agent was 200; this User-Agent has a colon."),
        (get("/user-agent"), AGENT, "With User-Agent, GET /user-agent was 200."),
        (get("/echo/fig", method="HEAD"), FIG, "GET /echo/fig was 200."),
        (get("/other/fig"), FIG, ""),
        (get("/echo/fig"), FIG, ""),
    ],
)  # fmt: skip
def test_the_one_difference_is_named(sent: bytes, right: list[Entry], wanted: str) -> None:
    assert summary(exchange(sent, MISSING), right) == wanted


def test_another_route_is_near_where_the_request_is_said_to_be_invalid() -> None:
    said = summary(exchange(get("/echo/fig"), INVALID), exchange(get("/fig/pear"), OK))

    assert said == "GET /fig/pear was 200 with the same headers."


def test_the_arguments_of_the_launch() -> None:
    said = summary(exchange(get("/echo/fig"), MISSING), FIG, arguments=DIRECTORY)

    assert said == "Without `--directory`, GET /echo/fig was 200."


def test_what_the_file_has_that_is_asked_for() -> None:
    said = summary(
        exchange(get("/files/b"), MISSING), exchange(get("/files/a"), OK), content=b"\xff"
    )

    assert said == "GET /files/a was 200; this file has bytes that are not UTF-8."


def test_a_request_in_pieces() -> None:
    said = summary(exchange(get("/echo/fig"), MISSING, at=9), FIG)

    assert said == "Sent in one piece, GET /echo/fig was 200."


def test_a_request_beside_an_open_connection() -> None:
    silent = [Entry(2, Direction.OPENED, 0.0)]

    said = summary([*silent, *exchange(get("/echo/fig"), MISSING)], FIG)

    assert said == "While no other connection was open, GET /echo/fig was 200."


def test_a_later_request_of_a_connection() -> None:
    entries = exchange(get("/") + get("/echo/fig"), OK + MISSING)

    assert summary(entries, FIG, index=1) == (
        "The same request was 200 when it came first on its connection."
    )


def test_an_unknown_path_has_no_route() -> None:
    said = summary(exchange(get("/fig.html"), OK), exchange(get("/fig"), MISSING), wanted=(404,))

    assert said == "GET /fig was 404; this path has a dot."


def test_of_requests_that_are_rejected_only_how_they_were_sent_is_compared() -> None:
    wrong, first = get("/fig", ("Host", "a b")), exchange(get("fig"), INVALID)

    assert summary(exchange(wrong, OK), first, wanted=(400,)) == ""
    assert summary(exchange(wrong, OK), exchange(wrong, INVALID, at=9), wanted=(400,)) == ""
    assert summary(exchange(wrong, OK, at=9), exchange(wrong, INVALID), wanted=(400,)) == (
        "Sent in one piece, GET /fig was 400."
    )


def test_the_bytes_of_chunks_are_not_compared() -> None:
    chunked = ("Transfer-Encoding", "chunked")
    short, long = (get("/files/a", chunked, method="POST") + body for body in (
        b"1\r\na\r\n0\r\n\r\n", b"40\r\n" + b"a" * 64 + b"\r\n0\r\n\r\n"
    ))  # fmt: skip

    assert summary(exchange(long, INVALID), exchange(short, OK)) == ""


def test_what_was_not_the_right_status_is_not_near() -> None:
    assert summary(exchange(get("/echo/fig7"), MISSING), exchange(get("/echo/fig"), INVALID)) == ""


def test_the_answer_that_is_not_in_the_transcript() -> None:
    assert summary(exchange(b"nonsense", MISSING), FIG) == ""


def empty(entries: list[Entry], wanted: bytes, *passed: list[Entry]) -> str:
    """What is said of a body that is empty, and should be this text."""
    reader = ResponseReader()
    reader.feed(b"".join(it.data for it in entries if it.direction is Direction.RECEIVED))
    found = reader.response()
    assert found is not None
    response = replace(found, connection=1)
    failure = WrongBytes(Kind.MISMATCH, "It is empty.", b"", wanted, response=response)
    past = Past((), tuple(PassedCheck((), tuple(one)) for one in passed))
    return with_nearest_text(failure, entries, past).summary.partition(". ")[2]


NOTHING = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
RIGHT = exchange(get("/user-agent", ("User-Agent", "x")), OK)


def test_a_text_that_came_back_is_near_one_that_did_not() -> None:
    entries = exchange(get("/user-agent", ("user-agent", "pear")), NOTHING)

    assert empty(entries, b"pear", RIGHT) == (
        "With User-Agent in place of user-agent, GET /user-agent was answered rightly."
    )


def test_an_answer_that_another_request_got_says_nothing_of_this_one() -> None:
    first, second = (get("/echo/" + text) for text in ("F", "pear" * 9))
    entries = exchange(first, OK.replace(b"x", b"F")) + exchange(
        second, OK.replace(b"x", b"F"), connection=2
    )
    reader = ResponseReader()
    reader.feed(OK.replace(b"x", b"F"))
    answer = reader.response()
    assert answer is not None
    response = replace(answer, connection=2)
    failure = WrongBytes(Kind.MISMATCH, "Wrong.", b"F", b"pear" * 9, response=response)

    past = Past((), (PassedCheck((), tuple(FIG)), PassedCheck((), tuple(FIG))))
    assert with_nearest_text(failure, entries, past).summary == "Wrong."


def test_a_request_after_more_than_have_passed_may_fail_for_their_number() -> None:
    before = [exchange(get("/echo/fig"), OK, connection=number) for number in (2, 3)]
    entries = [*before[0], *before[1], *exchange(get("/echo/fig7"), MISSING, connection=4)]
    reader = ResponseReader()
    reader.feed(MISSING)
    answer = reader.response()
    assert answer is not None
    failure = WrongStatus(replace(answer, connection=4), (200,))
    near = "The status is 404, not 200. GET /echo/fig was 200; this path has digits."

    one, two = (Past((), (PassedCheck((), tuple(FIG)),) * times) for times in (1, 2))
    assert with_nearest(failure, entries, one).summary == "The status is 404, not 200."
    assert with_nearest(failure, entries, two).summary == near


def test_an_answer_with_another_text_is_not_near() -> None:
    entries = exchange(get("/user-agent", ("user-agent", "pear")), NOTHING)
    wrong = exchange(get("/user-agent", ("User-Agent", "fig")), OK)

    assert empty(entries, b"pear", wrong) == ""


def test_a_body_that_is_no_part_of_its_request_is_not_compared() -> None:
    assert empty(exchange(get("/files/a"), NOTHING), b"content", RIGHT) == ""


UPLOAD = Request.of("POST", "/files/a", body=b"fig").to_bytes()


@pytest.mark.parametrize(
    ("sent", "passed", "said"),
    [
        (get("/plum", ("Referer", "x")), get("/fig"), "Without Referer, GET /fig was answered."),
        (Request.of("GET", "/", body=b"fig").to_bytes(), get("/"),
         "Without a body, GET / was answered."),
        (UPLOAD.replace(b"Content-Length", b"content-length"), UPLOAD,
         "With Content-Length in place of content-length, POST /files/a was answered."),
        (get("/", method="HEAD"), get("/"), "GET / was answered."),
        (get("/"), get("/"), ""),
        (UPLOAD, get("/"), ""),
    ],
)  # fmt: skip
def test_the_nearest_request_to_one_without_an_answer(
    sent: bytes, passed: bytes, said: str
) -> None:
    entries = [Entry(2, Direction.OPENED, 0.0), Entry(2, Direction.SENT, 0.0, sent)]
    past = Past((), (PassedCheck((), tuple(exchange(passed, OK))),))
    for kind, words in ((Kind.SILENCE, said), (Kind.MALFORMED, "")):
        failure = with_nearest_answer(Failure(kind, "No answer."), entries, past)
        assert failure.summary.partition(". ")[2] == words.removesuffix(".") + "." * bool(words)
    for words in ("It raised ValueError at x.py:3.", "It was killed by SIGABRT."):
        failure = with_nearest_answer(Failure(Kind.CLOSED, words), entries, past)
        assert failure.summary == words


def test_of_several_requests_without_an_answer_nothing_is_certain() -> None:
    entries = [Entry(number, Direction.SENT, 0.0, get("/", ("Referer", "x"))) for number in (1, 2)]
    past = Past((), (PassedCheck((), tuple(exchange(get("/"), OK))),))
    silence = Failure(Kind.SILENCE, "No answer.")
    assert with_nearest_answer(silence, entries, past).summary == "No answer."
