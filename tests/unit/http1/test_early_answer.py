"""An answer that came before the body had been sent."""

from __future__ import annotations

import pytest

from grader.check.transcript import Direction, Entry
from grader.http1.recognise.early_answer import early_answer

HEAD = b"POST /files/a HTTP/1.1\r\nHost: x\r\ncontent-length: 10\r\n\r\n"
CREATED = b"HTTP/1.1 201 Created\r\n\r\n"


def sent(data: bytes, connection: int = 1) -> Entry:
    return Entry(connection, Direction.SENT, 0.0, data)


def came(data: bytes, connection: int = 1) -> Entry:
    return Entry(connection, Direction.RECEIVED, 0.0, data, by="server")


@pytest.mark.parametrize(
    ("entries", "clause"),
    [
        ([sent(HEAD), came(CREATED), sent(b"x" * 10)],
         "the 201 came before the body: Content-Length says 10 bytes, and none had been sent"),
        ([sent(HEAD), sent(b"abc"), came(b"HTTP/1.1 200 OK\r\n\r\n")],
         "the 200 came before the body: Content-Length says 10 bytes, and only 3 had been sent"),
        ([sent(HEAD, 2), came(CREATED, 2), sent(b"GET / HTTP/1.1\r\n\r\n", 3), came(CREATED, 3)],
         "the 201 came before the body: Content-Length says 10 bytes, and none had been sent"),
        ([sent(HEAD), sent(b"x" * 10), came(CREATED)], ""),
        ([sent(HEAD + b"x" * 10), came(CREATED)], ""),
        ([sent(HEAD), came(b"HTTP/1.1 100 Continue\r\n\r\n"), sent(b"x" * 10), came(CREATED)], ""),
        ([sent(HEAD), came(b"HTTP/1.1 413 Too Large\r\n\r\n")], ""),
        ([sent(HEAD[:-2]), came(CREATED)], ""),
        ([sent(HEAD)], ""),
        ([sent(b"GET / HTTP/1.1\r\n\r\n"), came(CREATED)], ""),
        ([], ""),
    ],
)  # fmt: skip
def test_an_answer_that_came_before_the_body(entries: list[Entry], clause: str) -> None:
    assert early_answer(entries) == clause
