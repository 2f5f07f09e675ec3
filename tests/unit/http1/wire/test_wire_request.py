"""Requests as bytes: what was asked for, and nothing else."""

import pytest

from grader.http1.wire import Request


def test_a_plain_request() -> None:
    assert Request().to_bytes() == b"GET / HTTP/1.1\r\nHost: localhost:4221\r\n\r\n"


def test_nothing_is_added_to_what_was_told() -> None:
    request = Request("POST", "/a b", headers=(), body=b"x", version="HTTP/9.9")
    assert request.head == b"POST /a b HTTP/9.9\r\n\r\n"
    assert request.to_bytes() == b"POST /a b HTTP/9.9\r\n\r\nx"


def test_text_is_latin_1_and_bytes_are_bytes() -> None:
    request = Request(target="/é".encode(), headers=(("X", "é"), (b"Y", "é".encode())))
    assert request.head == b"GET /\xc3\xa9 HTTP/1.1\r\nX: \xe9\r\nY: \xc3\xa9\r\n\r\n"
    with pytest.raises(UnicodeEncodeError):
        Request(target="/€").to_bytes()


def test_of_puts_host_first_and_length_last() -> None:
    request = Request.of("POST", "/files/a", headers=[("Accept", "*/*")], body=b"\x00\xff")
    assert (
        request.to_bytes() == b"POST /files/a HTTP/1.1\r\nHost: localhost:4221\r\nAccept: */*\r\n"
        b"Content-Length: 2\r\n\r\n\x00\xff"
    )


def test_of_counts_an_empty_body_and_no_absent_one() -> None:
    assert Request.of("POST", "/", body=b"").head.endswith(b"\r\nContent-Length: 0\r\n\r\n")
    assert Request.of("GET", "/").headers == (("Host", "localhost:4221"),)


@pytest.mark.parametrize("name", ["content-length", b"Transfer-Encoding"])
def test_of_leaves_framing_to_who_frames(name: str | bytes) -> None:
    request = Request.of("POST", "/", headers=[(name, "x")], body=b"abc", host=None)
    assert request.headers == ((name, "x"),)
    assert request.body == b"abc"
