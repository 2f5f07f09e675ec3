"""The pictures of the HTML report: lanes say what the transcript says, stand to scale, and are
bounded."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.check.transcript import Direction, Entry
from grader.reporters.html_report.drawing import (
    MINIATURE_LANES,
    MOST_LANES,
    MOST_TICKS,
    drawn,
    miniature,
)
from grader.reporters.html_report.lanes import MOST_BURSTS, Timeline, timeline_of
from grader.reporters.html_report.overview import MOST_EVENTS, MOST_LINES, events, overview
from grader.reporters.html_report.times import moment, said
from tests.unit.strategies import of_fields

OPENED, SENT, RECEIVED, _, CLOSED, RESET, _ = Direction
REQUEST, ANSWER = b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"


def seen(*entries: Entry) -> Timeline:
    timeline = timeline_of(entries)
    assert timeline is not None
    return timeline


def trip(number: int, at: float) -> list[Entry]:
    """A round trip that takes a second."""
    return [Entry(number, SENT, at, REQUEST), Entry(number, RECEIVED, at + 1, ANSWER, "server")]


def one_by_one(count: int) -> list[Entry]:
    """So many connections, each for two seconds, with nothing on them."""
    return [
        Entry(n, how, 2 * n + (how is CLOSED))
        for n in range(1, count + 1)
        for how in (OPENED, CLOSED)
    ]


SILENT_CLIENTS = (
    Entry(1, OPENED, 0.0),
    Entry(2, OPENED, 1.0),
    Entry(3, OPENED, 2.0),
    Entry(3, SENT, 3.0, REQUEST),
    *(Entry(number, CLOSED, 10.0) for number in (3, 2, 1)),
)
KEPT_ALIVE = (Entry(1, OPENED, 0.0), *trip(1, 1), *trip(1, 3), *trip(1, 5), Entry(1, CLOSED, 10.0))


def test_nothing_is_no_timeline() -> None:
    assert timeline_of(()) is None


def test_silent_clients_are_parallel_lanes_and_one_that_waits_in_vain() -> None:
    timeline = seen(*SILENT_CLIENTS)
    assert [(lane.number, lane.silent, lane.round_trips) for lane in timeline.lanes] == [
        (1, True, 0), (2, True, 0), (3, False, 0)
    ]  # fmt: skip
    assert timeline.at_once == 3
    (wait,) = timeline.lanes[2].waits
    assert (wait.from_s, wait.until_s, wait.answered) == (3.0, 10.0, False)
    assert (
        overview(timeline)
        == "3 connections, all open at once; 2 of them silent; #3 waited 7.0 s and got no answer;"
        " in 10.0 s."
    )


def test_keep_alive_is_one_lane_with_several_round_trips() -> None:
    timeline = seen(*KEPT_ALIVE)
    (lane,) = timeline.lanes
    assert [(wait.from_s, wait.until_s, wait.answered) for wait in lane.waits] == [
        (1, 2, True),
        (3, 4, True),
        (5, 6, True),
    ]
    assert overview(timeline) == "1 connection; 3 round trips on it; in 10.0 s."


def test_what_came_in_a_row_is_one_burst() -> None:
    pieces = [Entry(1, RECEIVED, 2.0 + n, b"ab", "server", left_out=n) for n in range(3)]
    (lane,) = seen(Entry(1, OPENED, 0.0), Entry(1, SENT, 1.0, b"x"), *pieces).lanes
    burst = lane.bursts[1]
    assert (burst.first_s, burst.last_s, burst.size, burst.pieces) == (2.0, 4.0, 9, 3)
    assert lane.waits[0].until_s == 2.0


@pytest.mark.parametrize(
    ("last", "end", "says"),
    [
        ((CLOSED, "server"), "closed server", "closed by the server; "),
        ((RESET, "server"), "reset server", "reset by the server; "),
        ((CLOSED, "grader"), "closed grader", ""),
        ((RESET, "grader"), "reset grader", ""),
    ],
)
def test_end_of_a_lane(last: tuple[Direction, str], end: str, says: str) -> None:
    direction, by = last
    timeline = seen(
        Entry(1, OPENED, 0.0), *trip(1, 1), Entry(1, direction, 3.0, b"", by), Entry(1, CLOSED, 9.0)
    )
    assert drawn(timeline).rows[0].end == end
    assert timeline.until_s == 3.0
    assert overview(timeline) == f"1 connection; 1 round trip; {says}in 3.0 s."


def test_lane_that_is_never_closed_goes_on_to_the_end() -> None:
    timeline = seen(Entry(1, OPENED, 0.0), Entry(2, OPENED, 1.0), Entry(2, CLOSED, 5.0))
    assert (timeline.lanes[0].until_s, drawn(timeline).rows[0].end) == (5.0, "")
    assert timeline.at_once == 2


def test_connections_one_after_the_other_are_never_open_at_once() -> None:
    timeline = seen(*one_by_one(3))
    assert timeline.at_once == 1
    assert overview(timeline) == "3 connections, one after the other; all 3 silent; in 5.0 s."


def test_everything_stands_to_scale() -> None:
    drawing = drawn(seen(*KEPT_ALIVE))
    (row,) = drawing.rows
    assert (row.x, row.until) == (0.0, 100.0)
    waits = [(shape.x, shape.width) for shape in row.shapes if shape.kind == "wait"]
    assert waits == [(10.0, 10.0), (30.0, 10.0), (50.0, 10.0)]
    assert [shape.x for shape in row.shapes if shape.kind == "sent"] == [10.0, 30.0, 50.0]
    assert [shape.x for shape in row.shapes if shape.kind == "received"] == [20.0, 40.0, 60.0]
    assert [(tick.x, tick.says) for tick in drawing.ticks] == [
        (index * 20.0, f"{index * 2} s") for index in range(6)
    ]


def test_a_time_that_no_clock_tells_has_one_tick() -> None:
    drawing = drawn(seen(Entry(1, OPENED, 0.0), Entry(1, CLOSED, 5e-324)))
    assert [tick.x for tick in drawing.ticks] == [0.0]


def test_sent_stands_above_the_line_and_received_below() -> None:
    (row,) = drawn(seen(*KEPT_ALIVE)).rows
    for shape in row.shapes:
        if shape.kind == "sent":
            assert shape.y + shape.height < row.y
        if shape.kind == "received":
            assert shape.y > row.y


def test_lanes_stand_below_each_other_in_the_order_of_their_opening() -> None:
    rows = drawn(seen(*SILENT_CLIENTS)).rows
    assert [row.label for row in rows] == ["#1", "#2", "#3"]
    assert [row.x for row in rows] == [0.0, 10.0, 20.0]
    assert len({upper.y - lower.y for upper, lower in pairwise(rows)}) == 1


def test_too_many_lanes_are_cut_in_the_middle() -> None:
    drawing = drawn(seen(*one_by_one(201)))
    assert [drawing.rows[index].label for index in (0, 19, 20, -1)] == ["#1", "#20", "#182", "#201"]
    assert (len(drawing.rows), drawing.left_out, drawing.dense) == (MOST_LANES, 161, True)
    assert drawing.gap is not None
    assert drawing.rows[19].y < drawing.gap < drawing.rows[20].y


def test_too_many_bursts_are_counted() -> None:
    (lane,) = seen(*(entry for n in range(MOST_BURSTS) for entry in trip(1, 2.0 * n))).lanes
    assert (len(lane.bursts), lane.not_drawn, lane.round_trips) == (
        MOST_BURSTS,
        MOST_BURSTS,
        MOST_BURSTS,
    )


def test_too_many_events_are_counted() -> None:
    shown, earlier = events([Entry(n, OPENED, n) for n in range(100)])
    assert (len(shown), earlier, shown[-1].connection) == (MOST_EVENTS, 100 - MOST_EVENTS, "#99")


def test_events_have_their_time_and_their_bytes() -> None:
    shown, _ = events(KEPT_ALIVE)
    assert [(event.at, event.what) for event in shown[:3]] == [
        ("0.00 ms", "opened by the grader"),
        ("1.000 s", f"sent {len(REQUEST)} bytes"),
        ("2.000 s", f"received {len(ANSWER)} bytes"),
    ]
    assert shown[1].lines == (r"GET / HTTP/1.1\r\n", r"\r\n")


@pytest.mark.parametrize(
    ("seconds", "step", "text"),
    [
        (0.0, None, "0.00 ms"),
        (0.00025, None, "0.25 ms"),
        (0.0042, None, "4.2 ms"),
        (0.0123, None, "12 ms"),
        (2.0, None, "2.0 s"),
        (0.004, 0.002, "4 ms"),
        (0.0004, 0.0002, "0.4 ms"),
        (1.5, 0.5, "1.5 s"),
        (120.0, 20.0, "120 s"),
    ],
)
def test_times_are_said(seconds: float, step: float | None, text: str) -> None:
    assert said(seconds, step) == text


def test_moments_tell_what_came_next() -> None:
    assert (moment(0.00041), moment(2.0024)) == ("0.41 ms", "2.002 s")


_entries = of_fields(
    Entry,
    st.integers(1, 60),
    st.sampled_from(Direction),
    st.floats(0, 1e6) | st.floats(0, 1e-3),
    st.binary(max_size=300),
    st.sampled_from(["grader", "server"]),
    st.integers(0, 9),
)


@given(st.lists(_entries, min_size=1, max_size=200))
def test_whatever_happened_fits_into_the_picture(entries: list[Entry]) -> None:
    timeline = seen(*entries)
    drawing = drawn(timeline)
    assert len(drawing.rows) + drawing.left_out == len(timeline.lanes)
    begun_with = {entry.connection: entry.direction for entry in reversed(entries)}
    assert (timeline.at_once >= 1) is any(
        first not in (CLOSED, RESET) for first in begun_with.values()
    )
    for row in drawing.rows:
        assert 0 <= row.x <= row.until <= 100
        assert all(0 <= shape.x <= shape.x + shape.width <= 100.01 for shape in row.shapes)
        assert 0 <= row.y <= drawing.floor <= drawing.height
    assert len(drawing.ticks) <= MOST_TICKS
    assert all(0 <= tick.x <= 100 for tick in drawing.ticks)
    shapes = miniature(timeline)
    assert sum(shape.kind == "life" for shape in shapes) <= MINIATURE_LANES
    assert overview(timeline).endswith(".")
    shown, _ = events(entries)
    assert all(len(event.lines) <= MOST_LINES + 1 for event in shown)
