"""The record of a check: everything that fits, the answer whatever was sent before it, and how much
was left out."""

from __future__ import annotations

from grader.check.transcript import Direction, Entry, Transcript, exchanged_lines, served

LIMIT = 64 * 1024


def test_what_fits_is_kept() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    transcript.record(1, Direction.SENT, b"hello")
    transcript.record(1, Direction.CLOSED)
    assert [(entry.data, entry.left_out) for entry in transcript.entries] == [
        (b"hello", 0),
        (b"", 0),
    ]


def test_a_long_request_leaves_room_for_its_answer() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    for _ in range(3):
        transcript.record(1, Direction.SENT, bytes(LIMIT))
    transcript.record(1, Direction.RECEIVED, b"HTTP/1.1 413 X\r\n\r\n")
    sent, received = transcript.entries
    assert received.data == b"HTTP/1.1 413 X\r\n\r\n"
    assert len(sent.data) + sent.left_out == 3 * LIMIT


def test_endless_answers_are_bounded() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    for _ in range(5):
        transcript.record(1, Direction.RECEIVED, bytes(LIMIT), by="server")
    assert sum(len(entry.data) for entry in transcript.entries) == LIMIT
    assert transcript.entries[-1].left_out == 4 * LIMIT


def test_what_is_left_out_elsewhere_makes_no_entry() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    transcript.record(1, Direction.RECEIVED, bytes(LIMIT))
    transcript.record(2, Direction.RECEIVED, b"more")
    assert [entry.left_out for entry in transcript.entries] == [0]


def test_endless_answers_that_come_byte_by_byte_are_bounded() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    for _ in range(2 * LIMIT):
        transcript.record(1, Direction.RECEIVED, b"x", by="server")
    kept = sum(len(entry.data) for entry in transcript.entries)
    assert 500 < kept == len(transcript.entries) <= 4096
    assert kept + transcript.entries[-1].left_out == 2 * LIMIT


def test_a_request_sent_byte_by_byte_leaves_room_for_its_answer() -> None:
    transcript = Transcript(lambda: 0.0, limit=LIMIT)
    for _ in range(LIMIT):
        transcript.record(1, Direction.SENT, b"x")
    transcript.record(1, Direction.RECEIVED, b"HTTP/1.1 200 OK\r\n\r\n")
    assert transcript.entries[-1].data == b"HTTP/1.1 200 OK\r\n\r\n"


def test_what_is_kept_does_not_depend_on_the_pieces() -> None:
    kept = []
    for size in (1000, 4096, LIMIT):
        transcript = Transcript(lambda: 0.0, limit=LIMIT)
        for _ in range(0, 3 * LIMIT, size):
            transcript.record(1, Direction.RECEIVED, b"x" * size, by="server")
        kept.append(b"".join(entry.data for entry in transcript.entries))
    assert kept[0] == kept[1] == kept[2] == b"x" * LIMIT


def _entry(connection: int, direction: Direction, data: bytes = b"") -> Entry:
    return Entry(connection, direction, 0.0, data)


def test_how_many_clients_were_served() -> None:
    entries = [
        _entry(1, Direction.OPENED), _entry(1, Direction.SENT, b"a"), _entry(2, Direction.OPENED),
        _entry(3, Direction.SENT, b"a"), _entry(3, Direction.SENT, b"b"),
        _entry(3, Direction.RECEIVED, b"c"), _entry(4, Direction.RECEIVED, b"d"),
    ]  # fmt: skip
    assert served(entries) == (1, 2)
    assert served([]) == (0, 0)


def test_the_lines_of_an_exchange() -> None:
    entries = [
        _entry(1, Direction.SENT, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
        _entry(1, Direction.RECEIVED, b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n\xff"),
    ]
    assert [*exchanged_lines(entries)] == ["GET / HTTP/1.1", "Host: a", "", "HTTP/1.1 200 OK"]
