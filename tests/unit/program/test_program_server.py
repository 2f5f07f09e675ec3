"""Whether a server will be silent for ever: not when somebody else than we can wake it, or TCP
itself does."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux shows what a process waits for"
)

UNSEEN = pytest.mark.xfail(
    strict=True, reason="who is at the other end of a Unix socket is not looked for"
)
FOREIGN = [socket.AF_INET, pytest.param(socket.AF_UNIX, marks=UNSEEN)]


@pytest.mark.parametrize("family", FOREIGN, ids=["TCP", "Unix"])
def test_a_server_that_waits_for_a_program_beside_is_not_given_up(
    family: int, tmp_path: Path
) -> None:
    """A database, another service: nobody knows when it answers."""
    with socket.socket(family) as service:
        service.bind(("127.0.0.1", 0) if family == socket.AF_INET else f"{tmp_path}/service")
        service.listen()
        handler = (
            f"head(client); s = socket.socket({family:d}); s.connect({service.getsockname()!r});"
            " s.recv(1)"
        )
        with serving(handler, tmp_path) as snapshot, pytest.raises(Failure, match=r"within 0\.3 s"):
            snapshot.asked(answer=0.3).read()


@pytest.mark.parametrize(
    "waits",
    [
        "client.recv(1)",
        "held.append(os.pipe()); os.read(held[-1][0], 1)",
        "a, b = socket.socketpair(); a.recv(1)",
        "threading.Event().wait()",
    ],
    ids=["us", "a pipe", "a pair", "an event"],
)
def test_a_server_that_waits_for_us_or_itself_is_given_up(waits: str, tmp_path: Path) -> None:
    with (
        serving(f"head(client); {waits}", tmp_path) as snapshot,
        pytest.raises(Failure, match=r"^No answer: "),
    ):
        snapshot.asked().read()


@pytest.mark.parametrize(
    "waits",
    [
        "client.settimeout(600); client.recv(1)",
        "time.sleep(600)",
        "threading.Event().wait(600)",
        "threading.Thread(target=time.sleep, args=(600,), daemon=True).start(); client.recv(1)",
    ],
    ids=["us", "asleep", "an event", "us, with another thread"],
)
def test_a_server_that_waits_for_longer_than_we_would_is_given_up(
    waits: str, tmp_path: Path
) -> None:
    with (
        serving(f"head(client); {waits}", tmp_path) as snapshot,
        pytest.raises(Failure, match=r"^No answer: "),
    ):
        snapshot.asked(answer=300).read()


@pytest.mark.parametrize("seconds", [0.2, 0.4])
def test_a_server_that_sleeps_less_long_than_we_wait_is_waited_for(
    seconds: float, tmp_path: Path
) -> None:
    """Whoever stops to look finds it asleep each time."""
    handler = f"head(client); time.sleep({seconds}); answer(client)"
    with serving(handler, tmp_path) as snapshot:
        assert snapshot.asked().read().status == 200


def test_bytes_under_way_between_two_of_its_own_sockets_are_waited_for(tmp_path: Path) -> None:
    """TCP itself holds bytes back: 200 ms when corked, 40 ms by Nagle's algorithm and delayed
    acknowledgements."""
    handler = """
    inner = socket.create_server(('127.0.0.1', 0))
    one = socket.create_connection(inner.getsockname()); other, _ = inner.accept()
    def echo():
        while data := other.recv(9):
            other.send(data)
    threading.Thread(target=echo, daemon=True).start()
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    for _ in range(3):
        head(client); one.send(b'x'); answer(client, one.recv(1))
    """
    with serving(handler, tmp_path) as snapshot:
        connection = snapshot.connect()
        for _ in range(3):
            connection.send(b"GET / HTTP/1.1\r\n\r\n")
            assert connection.read().body == b"x"


def test_a_server_counts_who_was_not_accepted(tmp_path: Path) -> None:
    with serving("head(client)", tmp_path) as snapshot:
        first = snapshot.connect()
        first.until_read()
        assert snapshot.server.not_accepted() == 0
        snapshot.connect()
        snapshot.connect()
        assert snapshot.server.not_accepted() == 2
        assert snapshot.server.listening


def test_a_table_that_is_not_seen_whole_leaves_the_budget_to_decide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.program.server.MOST_SOCKETS", 1)
    with (
        serving("head(client); client.recv(1)", tmp_path) as snapshot,
        pytest.raises(Failure, match=r"within 0\.3 s"),
    ):
        snapshot.asked(answer=0.3).read()
