"""A part of a file, several of them, or the whole: what is right, and in which words the rest is
told."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure
from grader.http1 import expect
from grader.http1.wire import Response, ResponseReader

CONTENT = b"0123456789"
LIST = "Content-Type: multipart/byteranges; boundary=x"


def answer(status: int, body: bytes, *headers: str) -> Response:
    reader = ResponseReader()
    lines = [f"HTTP/1.1 {status} X", *headers, f"Content-Length: {len(body)}", "", ""]
    reader.feed("\r\n".join(lines).encode() + body)
    response = reader.response("GET")
    assert response is not None
    return response


def parts(*texts: str, end: str = "--x--\r\n") -> bytes:
    return "".join(f"--x\r\n{text}\r\n" for text in texts).encode() + end.encode()


FIRST = "Content-Range: bytes 0-1/10\r\n\r\n01"
LAST = "Content-Type: text/plain\r\ncontent-range: bytes 9-9/*\r\n\r\n9"


@pytest.mark.parametrize(
    "response",
    [
        answer(206, b"234", "Content-Range: bytes 2-4/10"),
        answer(206, b"234", "Content-Range: bytes 2-4/*"),
        answer(200, CONTENT),
    ],
)
def test_a_part_or_the_whole_is_right(response: Response) -> None:
    expect.part_or_whole(response, CONTENT, 2, 4)


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (answer(200, b"234"), "The answer is only a part, but its status is 200"),
        (answer(200, b"0123"), "it has 4 bytes instead of 10"),
        (answer(206, b"234"), "The answer has no Content-Range header."),
        (answer(206, b"23", "Content-Range: bytes 2-4/10"), "it has 2 bytes instead of 3"),
        (answer(206, b"2345", "Content-Range: bytes 2-5/10"), "asked for is bytes 2 to 4 of 10"),
        (answer(416, b""), "The status is 416, not 206 or 200."),
    ],
)
def test_what_is_wrong_with_a_part_is_told(response: Response, problem: str) -> None:
    with pytest.raises(Failure, match=problem):
        expect.part_or_whole(response, CONTENT, 2, 4, "hint")


def test_the_whole_as_a_part_is_the_whole() -> None:
    expect.part_or_whole(answer(200, CONTENT), CONTENT, 0, 9)


@pytest.mark.parametrize(
    "response",
    [
        answer(200, CONTENT),
        answer(206, parts(FIRST, LAST), LIST),
        answer(
            206,
            parts(LAST, FIRST, end="--x--\r\nepilogue"),
            'Content-type: MULTIPART/byteranges;boundary="x"',
        ),
        answer(206, b"\r\n" + parts(FIRST), LIST),
        answer(206, b"01", "Content-Range: bytes 0-1/10"),
    ],
)
def test_parts_that_are_where_they_say_are_right(response: Response) -> None:
    expect.parts_or_whole(response, CONTENT)


@pytest.mark.parametrize(
    ("response", "problem"),
    [
        (answer(200, b"0"), "it has 1 byte instead of 10"),
        (answer(416, b""), "The status is 416, not 206 or 200."),
        (answer(206, b"01"), "A part has no Content-Range"),
        (answer(206, b"12", "Content-Range: bytes 0-1/10"), "not what its Content-Range says"),
        (answer(206, b"01", "Content-Range: bytes 0-1/11"), "A Content-Range is wrong"),
        (answer(206, b"01", "Content-Range: 0-1"), "A Content-Range is wrong"),
        (answer(206, parts(FIRST, "\r\n\r\n9"), LIST), "A part has no Content-Range"),
        (answer(206, parts(FIRST, "9"), LIST), "A part has no empty line"),
        (answer(206, parts(FIRST)[:3] + parts(FIRST)[5:], LIST), "shares its line"),
        (answer(206, parts(FIRST, LAST, end="--x\r\n"), LIST), "does not end with its boundary"),
        (answer(206, b"019", LIST), "does not end with its boundary"),
        (answer(206, parts(FIRST), LIST[:34]), "names no boundary"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_parts_is_told(response: Response, problem: str) -> None:
    with pytest.raises(Failure, match=problem):
        expect.parts_or_whole(response, CONTENT, "hint")


def test_a_part_where_none_may_come_is_told() -> None:
    expect.no_part(answer(200, b""), "this is no valid Range")
    expect.no_part(answer(416, b""), "this is no valid Range")
    with pytest.raises(Failure, match=r"only a part \(206\), but this is no valid Range\."):
        expect.no_part(answer(206, b"0"), "this is no valid Range", "hint")
