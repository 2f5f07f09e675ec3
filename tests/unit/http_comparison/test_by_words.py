"""What is made of a request that somebody asks by hand, and which answers to it are fixed."""

from __future__ import annotations

import pytest

from stages._compare.by_words import Typed, conversation_of

HOST = "localhost:4221"
TAUGHT = frozenset({"ok", "paths", "echo"})


@pytest.mark.parametrize(
    ("typed", "first", "more"),
    [
        (Typed("GET /echo/x"), b"GET /echo/x HTTP/1.1", b""),
        (Typed("/echo/x"), b"GET /echo/x HTTP/1.1", b""),
        (Typed("/echo/x HTTP/1.0"), b"GET /echo/x HTTP/1.0", b""),
        (Typed("DELETE / HTTP/1.0"), b"DELETE / HTTP/1.0", b""),
        (Typed("OPTIONS *"), b"OPTIONS * HTTP/1.1", b""),
        (Typed("/f", body=b"hey"), b"POST /f HTTP/1.1", b"Content-Length: 3\r\n"),
        (Typed("PUT /f", body=b""), b"PUT /f HTTP/1.1", b"Content-Length: 0\r\n"),
        (Typed("/", ("A: b", "B:")), b"GET / HTTP/1.1", b"A: b\r\n"),
        (
            Typed("/", ("Content-Length: 9",), b"hey"),
            b"POST / HTTP/1.1",
            b"Content-Length: 9\r\n",
        ),
    ],
)
def test_a_typed_request_gets_host_length_and_an_empty_line(
    typed: Typed, first: bytes, more: bytes
) -> None:
    assert typed.fault() == ""
    head = first + b"\r\nHost: localhost:4221\r\n" + more + b"\r\n"
    assert typed.to_bytes(HOST) == head + (typed.body or b"")


def test_a_typed_host_stays_and_an_empty_one_leaves_it_out() -> None:
    assert Typed("/", ("Host: a",)).to_bytes(HOST) == b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    assert Typed("/", ("host:",)).to_bytes(HOST) == b"GET / HTTP/1.1\r\n\r\n"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (Typed("foo"), "is no request and no file"),
        (Typed(""), "is no request and no file"),
        (Typed("GET"), "is no request and no file"),
        (Typed("GET /a b"), "%20"),
        (Typed("GET /a b c"), "%20"),
        (Typed("/", ("nonsense",)), "'Name: value'"),
    ],
)
def test_what_is_no_request_is_said(typed: Typed, says: str) -> None:
    assert says in typed.fault()


def test_bytes_are_read_as_a_request_only_where_they_are_one() -> None:
    whole = Typed("/echo/x", ("Foo: bar",)).to_bytes("other")
    assert conversation_of(whole, TAUGHT, HOST) is None
    read = conversation_of(whole, TAUGHT, "other")
    assert read is not None
    (ask,) = read.asks
    assert (ask.method, ask.target, ask.lines) == ("GET", "/echo/x", ("Foo: bar",))
    for others in (whole + whole, b"FOO\r\n\r\n", whole[:-1], b"\n".join(whole.splitlines())):
        assert conversation_of(others, TAUGHT, "other") is None


def test_a_method_is_compared_where_it_is_taught() -> None:
    whole = Typed("DELETE /").to_bytes(HOST)
    assert conversation_of(whole, TAUGHT, HOST) is None
    assert conversation_of(whole, TAUGHT | {"methods"}, HOST) is not None


@pytest.mark.parametrize("words", ["/user-agent", "/echo/", "/files/../x", "PUT /"])
def test_what_no_stage_fixes_is_not_compared(words: str) -> None:
    assert conversation_of(Typed(words).to_bytes(HOST), TAUGHT, HOST) is None
