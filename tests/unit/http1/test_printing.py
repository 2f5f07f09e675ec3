"""Long requests in few words: as many bytes, the same lines, whoever sends them."""

from __future__ import annotations

import random
import string
import subprocess

import pytest

from grader.http1.wire import whole_requests
from grader.reproduce.printing import continued, literal, written

LETTERS = (string.ascii_lowercase + string.digits).encode()


def word(size: int, seed: int = 4) -> bytes:
    return bytes(random.Random(seed).choices(LETTERS, k=size))


def post(body: bytes) -> bytes:
    return b"POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


LINES = [b"X-%b: %b\r\n" % (word(10, number), word(180, number)) for number in range(80)]
LONG = {
    "a target": b"GET /echo/%b HTTP/1.1\r\nHost: a\r\n\r\n" % word(5000),
    "a cookie": b"GET / HTTP/1.1\r\nCookie: id=1; note=%b\r\nUser-Agent: me\r\n\r\n" % word(4000),
    "lines": b"GET / HTTP/1.1\r\nHost: a\r\n%bUser-Agent: me\r\n\r\n" % b"".join(LINES),
    "digits": b"POST / HTTP/1.1\r\nContent-Length: %b\r\n\r\n" % (b"9" * 5000),
    "a text": post(word(100_000)),
    "every byte": post(bytes(range(256)) * 4),
    "any bytes": post(random.Random(4).randbytes(100_000)),
    "one chunk": b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2000\r\n%b\r\n0\r\n\r\n"
    % word(0x2000),
}


@pytest.mark.parametrize("name", LONG)
def test_it_is_short_and_of_the_same_size(name: str) -> None:
    request = LONG[name]
    line, text = written(request), literal(request)
    sent = subprocess.run(["sh", "-c", line], capture_output=True, check=True).stdout
    assert sent == eval(text)
    assert len(sent) == len(request)
    assert len(line) <= 520, line
    assert sent.partition(b"\r\n")[0][:18] == request.partition(b"\r\n")[0][:18]
    assert [len(one) for one in whole_requests(sent)] == [
        len(one) for one in whole_requests(request)
    ]
    ends = b"User-Agent: me\r\n\r\n"
    assert sent.endswith(ends) == request.endswith(ends)


def test_bytes_that_are_no_text_stay_such() -> None:
    assert not eval(literal(LONG["any bytes"])).isascii()
    assert eval(literal(LONG["every byte"])) == LONG["every byte"]


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\n\r\n", bytes(range(60))])
def test_what_is_short_is_exact(data: bytes) -> None:
    assert eval(literal(data)) == data
    assert subprocess.run(["sh", "-c", written(data)], capture_output=True).stdout == data


def test_what_was_not_kept_goes_on_as_it_began() -> None:
    lines = b"X-A: 1\r\n" * 1000
    assert continued(b"0\r\n" + lines[:500], 7500) == b"0\r\n" + lines
    assert continued(lines[:500], 0) == lines[:500]
    assert continued(b"X-A: 1\r\nX-B: 2\r\nX-", 3) == b"X-A: 1\r\nX-B: 2\r\nX-xxx"
    assert continued(b"", 2) == b"xx"
