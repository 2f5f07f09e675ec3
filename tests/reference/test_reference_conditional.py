"""Conditional requests of the static site: validators, and when a copy is current."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from reference import Headers, Request, Response
from reference.static.conditional import conditional, http_date, lists_tag, seconds, validators

MOMENT = 784_111_777
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
LATER, EARLIER = "Sun, 06 Nov 1994 08:49:38 GMT", "Sun, 06 Nov 1994 08:49:36 GMT"
WHOLE = Response(
    200,
    b"fig",
    Headers({"ETag": '"a"', "Last-Modified": DATE, "Content-Type": "text/html"}),
)


def answer(headers: dict[str, str], *, method: str = "GET", whole: Response = WHOLE) -> Response:
    return conditional(lambda _request: whole, Request(method, "/", Headers(headers)))


@pytest.mark.parametrize(
    ("listed", "is_listed"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b","a","c"', True),
        (' "b" , W/"a" ', True),
        ("*", True),
        ('"A"', False),
        ('"aa"', False),
        ("a", False),
        ("", False),
        ('"*"', False),
    ],
)
def test_a_tag_is_looked_up_in_a_list(listed: str, is_listed: bool) -> None:
    assert lists_tag(listed, '"a"') is is_listed


def test_a_comma_may_stand_in_a_tag() -> None:
    assert lists_tag('"x,y", "z"', '"x,y"')
    assert not lists_tag('"x,y"', '"x"')


def test_a_weak_tag_of_ours_is_the_same_as_a_strong_one() -> None:
    assert lists_tag('"a"', 'W/"a"')


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"If-None-Match": '"a"'}, 304),
        ({"If-None-Match": '"b"'}, 200),
        ({"If-Modified-Since": DATE}, 304),
        ({"If-Modified-Since": LATER}, 304),
        ({"If-Modified-Since": EARLIER}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
        ({"If-Modified-Since": ""}, 200),
        ({"If-None-Match": '"b"', "If-Modified-Since": LATER}, 200),
        ({"If-None-Match": '"a"', "If-Modified-Since": EARLIER}, 304),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_copy_that_is_current_is_not_sent_again(
    headers: dict[str, str], status: int, method: str
) -> None:
    assert answer(headers, method=method).status == status


def test_a_304_has_the_tag_and_no_body() -> None:
    assert answer({"If-None-Match": '"a"'}).to_bytes() == (
        b'HTTP/1.1 304 Not Modified\r\nETag: "a"\r\n\r\n'
    )


@pytest.mark.parametrize("status", [201, 206, 404])
def test_only_a_200_has_a_copy(status: int) -> None:
    whole = replace(WHOLE, status=status)
    assert answer({"If-None-Match": "*"}, whole=whole) is whole


def test_other_methods_are_carried_out() -> None:
    assert answer({"If-None-Match": "*"}, method="POST") is WHOLE


def test_without_validators_everything_is_sent() -> None:
    bare = Response(200, b"fig")
    assert answer({"If-None-Match": '"a"'}, whole=bare) is bare
    assert answer({"If-Modified-Since": LATER}, whole=bare) is bare


@pytest.mark.parametrize(
    "date", [DATE, "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"]
)
def test_the_three_forms_of_a_date_are_understood(date: str) -> None:
    assert seconds(date) == MOMENT


@pytest.mark.parametrize(
    "date", ["", "784111777", "Sun, 06 Nov 1994", "Sun, 36 Nov 1994 08:49:37 GMT"]
)
def test_what_is_no_date_is_none(date: str) -> None:
    assert seconds(date) is None


def test_dates_are_written_as_http_wants_them() -> None:
    assert http_date(MOMENT + 0.9) == DATE


def test_validators_change_with_size_and_time(tmp_path: Path) -> None:
    file = tmp_path / "file"

    def of(content: bytes, nanoseconds: int) -> Headers:
        file.write_bytes(content)
        os.utime(file, ns=(nanoseconds, nanoseconds))
        return validators(file.stat())

    first = of(b"one", MOMENT * 10**9)
    assert first.get("Last-Modified") == DATE
    assert of(b"one", MOMENT * 10**9) == first
    others = [of(b"four", MOMENT * 10**9), of(b"two", MOMENT * 10**9 + 1)]
    assert first.get("ETag") not in {other.get("ETag") for other in others}


def test_a_file_of_the_future_was_modified_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    os.utime(tmp_path / "file", (2**32, 2**32))
    modified = seconds(validators((tmp_path / "file").stat()).get("Last-Modified"))
    assert modified is not None
    assert modified < 2**32
