"""A server that waits for the body of an earlier request is found by sending it one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure
from grader.check.transcript import Direction, Entry
from grader.http1.earlier_length import earlier_length
from grader.net.tries import Habits, Try
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\ncontent-length: 7\r\n\r\nabcdefg"


def sent(*requests: bytes) -> list[Entry]:
    return [Entry(number, Direction.SENT, 0.0, data) for number, data in enumerate(requests)]


@pytest.mark.parametrize(
    ("requests", "length"),
    [
        ((POST, GET), 7),
        ((POST.replace(b"7", b"12", 1), POST, GET), 7),
        ((POST, POST.replace(b"7", b"0", 1), GET), 7),
        ((POST[:-3], GET), 7),
        ((GET, GET), 0),
        ((POST, POST), 0),
        ((POST.replace(b"7", b"1", 1), GET), 0),
        ((POST.replace(b"7", b"999999", 1), GET), 0),
        ((POST, GET.replace(b"Host: a", b"Transfer-Encoding: chunked")), 0),
        ((POST, GET[:-2]), 0),
    ],
)
def test_how_long_the_body_of_an_earlier_request_was(
    requests: tuple[bytes, ...], length: int
) -> None:
    assert earlier_length(sent(*requests), requests[-1]) == length


@pytest.mark.parametrize(("count", "found"), [(7, True), (6, False), (8, False), (1, False)])
def test_it_answers_with_the_last_byte_and_not_before(
    count: int, found: bool, tmp_path: Path
) -> None:
    handler = f"""
data = head(client)
for _ in range(0 if data.startswith(b"POST") else {count}): client.recv(1)
answer(client)
"""
    with serving(handler, tmp_path, loop=CONCURRENT) as scene:
        habits = Habits()
        scene.asked(POST).read("POST")
        first = scene.asked(GET)
        first.attempt = Try(habits, first=True)
        with pytest.raises(Failure, match="waits for more"):
            first.read()
        assert habits.keeps_lengths == found
        last = scene.asked(GET)
        last.attempt = Try(habits)
        with pytest.raises(Failure) as failed:
            last.read()
        said = "your server waits for 7 more bytes, the Content-Length of an earlier request."
        assert (said in failed.value.summary) == bool(failed.value.cause) == found


CONCURRENT = """
while True:
    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()
"""
