"""Python's requests as a client of checks: what it sends, and that its own faults are nobody
else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from tests.unit.tiny_servers import Scene, serving

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "Content-Length: 2\\r\\n\\r\\nok"
CHUNKED = "Transfer-Encoding: chunked"
INTERIM = "HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\n"


def _sends(*pieces: str) -> str:
    """A handler that answers each request on its connection with these pieces, with a pause between
    them."""
    sends = "; time.sleep(0.05); ".join(f'client.sendall(b"{piece}")' for piece in pieces)
    return f"client.setsockopt(6, 1, 1)\nwhile head(client):\n    {sends}"


def _get(snapshot: Scene, times: int = 2) -> None:
    session = snapshot.session(answer=5)
    with session.requests_client() as client:
        for _ in range(times):
            expect.text_of(client.get("http://localhost/"), "ok")
    assert session.connection_count == 1, "one connection does for all"


@pytest.mark.parametrize(
    "pieces",
    [
        [f"HTTP/1.1 200 OK\\r\\n{PLAIN}"],
        [f"HTTP/1.1 200 \\r\\n{PLAIN.lower()}"],
        [f"HTTP/1.1 200\\r\\n{PLAIN}"],
        [f"HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n{PLAIN}"],
        [f"{INTERIM}HTTP/1.1 200 OK\\r\\n{PLAIN}"],
        [f"{INTERIM}{INTERIM}HTTP/1.1 200 OK\\r\\n{PLAIN}"],
        [INTERIM, f"HTTP/1.1 200 OK\\r\\n{PLAIN}"],
        [INTERIM, "HTTP/1.1 200 OK\\r\\n", PLAIN],
        [f"HTTP/1.1 102 \\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n{PLAIN}"],
        ["HTTP/1.1 102 \\r\\n\\r\\n", f"HTTP/1.1 103 \\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n{PLAIN}"],
        ["HTTP/1.1 200 OK\\r\\n" + "X: 1\\r\\n" * 150 + PLAIN],
        ["HTTP/1.1 200 OK\\r\\n" + "X: 1\\r\\n" * 2000 + PLAIN],
        ["HTTP/1.1 200 OK\\r\\n" + "X: 1\\r\\n" * 150, PLAIN],
        ["HTTP/1.1 200 OK\\r\\nX: " + "x" * 70_000 + "\\r\\n" + PLAIN],
        [f"HTTP/1.1 200 OK\\r\\n{CHUNKED}\\r\\n\\r\\n"
         "1;a=b\\r\\no\\r\\n1\\r\\nk\\r\\n0\\r\\nA: b\\r\\n\\r\\n"],
        [f"HTTP/1.1 200 OK\\r\\n{CHUNKED} \\r\\n\\r\\n2\\r\\nok\\r\\n0\\r\\n\\r\\n"],
        [f"HTTP/1.1 200 OK\\r\\nX: {'é' * 9}\\r\\n{PLAIN}"],
    ],
)  # fmt: skip
def test_what_our_own_reader_understands_is_understood(pieces: list[str], tmp_path: Path) -> None:
    handler = _sends(*(piece.encode("ascii", "backslashreplace").decode() for piece in pieces))
    with serving(handler, tmp_path) as snapshot:
        _get(snapshot)


def test_what_comes_after_an_interim_answer_decides(tmp_path: Path) -> None:
    handler = _sends(f"{INTERIM}HTTP/1.1 404 Not Found\\r\\n{PLAIN}")
    with serving(handler, tmp_path) as snapshot, snapshot.session().requests_client() as client:
        expect.status_of(client.get("http://localhost/"), 404)
        with pytest.raises(Failure, match="got status 404, not 200"):
            expect.text_of(client.get("http://localhost/"), "ok")


@pytest.mark.parametrize(
    ("handler", "kind"),
    [
        (
            _sends("HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\no")
            + "; client.close(); break",
            Kind.MALFORMED,
        ),
        (
            _sends("HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n"),
            Kind.MALFORMED,
        ),
        (
            _sends(
                "HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 2\\r\\n\\r\\nok"
            ),
            Kind.MALFORMED,
        ),
        (_sends("hello\\r\\n\\r\\n"), Kind.MALFORMED),
        (_sends("HTTP/1.1 200 OK\\r\\n\\r\\nok"), Kind.INCOMPLETE),
        (_sends(INTERIM) + "; rest()", Kind.MISMATCH),
        ("head(client); client.close()", Kind.CLOSED),
        ("head(client); rest()", Kind.SILENCE),
    ],
)
def test_what_neither_understands_fails(handler: str, kind: Kind, tmp_path: Path) -> None:
    with serving(handler, tmp_path) as snapshot, pytest.raises(Failure) as caught:
        _get(snapshot, 1)
    assert caught.value.kind is kind, caught.value.summary


def test_an_answer_counts_for_its_own_request_alone(tmp_path: Path) -> None:
    handler = f"head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n{PLAIN}'); head(client); rest()"
    with (
        serving(handler, tmp_path) as snapshot,
        pytest.raises(Failure, match=r"^No answer: ") as caught,
    ):
        _get(snapshot)
    assert caught.value.kind is Kind.SILENCE


@pytest.mark.parametrize("head", ["Connection: close\\r\\n", "X: 1\\r\\n" * 150])
def test_a_client_that_is_done_leaves(head: str, tmp_path: Path) -> None:
    """The next one may be waiting for that, with a server that serves one at a time."""
    handler = f"head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n{head}{PLAIN}'); client.recv(1)"
    with serving(handler, tmp_path) as snapshot:
        session = snapshot.session()
        for _ in range(3):
            with session.requests_client() as client:
                expect.text_of(client.get("http://localhost/"), "ok")


@pytest.mark.parametrize("head", ["", "X: 1\\r\\n" * 150])
def test_a_server_that_closes_without_a_word_is_connected_to_again(
    head: str, tmp_path: Path
) -> None:
    handler = f"head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n{head}{PLAIN}'); client.close()"
    with serving(handler, tmp_path) as snapshot:
        session = snapshot.session()
        with session.requests_client() as client:
            for _ in range(3):
                expect.text_of(client.get("http://localhost/"), "ok")
    assert session.connection_count == 3


def test_head_and_body_are_two_segments_for_whoever_reads_once(tmp_path: Path) -> None:
    handler = "while data := client.recv(9999):\n    answer(client, client.recv(9999))"
    with serving(handler, tmp_path) as snapshot, snapshot.session().requests_client() as client:
        for _ in range(20):
            expect.text_of(client.post("http://localhost/", data="the body"), "the body")


def test_a_server_that_answers_before_the_body_is_heard(tmp_path: Path) -> None:
    handler = "head(client); answer(client); client.close()"
    with serving(handler, tmp_path) as snapshot, snapshot.session().requests_client() as client:
        expect.text_of(client.post("http://localhost/", data="the body"), "ok")


def test_only_what_has_been_taught_is_sent(tmp_path: Path) -> None:
    named = ("User-Agent", "Accept-Encoding", "Connection")
    with serving("answer(client, head(client)); client.close()", tmp_path) as snapshot:
        for without in ((), named[:1], named):
            with snapshot.session().requests_client(without=without) as client:
                sent = client.get("http://localhost/").text
            assert [name for name in named if f"\n{name}: " in sent] == [
                name for name in named if name not in without
            ]
            assert "\nAccept: */*\r\n" in sent
