"""What a server must not take in: judged by its answer, by its silence, by its end, and by how much
it swallows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from grader.http1.connection import Connection
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

ERROR = "answer(client, b'', 413, 'Connection: close')"
RESET = "client.setsockopt(1, 13, bytes([1, 0, 0, 0, 0, 0, 0, 0])); client.close()"
MOST = 4 << 20
SWALLOWS = "[None for _ in iter(lambda: client.recv(65536), b'')]"
Judge = Callable[[Connection], object]


def judged(
    handler: str, place: Path, judge: Judge, request: bytes = b"POST / HTTP/1.1\r\n\r\n"
) -> object:
    """What a judgement gives back of a server that was sent this, or the failure that it raises."""
    with serving(handler, place) as snapshot:
        connection = snapshot.connect()
        connection.send(request)
        try:
            return judge(connection)
        except Failure as failure:
            return failure


def refused_or_closed(connection: Connection) -> object:
    return expect.refused_or_closed(connection, 413, hint="taught")


def refused_with(connection: Connection) -> object:
    return expect.refused_with(connection, 413, hint="taught")


def refused_midway(connection: Connection) -> object:
    pieces = repeat(bytes(65536))
    return expect.refused_midway(
        connection, pieces, 414, 431, most=MOST, what="a line", hint="taught"
    )


def second_answer(connection: Connection) -> object:
    connection.read("POST")
    return expect.no_second_answer(connection, "the body", "taught")


@pytest.mark.parametrize(
    ("judge", "handler"),
    [
        (refused_or_closed, f"head(client); {ERROR}; rest()"),
        (refused_or_closed, f"head(client); {ERROR}; {RESET}"),
        (refused_or_closed, "head(client); answer(client, b'', 500); rest()"),
        (refused_or_closed, "head(client); client.close()"),
        (refused_or_closed, "head(client); sum(range(10**7)); client.close()"),
        (refused_or_closed, "head(client); time.sleep(0.05); client.close()"),
        (refused_or_closed, f"head(client); {RESET}"),
        (refused_with, f"head(client); {ERROR}; rest()"),
        (refused_midway, f"head(client); {ERROR}; rest()"),
        (refused_midway, "head(client); answer(client, b'', 408, 'Connection: close'); rest()"),
        (refused_or_closed, "head(client); answer(client, b'', 408); rest()"),
        (refused_midway, f"head(client); {ERROR}; client.close()"),
        (refused_midway, f"head(client); client.recv(65536); {ERROR}; {SWALLOWS}"),
        (
            refused_midway,
            f"head(client); client.sendall(b'HTTP/1.1 103 X\\r\\n\\r\\n'); {ERROR}; {SWALLOWS}",
        ),
        (refused_midway, "head(client); client.recv(65536); client.close()"),
        (second_answer, f"head(client); {ERROR}; client.close()"),
        (second_answer, f"head(client); {ERROR}; {RESET}"),
        (second_answer, f"head(client); {ERROR}; rest()"),
    ],
)
def test_a_refusal_is_right(tmp_path: Path, judge: Judge, handler: str) -> None:
    found = judged(handler, tmp_path, judge)
    assert not isinstance(found, Failure), found.summary


@pytest.mark.parametrize(
    ("judge", "handler", "kind", "words"),
    [
        (
            refused_or_closed,
            "head(client); answer(client); rest()",
            Kind.MISMATCH,
            "The status is 200, but this request must be rejected (4xx or 5xx).",
        ),
        (refused_or_closed, "head(client); client.recv(1)", Kind.SILENCE, "No answer"),
        (refused_or_closed, "head(client); os._exit(3)", Kind.EXIT, "exit status 3"),
        (
            refused_or_closed,
            "head(client); client.sendall(b'HTTP/1.1 413'); client.close()",
            Kind.MALFORMED,
            "",
        ),
        (
            refused_with,
            "head(client); answer(client, b'', 400); rest()",
            Kind.MISMATCH,
            "The status is 400, not 413.",
        ),
        (
            refused_with,
            "head(client); client.close()",
            Kind.CLOSED,
            "closed the connection without an answer",
        ),
        (
            refused_midway,
            f"head(client); {SWALLOWS}",
            Kind.RESOURCE,
            "Your server read 4 MiB of a line without rejecting the request.",
        ),
        (refused_midway, "head(client); rest()", Kind.SILENCE, "Your server stopped reading"),
        (
            second_answer,
            f"head(client); {ERROR}; {ERROR}; rest()",
            Kind.MISMATCH,
            "A second answer came: your server read the body as the next request.",
        ),
    ],
)
def test_what_is_no_refusal(
    tmp_path: Path, judge: Judge, handler: str, kind: Kind, words: str
) -> None:
    found = judged(handler, tmp_path, judge)
    assert isinstance(found, Failure)
    assert found.kind is kind, found.summary
    assert words in found.summary
    assert (
        found.hint == "taught"
        or kind in (Kind.EXIT, Kind.MALFORMED, Kind.CLOSED, Kind.SILENCE)
        or "not 413" in words
    )


def test_what_lies_in_the_kernel_has_not_been_taken_in(tmp_path: Path) -> None:
    """A server that has read nothing is never said to have swallowed what fits into the buffers."""
    with serving(
        "head(client); client.recv(1000); client.recv(1, 2); rest()", tmp_path
    ) as snapshot:
        connection = snapshot.connect()
        connection.send(b"GET / HTTP/1.1\r\n\r\n")
        connection.until_read()
        connection.send(bytes(101_000))
        connection.something_comes()
        assert connection.under_way >= 100_000


@pytest.mark.parametrize(
    ("handler", "answer"),
    [
        ("head(client); client.sendall(b'HTTP/1.1 100 Continue\\r\\n\\r\\n'); rest()", True),
        (
            (
                "head(client); client.sendall("
                "b'HTTP/1.1 103 X\\r\\n\\r\\nHTTP/1.1 100 X\\r\\nA: b\\r\\n\\r\\n'); rest()"
            ),
            True,
        ),
        (f"head(client); {ERROR}; rest()", False),
        (
            (
                "head(client); client.sendall(b'HTTP/1.1 103 X\\r\\n\\r\\n'); answer(client, b'',"
                " 417); rest()"
            ),
            False,
        ),
        ("head(client); client.close()", False),
    ],
)
def test_a_client_that_waits_is_told(tmp_path: Path, handler: str, answer: bool) -> None:
    assert judged(handler, tmp_path, expect.invited) is answer


@pytest.mark.parametrize("end", [r"\r\n", r"\n\n", ""])
@pytest.mark.parametrize("before", ["", r"HTTP/1.1 103 X\r\n\r\n"])
def test_a_client_that_is_half_invited(tmp_path: Path, before: str, end: str) -> None:
    said = f"client.sendall(b'{before}HTTP/1.1 100 Continue{end}')"
    found = judged(f"head(client); {said}; client.recv(1)", tmp_path, expect.invited)
    assert isinstance(found, Failure)
    assert found.kind is Kind.INCOMPLETE
    assert "the empty line that ends it" in found.summary
    assert "waits for 100" not in found.summary


@pytest.mark.parametrize("said", ["", "client.sendall(b'HTTP/1.1 103 Continue\\r\\n'); "])
def test_a_client_that_waits_in_vain(tmp_path: Path, said: str) -> None:
    found = judged(f"head(client); {said}client.recv(1)", tmp_path, expect.invited)
    assert isinstance(found, Failure)
    assert found.kind is Kind.SILENCE
    assert "the client waits for 100 (Continue)" in found.summary
