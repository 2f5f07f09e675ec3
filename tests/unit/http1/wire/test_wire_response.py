"""What an answer says when it is asked: headers, media type, codings, closing."""

import gzip
import zlib
from contextlib import suppress
from types import SimpleNamespace

import pytest

from grader.http1.wire import Framing, Header, Malformed, Response, ResponseReader
from grader.http1.wire import coding as decoding

TEXT = b"hello world " * 20


def read(head: bytes, body: bytes = b"", version: bytes = b"HTTP/1.1") -> Response:
    reader = ResponseReader()
    reader.feed(version + b" 200 OK\r\n" + head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    response = reader.response()
    assert response is not None
    return response


def test_headers_are_found_whatever_their_case_and_keep_what_was_sent() -> None:
    response = read(b"X-One:  a b\t\r\nx-one:c\r\nEmpty:\r\nLatin: caf\xe9\r\n")
    assert response.headers[0] == Header("X-One", "a b", 17)
    assert response.headers[1] == Header("x-one", "c", 31)
    assert response.header("x-ONE") == "a b, c"
    assert response.header_values("x-one") == ("a b", "c")
    assert response.header("empty") == ""
    assert response.header("latin") == "caf\xe9"
    assert response.header("absent") is None
    assert response.header_values("absent") == ()


def test_set_cookie_is_never_joined() -> None:
    response = read(b"Set-Cookie: a=1; Expires=Mon, 1\r\nSet-Cookie: b=2\r\n")
    assert response.header("set-cookie") == "a=1; Expires=Mon, 1"
    assert response.header_values("set-cookie") == ("a=1; Expires=Mon, 1", "b=2")


def test_tokens_are_lower_case_and_over_all_lines() -> None:
    response = read(b"Vary: Accept-Encoding,,\tORIGIN \r\nvary: cookie\r\n")
    assert response.tokens("Vary") == ("accept-encoding", "origin", "cookie")


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"", None),
        (b"Content-Type: text/plain\r\n", "text/plain"),
        (b"content-type:Text/HTML ; charset=UTF-8\r\n", "text/html"),
        (b"Content-Type:\r\n", ""),
    ],
)
def test_media_type(head: bytes, media_type: str | None) -> None:
    assert read(head).media_type == media_type


@pytest.mark.parametrize(
    ("version", "head", "closes"),
    [
        (b"HTTP/1.1", b"", False),
        (b"HTTP/1.1", b"Connection: CLOSE\r\n", True),
        (b"HTTP/1.1", b"Connection: keep-alive, Close\r\n", True),
        (b"HTTP/1.1", b"Connection: closed\r\n", False),
        (b"HTTP/1.0", b"", True),
        (b"HTTP/1.0", b"Connection: Keep-Alive\r\n", False),
    ],
)
def test_wants_close(version: bytes, head: bytes, closes: bool) -> None:
    assert read(head, version=version).wants_close is closes


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (b"", TEXT),
        (b"identity", TEXT),
        (b"gzip", gzip.compress(TEXT, mtime=0)),
        (b"GZIP", gzip.compress(TEXT, mtime=0)),
        (b"x-gzip", gzip.compress(TEXT, mtime=0)),
        (b"deflate, X-GZIP", gzip.compress(zlib.compress(TEXT), mtime=0)),
        (b"gzip", gzip.compress(TEXT[:50], mtime=0) + gzip.compress(TEXT[50:], mtime=0)),
        (b"deflate", zlib.compress(TEXT)),
        (b"deflate", zlib.compress(TEXT, wbits=-15)),
        (b"deflate, gzip", gzip.compress(zlib.compress(TEXT), mtime=0)),
    ],
)
def test_decoded_body(coding: bytes, body: bytes) -> None:
    response = read(b"Content-Encoding: " + coding + b"\r\n", body)
    assert response.body == body
    assert response.decoded_body() == TEXT
    assert response.decoded_body(max_bytes=len(TEXT)) == TEXT
    names = coding.decode().lower().replace("x-gzip", "gzip")
    assert response.content_coding == tuple(names.split(", ") if names else ())


def test_a_missing_body_is_not_decoded() -> None:
    assert read(b"Content-Encoding: gzip\r\n").decoded_body() == b""


def test_what_was_sent_is_kept() -> None:
    response = read(b"A: b\r\n", b"hi")
    assert response.head == b"HTTP/1.1 200 OK\r\nA: b\r\nContent-Length: 2\r\n\r\n"
    assert response.raw == response.head + b"hi"
    assert response.framing is Framing.LENGTH


@pytest.mark.parametrize("tail", [b"", b"z"])
def test_the_work_of_decoding_grows_as_the_body_does(
    monkeypatch: pytest.MonkeyPatch, tail: bytes
) -> None:
    """Many small streams, and garbage behind them: what zlib is given and hands back is counted."""

    def work(members: int) -> int:
        counted = 0

        class Counting:
            def __init__(self, wbits: int) -> None:
                self._inflater = zlib.decompressobj(wbits)

            def decompress(self, data: bytes, most: int) -> bytes:
                nonlocal counted
                found = self._inflater.decompress(data, most)
                counted += len(data) + len(found) + len(self._inflater.unused_data)
                return found

            def __getattr__(self, name: str) -> object:
                return getattr(self._inflater, name)

        with monkeypatch.context() as patched:
            patched.setattr(
                decoding, "zlib", SimpleNamespace(decompressobj=Counting, error=zlib.error)
            )
            response = read(
                b"Content-Encoding: gzip\r\n", gzip.compress(b"a", mtime=0) * members + tail
            )
            with suppress(Malformed):
                assert response.decoded_body() == b"a" * members
        return counted

    assert 0 < work(8000) < 2.2 * work(4000)
