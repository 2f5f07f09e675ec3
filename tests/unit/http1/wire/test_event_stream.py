"""Streams of events, read as a browser reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.http1.wire.event_stream import Event, EventReader


def read(data: bytes, piece: int = 1 << 20) -> list[Event]:
    reader, found = EventReader(), []
    for start in range(0, len(data), piece):
        reader.feed(data[start : start + piece])
        while (event := reader.event()) is not None:
            found.append(event)
    return found


@pytest.mark.parametrize(
    ("data", "events"),
    [
        (b"data: one\n\n", [Event("one")]),
        (b"data:one\n\n", [Event("one")]),
        (b"data:  one\n\n", [Event(" one")]),
        (b"data: one\ndata\ndata:\ndata: two\n\n", [Event("one\n\n\ntwo")]),
        (b"data: one\r\n\r\ndata: two\r\rdata: three\n\n", [*map(Event, ("one", "two", "three"))]),
        (b": comment\n\n: another\ndata: x\n\n", [Event("x")]),
        (b"event: post\ndata: x\n\ndata: y\n\n", [Event("x", "post"), Event("y")]),
        (b"event: post\n\ndata: y\n\n", [Event("y")]),
        (b"id: 1\nretry: 5\nother: x\nnothing\ndata: x\n\n", [Event("x")]),
        (b"data\n\n", [Event("")]),
        (b"data: one\n", []),
        (b"Data: one\n\n", []),
        (b" data: one\n\n", []),
        ("\N{BYTE ORDER MARK}data: ü\n\n".encode(), [Event("ü")]),
        (b"data: one\r\r", [Event("one")]),
    ],
)
def test_it_is_read_as_the_standard_says(data: bytes, events: list[Event]) -> None:
    assert read(data) == events
    assert read(data, 1) == events


@given(
    st.lists(st.text(alphabet="ab: ü", max_size=9), min_size=1, max_size=5),
    st.sampled_from([b"\n", b"\r\n", b"\r"]),
    st.integers(min_value=1, max_value=7),
)
def test_lines_come_back_however_they_are_cut(lines: list[str], end: bytes, piece: int) -> None:
    data = b"".join(b"data: " + line.encode() + end for line in lines) + end

    assert read(data + data, piece) == [Event("\n".join(lines))] * 2


def test_what_is_no_event_is_kept_to_tell_of_it() -> None:
    reader = EventReader()
    reader.feed(b": comment\nhello\n\n")
    assert (reader.event(), reader.without_data, reader.has_data) == (None, (b"hello",), False)

    reader.feed(b"data: caf\xe9\n")
    assert (reader.event(), reader.lines, reader.has_data) == (None, (b"data: caf\xe9",), True)
    assert reader.not_utf8 == b"data: caf\xe9"
