"""Range requests of the static site: which bytes are asked for, and how they are sent."""

from __future__ import annotations

from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import Headers, HTTPError, Request, Response
from reference.static.ranges import ranges, requested

CONTENT = b"0123456789"
DATE = "Sun, 06 Nov 1994 08:49:37 GMT"
VALIDATORS = {"ETag": '"a"', "Last-Modified": DATE, "Content-Type": "text/html"}
WHOLE = Response(200, CONTENT, Headers(VALIDATORS))


def answer(headers: dict[str, str], *, method: str = "GET", whole: Response = WHOLE) -> Response:
    return ranges(lambda _request: whole, Request(method, "/", Headers(headers)))


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=2-5", [(2, 6)]),
        ("bytes=2-", [(2, 10)]),
        ("bytes=9-9", [(9, 10)]),
        ("bytes=5-99", [(5, 10)]),
        ("bytes=-3", [(7, 10)]),
        ("bytes=-10", [(0, 10)]),
        ("bytes=-11", [(0, 10)]),
        ("Bytes=0-1", [(0, 2)]),
        ("bytes=0-1, 4-5", [(0, 2), (4, 6)]),
        ("bytes=,0-1 ,, -1", [(0, 2), (9, 10)]),
        ("bytes=0-1,99-", [(0, 2)]),
        ("bytes=10-", []),
        ("bytes=10-20,30-", []),
        ("bytes=-0", []),
        ("bytes=5-2", None),
        ("bytes=0-1,5-2", None),
        ("bytes=abc", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=1", None),
        ("bytes=1-2-3", None),
        ("bytes=+1-2", None),
        ("bytes=1 -2", None),
        ("bytes 1-2", None),
        ("bytes=٣-٤", None),
        (f"bytes={10**30}-", None),
        ("pages=1-2", None),
        ("", None),
        ("bytes=0-,0-", None),  # twice the whole is more than the whole
    ],
)
def test_the_offsets_that_are_asked_for(value: str, parts: list[tuple[int, int]] | None) -> None:
    found = requested(value, len(CONTENT))
    assert (None if found is None else [(part.start, part.stop) for part in found]) == parts


def test_an_empty_file_has_no_parts() -> None:
    assert requested("bytes=0-", 0) is None


@given(st.text(st.sampled_from("0123456789-, =bytes"), max_size=40), st.integers(0, 50))
def test_no_part_is_empty_or_leaves_the_file(text: str, size: int) -> None:
    for part in requested(f"bytes={text}", size) or ():
        assert 0 <= part.start < part.stop <= size


@pytest.mark.parametrize(
    ("value", "said", "part"),
    [
        ("bytes=0-3", "bytes 0-3/10", b"0123"),
        ("bytes=4-4", "bytes 4-4/10", b"4"),
        ("bytes=-2", "bytes 8-9/10", b"89"),
        ("bytes=6-", "bytes 6-9/10", b"6789"),
        ("bytes=0-", "bytes 0-9/10", CONTENT),
    ],
)
def test_a_part_is_sent_with_its_place(value: str, said: str, part: bytes) -> None:
    response = answer({"Range": value})
    assert (response.status, response.body) == (206, part)
    assert response.headers.get("Content-Range") == said
    assert response.headers.get("Content-Type") == "text/html"
    assert response.headers.get("ETag") == '"a"'


def test_what_lies_beyond_the_end_gets_416_and_the_size() -> None:
    with pytest.raises(HTTPError) as refused:
        answer({"Range": "bytes=10-"})
    response = refused.value.response
    assert (response.status, response.headers.get("Content-Range")) == (416, "bytes */10")


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=5-2"}, {"Range": "pages=1-2"}])
def test_without_a_range_the_whole_is_sent(headers: dict[str, str]) -> None:
    assert answer(headers) == WHOLE.with_header("Accept-Ranges", "bytes")


def test_head_has_no_ranges() -> None:
    assert answer({"Range": "bytes=0-1"}, method="HEAD").status == 200


@pytest.mark.parametrize("status", [304, 404])
def test_only_a_200_has_parts(status: int) -> None:
    other = Response(status)
    assert answer({"Range": "bytes=0-1"}, whole=other) is other


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ('"a"', 206),
        ('"b"', 200),
        ('W/"a"', 200),
        (DATE, 206),
        ("Sun, 06 Nov 1994 08:49:38 GMT", 200),
        ("Sun, 06 Nov 1994 08:49:36 GMT", 200),
        ("nonsense", 200),
    ],
)
def test_a_part_is_sent_only_of_the_version_that_the_client_has(
    condition: str, status: int
) -> None:
    assert answer({"Range": "bytes=0-1", "If-Range": condition}).status == status


def test_parts_of_a_weak_version_do_not_fit_together() -> None:
    weak = WHOLE.with_header("ETag", 'W/"a"')
    assert answer({"Range": "bytes=0-1", "If-Range": 'W/"a"'}, whole=weak).status == 200


def test_several_parts_come_in_one_body() -> None:
    response = answer({"Range": "bytes=0-1,5-6,-1"})
    assert (response.status, "Content-Range" in response.headers) == (206, False)
    said = f"Content-Type: {response.headers.get('Content-Type')}\r\n\r\n"
    message = message_from_bytes(said.encode() + response.body)
    assert message.get_content_type() == "multipart/byteranges"
    parts = [
        (part["Content-Range"], part["Content-Type"], part.get_payload(decode=True))
        for part in message.walk()
    ]
    assert parts[1:] == [
        ("bytes 0-1/10", "text/html", b"01"),
        ("bytes 5-6/10", "text/html", b"56"),
        ("bytes 9-9/10", "text/html", b"9"),
    ]
