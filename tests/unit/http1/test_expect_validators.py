"""What an answer says of a version, and dates as HTTP writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure
from grader.http1 import expect
from grader.http1.wire import Response, ResponseReader

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENT, DATE = 784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"


def answer(status: int, *headers: str) -> Response:
    reader = ResponseReader()
    length = [] if status == 304 else ["Content-Length: 0"]
    reader.feed("\r\n".join([f"HTTP/1.1 {status} X", *headers, *length, "", ""]).encode())
    response = reader.response("GET")
    assert response is not None
    return response


def test_dates_are_written_in_three_forms() -> None:
    assert expect.http_date(MOMENT) == DATE
    assert expect.old_dates(MOMENT) == (
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
    )


RIGHT: list[Callable[[], None]] = [
    lambda: expect.validator(answer(200, 'ETag: "a"')),
    lambda: expect.validator(answer(200, f"Last-Modified: {DATE}")),
    lambda: expect.not_modified(answer(304), "If-None-Match: *"),
    lambda: expect.no_304(answer(200), "it has changed"),
    lambda: expect.entity_tag('"a b"'.replace(" ", ",")),
    lambda: expect.entity_tag('W/""'),
    lambda: expect.date_of(DATE, MOMENT),
]
WRONG: list[tuple[Callable[[], None], str]] = [
    (lambda: expect.validator(answer(200)), "neither an ETag nor a Last-Modified"),
    (lambda: expect.validator(answer(200, "ETag: ")), "neither an ETag nor a Last-Modified"),
    (
        lambda: expect.not_modified(answer(200), "If-None-Match: *"),
        r"sent once more, but the client has this version: it sent If-None-Match: \*\.",
    ),
    (lambda: expect.not_modified(answer(404), "If-None-Match: *"), "The status is 404, not 304."),
    (
        lambda: expect.no_304(answer(304), "it has changed"),
        "The answer is 304, but it has changed.",
    ),
    (lambda: expect.entity_tag("a"), "The ETag is not in quotes: a."),
    (lambda: expect.entity_tag('w/"a"'), "The ETag is not in quotes"),
    (lambda: expect.date_of(DATE, MOMENT + 1), "not the time of the file"),
]


@pytest.mark.parametrize("judge", RIGHT)
def test_what_is_right_is_silent(judge: Callable[[], None]) -> None:
    judge()


@pytest.mark.parametrize(("judge", "problem"), WRONG)
def test_what_is_wrong_is_told(judge: Callable[[], None], problem: str) -> None:
    with pytest.raises(Failure, match=problem):
        judge()


def test_the_commands_for_a_change_quote_what_the_server_has_sent() -> None:
    told = expect.change_by_hand("fig.txt", MOMENT, [("If-None-Match", '"a\';reboot"')])
    assert told.splitlines() == [
        "curl -i http://localhost:{port}/fig.txt; echo",
        'echo changed > "$DIR"/fig.txt; touch -d @784111777 "$DIR"/fig.txt',
        "curl -m 5 -i -H 'If-None-Match: \"a'\"'\"';reboot\"' http://localhost:{port}/fig.txt",
    ]
