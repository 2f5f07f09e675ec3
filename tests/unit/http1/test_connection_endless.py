"""Servers that never stop sending, fast or slowly: every wait for them has an end."""

from __future__ import annotations

import select
from itertools import repeat
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.http1.connection import Connection

DRIP = "time.sleep(0.005)"
INTERIM = "client.sendall(b'HTTP/1.1 102 Processing\\r\\n\\r\\n'"
UNENDED = "client.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\n')"


@pytest.mark.parametrize(
    "flood",
    ["client.sendall(bytes(65536))", f"client.sendall(b'x'); {DRIP}"],
    ids=["a flood", "a drip"],
)
def test_an_end_that_does_not_come(tmp_path: Path, flood: str) -> None:
    with serving(f"head(client); answer(client)\nwhile True: {flood}", tmp_path) as snapshot:
        connection = snapshot.asked()
        connection.read()
        assert not connection.ends_within(0.1)


def test_what_had_come_before_the_time_was_up_is_taken_in(tmp_path: Path) -> None:
    """More than the answer, and the end behind it: both have arrived, and nobody has to wait."""
    with serving(
        "head(client); answer(client); client.sendall(bytes(40_000)); client.close()", tmp_path
    ) as snapshot:
        connection = snapshot.asked()
        poller = select.poll()
        poller.register(connection.fileno(), select.POLLRDHUP)
        assert poller.poll(60_000)
        connection.read()
        assert connection.ends_within(0)


@pytest.mark.parametrize("pause", ["", DRIP], ids=["a flood", "a drip"])
def test_a_server_that_says_it_is_busy_and_does_not_read(tmp_path: Path, pause: str) -> None:
    many = "" if pause else " * 1000"
    handler = f"while True: {INTERIM}{many}); {pause}"
    with (
        serving(handler, tmp_path, message=0.2) as snapshot,
        pytest.raises(Failure, match="reads too slowly") as caught,
    ):
        snapshot.asked(bytes(50 << 20))
    assert caught.value.kind is Kind.SILENCE


def test_a_server_that_reads_slowly(tmp_path: Path) -> None:
    with (
        serving(f"while True: client.recv(65536); {DRIP}", tmp_path, message=0.2) as snapshot,
        pytest.raises(Failure, match=r"in 0\.2 s only \d+ of the request's 52428800 bytes"),
    ):
        snapshot.asked(bytes(50 << 20))


@pytest.mark.parametrize("ends", [True, False])
@pytest.mark.parametrize(
    "head", ["HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n"]
)
def test_a_body_that_drips(tmp_path: Path, head: str, ends: bool) -> None:
    handler = (
        f"head(client); client.sendall({head.encode()!r})\nwhile True: client.sendall(b'x'); {DRIP}"
    )
    with (
        serving(handler, tmp_path, message=0.2) as snapshot,
        pytest.raises(
            Failure, match=r"Timed out after 0\.2 s, while the answer was still arriving"
        ),
    ):
        snapshot.asked().read(ends=ends)


def _no_second_answer(connection: Connection) -> None:
    expect.no_second_answer(connection, "it", "hint")


@pytest.mark.parametrize("judge", [expect.nothing_more, _no_second_answer])
def test_an_answer_without_an_end_that_goes_on(
    tmp_path: Path, judge: Callable[[Connection], None]
) -> None:
    """It is taken for whole when the server has come to rest. What follows belongs to it, so
    nothing is wrong with that, however long it lasts."""
    handler = f"head(client); {UNENDED}; client.recv(1)\nwhile True: client.sendall(bytes(65536))"
    with serving(handler, tmp_path, message=0.2) as snapshot:
        connection = snapshot.asked()
        connection.read(ends=False)
        connection.send(b"x")
        judge(connection)


@pytest.mark.parametrize(
    "said",
    [
        f"{INTERIM} * 1000)",
        f"{INTERIM}); {DRIP}",
        f"client.sendall(b'A'); {DRIP}",
        "client.sendall(b'A' * 65536)",
    ],
)
def test_a_client_that_waits_to_be_invited(tmp_path: Path, said: str) -> None:
    with serving(f"head(client)\nwhile True: {said}", tmp_path, message=0.2) as snapshot:
        connection = snapshot.asked()
        with pytest.raises(Failure, match="waits for 100") as caught:
            expect.invited(connection)
    assert len(caught.value.actual or "") <= 500


def test_a_server_that_swallows_and_says_it_is_busy(tmp_path: Path) -> None:
    handler, pieces = f"while True: client.recv(1); {INTERIM}); {DRIP}", repeat(bytes(1 << 20))
    with (
        serving(handler, tmp_path, message=0.2) as snapshot,
        pytest.raises(Failure, match="reads too slowly"),
    ):
        expect.refused_midway(
            snapshot.connect(), pieces, 414, most=64 << 20, what="a line", hint="hint"
        )
