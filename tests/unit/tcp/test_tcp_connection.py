"""Lines and bytes over TCP: what is read, and what is said when none come."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.check.transcript import Direction, Entry
from grader.tcp import expect
from grader.tcp.by_hand import by_hand
from grader.tcp.connection import LONGEST, TcpConnection
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def connected(handler: str, place: Path, **budgets: float) -> Iterator[TcpConnection]:
    """A connection to a server with this handler."""
    with serving(handler, place, **budgets) as scene:
        connection = TcpConnection(scene.server, scene.budgets, scene.transcript)
        try:
            yield connection
        finally:
            connection.close()


def failure_of(handler: str, place: Path, **budgets: float) -> Failure:
    """What a line that is asked comes to."""
    with connected(handler, place, **budgets) as connection:
        with pytest.raises(Failure) as caught:
            connection.ask("PING")
        return caught.value


def test_lines_bytes_and_the_end_are_read_in_turn(tmp_path: Path) -> None:
    handler = "client.recv(9); client.sendall(b'one\\ntwo\\r\\n12345678rest'); client.close()"
    with connected(handler, tmp_path) as connection:
        assert connection.ask("GO") == b"one\n"
        assert connection.read_line() == b"two\r\n"
        assert connection.read_exactly(8) == b"12345678"
        assert connection.read_until_close() == b"rest"
        assert connection.rest == b""
        expect.closes(connection)


def test_a_line_in_pieces_is_one_line(tmp_path: Path) -> None:
    handler = "[client.send(bytes([byte])) for byte in b'PONG' + client.recv(9)[4:]]"
    with connected(handler, tmp_path) as connection:
        expect.line(connection.ask("PING"), "PONG")
        expect.stays_open(connection)


@pytest.mark.parametrize(
    ("handler", "kind", "words"),
    [
        ("client.recv(9); rest()", Kind.SILENCE, "your server read the whole request"),
        ("rest()", Kind.SILENCE, "5 bytes"),
        ("client.recv(9); client.close()", Kind.CLOSED, "closed the connection without an answer"),
        ("client.recv(9); client.send(b'PO'); rest()", Kind.INCOMPLETE, "2 bytes of a line came"),
        (
            "client.recv(9); client.send(b'PO'); client.close()",
            Kind.INCOMPLETE,
            "closed the connection in the middle of an answer: 2 bytes of a line came",
        ),
        ("client.recv(9); os._exit(3)", Kind.EXIT, "exit status 3 while handling this request"),
        ("client.recv(9); client.sendall(b'x' * (3 << 20))", Kind.MALFORMED, "has no end after"),
    ],
)
def test_why_no_line_comes(handler: str, kind: Kind, words: str, tmp_path: Path) -> None:
    failure = failure_of(handler, tmp_path)
    said = f"{failure.summary} {failure.expected} {failure.actual!r} {failure.hint}"

    assert (failure.kind, words in failure.summary) == (kind, True), failure.summary
    assert failure.hint
    assert not [word for word in ("HTTP", "header", "Content-", "status line") if word in said]


def test_an_endless_answer_is_bounded(tmp_path: Path) -> None:
    with connected("client.recv(9); client.sendall(b'x' * (3 << 20))", tmp_path) as connection:
        connection.send_line("GO")
        with pytest.raises(Failure, match="has no end after"):
            connection.read_line()
        assert LONGEST < len(connection.rest) < 2 * LONGEST


@pytest.mark.parametrize(
    ("sent", "act", "missing"),
    [
        (b"1234", lambda connection: connection.read_exactly(6), "2 bytes"),
        (b"1234", TcpConnection.read_until_close, "the end of the connection"),
        (b"1234", TcpConnection.read_line, "the end of the line"),
    ],
)
def test_what_is_missing_of_half_an_answer(
    sent: bytes, act: object, missing: str, tmp_path: Path
) -> None:
    assert callable(act)
    with connected(f"client.send({sent!r}); rest()", tmp_path) as connection:
        with pytest.raises(Failure) as caught:
            act(connection)
        assert (caught.value.kind, caught.value.expected) == (Kind.INCOMPLETE, missing)
        assert caught.value.actual == sent


def test_the_first_wrong_byte_of_a_line_is_marked() -> None:
    expect.line(b"PONG\n", "PONG")
    with pytest.raises(Failure, match="differs at byte 4") as caught:
        expect.line(b"PONG\r\n", "PONG")
    assert (caught.value.kind, caught.value.offset) == (Kind.MISMATCH, 4)


def test_more_than_the_answer_is_told(tmp_path: Path) -> None:
    with connected("client.recv(9); client.send(b'PONG\\nPONG\\n')", tmp_path) as connection:
        connection.ask("PING")
        with pytest.raises(Failure, match="More came"):
            expect.no_more(connection)


def test_a_connection_that_stays_open_or_closes(tmp_path: Path) -> None:
    with (
        connected("pass", tmp_path, close=0.05) as connection,
        pytest.raises(Failure, match="still open"),
    ):
        expect.closes(connection)
    with (
        connected("client.close()", tmp_path) as connection,
        pytest.raises(Failure, match="Your server closed the connection"),
    ):
        expect.stays_open(connection)


ECHO = "while data := client.recv(65536): client.sendall(data)"


def test_much_is_sent_and_read_at_the_same_time(tmp_path: Path) -> None:
    data = bytes(range(256)) * 4096
    with connected(ECHO, tmp_path) as connection:
        assert connection.exchange(data) == data


def test_what_comes_changed_is_told_by_what_became_of_it(tmp_path: Path) -> None:
    with connected("client.sendall(client.recv(65536).rstrip()); rest()", tmp_path) as connection:
        connection.send(b"fig\n")
        with pytest.raises(Failure) as caught:
            expect.echoed(connection, b"fig\n")
    assert caught.value.summary == "White space is missing at the end: send back every byte."


def test_a_server_that_stops_reading_takes_only_a_part(tmp_path: Path) -> None:
    with connected("rest()", tmp_path) as connection:
        poured = connection.pour(256 << 20)
    assert 0 < poured < 256 << 20


def test_a_server_that_reads_on_takes_all(tmp_path: Path) -> None:
    with connected("while client.recv(65536): pass", tmp_path) as connection:
        assert connection.pour(32 << 20) >= 32 << 20


def test_the_end_of_our_half_comes_with_the_last_bytes(tmp_path: Path) -> None:
    handler = "data = client.recv(65536); client.sendall(data + client.recv(10)); client.close()"
    with connected(handler, tmp_path) as connection:
        connection.send_and_end(b"x" * 100)
        assert connection.read_until_close() == b"x" * 100


def test_a_flood_is_written_in_few_words_and_in_a_thread() -> None:
    sent = Entry(1, Direction.SENT, 0.0, b"x" * 64, left_out=1 << 40)
    command = by_hand(Kind.SILENCE, [Entry(1, Direction.OPENED, 0.0), sent], 4221)
    assert command is not None
    assert len(command) < 500
    assert "import socket, threading, time" in command
