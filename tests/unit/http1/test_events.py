"""A client of a stream of events: what it gets, and what is said when nothing comes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure, Kind
from grader.http1 import expect
from grader.http1.events import EventStream
from tests.unit.tiny_servers import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BEGINS = "head(client); client.sendall(b'HTTP/1.1 200 X\\r\\nContent-Type: text/event-stream\\r\\n"
OPEN = BEGINS + "\\r\\n'); client.recv(1); "
CHUNKED = BEGINS + "Transfer-Encoding: chunked\\r\\n\\r\\n'); client.recv(1); "


@contextmanager
def subscribed(handler: str, place: Path) -> Iterator[EventStream]:
    """A stream whose server goes on once it has got a byte more."""
    with serving(handler, place) as scene:
        stream = EventStream(scene.server, scene.budgets, scene.transcript)
        try:
            stream.send(b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n")
            stream.until_it_rests()
            stream.send(b"x")
            yield stream
        finally:
            stream.close()


@pytest.mark.parametrize(
    "handler",
    [
        OPEN + "client.sendall(b'data: one\\ndata: two\\n\\ndata: next\\n\\n'); rest()",
        OPEN + "client.sendall(b'data: one\\ndata: two\\n\\ndata: next\\n\\n'); client.close()",
        CHUNKED
        + "client.sendall(b'5\\r\\ndata:\\r\\n1c\\r\\n one\\ndata: two\\n\\ndata: next\\n\\n');"
        " rest()",
        OPEN
        + "[client.send(bytes([it])) for it in b'data: one\\ndata: two\\n\\ndata: next\\n\\n'];"
        " rest()",
    ],
)
def test_events_come_as_they_are_sent(handler: str, tmp_path: Path) -> None:
    with subscribed(handler, tmp_path) as stream:
        expect.event(stream, "one\ntwo")
        expect.event(stream, "next")
        assert stream.earlier == ["one\ntwo", "next"]


@pytest.mark.parametrize(
    ("handler", "kind", "words"),
    [
        (OPEN + "rest()", Kind.SILENCE, "No event came after the POST"),
        (OPEN + "client.sendall(b'data: one\\n'); rest()", Kind.INCOMPLETE, "1 line came, and no"),
        (OPEN + "client.sendall(b'one\\n\\n'); rest()", Kind.MISMATCH, "What came has no data"),
        (OPEN + "client.sendall(b'data: o\\xff\\n\\n'); rest()", Kind.MISMATCH, "not valid UTF-8"),
        (OPEN + "client.close()", Kind.CLOSED, "Your server closed the stream before an event"),
        (CHUNKED + "client.sendall(b'0\\r\\n\\r\\n'); rest()", Kind.CLOSED, "with its last chunk"),
        (BEGINS + "Content-Length: 0\\r\\n\\r\\n'); rest()", Kind.CLOSED, "as its Content-Length"),
        (OPEN + "os._exit(3)", Kind.EXIT, "exit status 3"),
        ("head(client); answer(client, b'', 404); rest()", Kind.MISMATCH, "status is 404, not 200"),
        ("head(client); answer(client); rest()", Kind.MISMATCH, "expected text/event-stream"),
        ("head(client); rest()", Kind.SILENCE, "No answer"),
        ("head(client); client.close()", Kind.CLOSED, "without an answer"),
    ],
)
def test_why_no_event_comes(handler: str, kind: Kind, words: str, tmp_path: Path) -> None:
    with subscribed(handler, tmp_path) as stream, pytest.raises(Failure) as caught:
        expect.event(stream, "one")

    assert (caught.value.kind, words in caught.value.summary) == (kind, True), caught.value.summary


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("data: one\n\ntwo\n\n", "no data: is before the others"),
        ("data: one\n\ndata: two\n\n", "a separate event"),
        ("data: one two\n\n", "became blanks"),
        ("data: onetwo\n\n", "line ends of the text are missing"),
        ("data: one\\ntwo\n\n", "a backslash and an n"),
        ('data: "one\\ntwo"\n\n', "came as JSON"),
        ("data: on\n\n", "Only the first 2 of 7 characters"),
        ("data: something\n\n", "other data than was posted"),
    ],
)
def test_what_became_of_a_text_is_said(sent: str, words: str, tmp_path: Path) -> None:
    handler = f"{OPEN}client.sendall({sent.encode()!r}); rest()"
    with subscribed(handler, tmp_path) as stream, pytest.raises(Failure) as caught:
        expect.event(stream, "one\ntwo")

    assert words in caught.value.summary


def test_an_empty_line_that_ended_the_event_is_said(tmp_path: Path) -> None:
    handler = f"{OPEN}client.sendall(b'data: one\\n\\ndata two\\n\\n'); rest()"
    with (
        subscribed(handler, tmp_path) as stream,
        pytest.raises(Failure, match="The empty line in the text ended the event"),
    ):
        expect.event(stream, "one\n\ntwo")


def test_fields_of_the_text_and_an_earlier_event_are_said(tmp_path: Path) -> None:
    again = "data: one\\n\\ndata: one\\n\\ndata: one\\ndata: two\\n\\n"
    with subscribed(f"{OPEN}client.sendall(b'{again}'); rest()", tmp_path) as stream:
        expect.event(stream, "one")
        with pytest.raises(Failure, match="An earlier event came once more"):
            expect.event(stream, "two")
        with pytest.raises(Failure, match="were taken for fields"):
            expect.event(stream, "one\ndata: two\nid: 3")


def test_a_type_is_said(tmp_path: Path) -> None:
    handler = f"{OPEN}client.sendall(b'event: post\\ndata: one\\n\\ndata: one\\n\\n'); rest()"
    with subscribed(handler, tmp_path) as stream:
        with pytest.raises(Failure, match="The event has the type post"):
            expect.plain_type(stream)
        expect.plain_type(stream)


def test_how_many_got_the_event_is_said(tmp_path: Path) -> None:
    gets = f"{OPEN}client.sendall(b'data: one\\n\\n'); rest()"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with (
        subscribed(OPEN + "rest()", tmp_path / "a") as one,
        subscribed(gets, tmp_path / "b") as two,
        pytest.raises(Failure) as caught,
    ):
        expect.event_for_all((one, two), "one")

    assert caught.value.summary == "Only 1 of 2 subscribers got the event."
