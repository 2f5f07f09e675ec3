"""Whose turn it is: the server's once a whole request has been sent, and nobody's when that is not
certain."""

from __future__ import annotations

import pytest

from grader.http1.wire import are_whole

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST / HTTP/1.1\r\ncontent-length:  5 \r\n\r\nhello"
CHUNKS = b"POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n"
SIZED = CHUNKS + b"5;a=b\r\nhello\r\n00A\r\n0123456789\r\n"


@pytest.mark.parametrize(
    "sent",
    [
        GET,
        POST,
        GET + POST + GET,
        SIZED + b"0\r\n\r\n",
        SIZED + b"0\r\nX-Sum: 1\r\n\r\n",
        CHUNKS + b"0\r\n\r\n",
    ],
)
def test_whole_requests(sent: bytes) -> None:
    assert are_whole(sent)
    assert are_whole(sent + GET)
    assert not any(
        are_whole(sent[:end]) for end in range(len(sent)) if sent[:end] not in (GET, GET + POST)
    )


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        GET.replace(b"\r\n", b"\n"),
        POST.replace(b"5", b"five"),
        POST.replace(b"5", b"+5"),
        POST.replace(b"5", b"5, 5"),
        POST.replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n"),
        POST.replace(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"),
        POST.replace(b"  5", b" 5\nX: y"),
        CHUNKS.replace(b"Chunked", b"gzip, chunked") + b"0\r\n\r\n",
        CHUNKS + b"5\r\nhello0\r\n\r\n",
        CHUNKS + b"zz\r\n",
        CHUNKS + b"0\n\n",
    ],
)
def test_what_is_not_certain(sent: bytes) -> None:
    assert not are_whole(sent)
