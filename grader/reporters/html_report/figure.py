"""Owns what is shown of a check's connections: the picture, a sentence that says the same, the
events. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.reporters.html_report.drawing import Drawing, Shape, drawn, miniature
from grader.reporters.html_report.lanes import timeline_of
from grader.reporters.html_report.overview import Event, events, overview
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from grader.report.model import CheckReport
    from grader.reporters.html_report.lanes import Timeline

_LANES_OF_PASSED, _TRIPS_OF_PASSED = 12, 5
_ESCAPES = re.compile(r"((?:\\(?:[\\rnt]|x[0-9a-f]{2}))+)")


class PagePart(Value, frozen=True):
    """A piece of a line of bytes: as it is, or an escape."""

    text: str
    escape: bool


class Figure(Value, frozen=True):
    """The picture of a check's connections, a sentence that says the same, and its events. drawing:
    of a check that passed, only where several connections or requests are to be seen."""

    drawing: Drawing | None
    miniature: tuple[Shape, ...]
    overview: str
    events: tuple[tuple[Event, tuple[tuple[PagePart, ...], ...]], ...]
    earlier: int
    notes: tuple[str, ...]


def parts(line: str) -> tuple[PagePart, ...]:
    r"""A line of escaped bytes, cut where escapes begin and end.

    >>> [part.text for part in parts(r"OK\r\nA")]
    ['OK', '\\r\\n', 'A']
    """
    pieces = _ESCAPES.split(line)
    return tuple(PagePart(text, index % 2 == 1) for index, text in enumerate(pieces) if text) or (
        PagePart("", False),
    )


def figure_of(check: CheckReport, *, brief: bool) -> Figure | None:
    """None where no connection was made. brief: for a check that passed."""
    timeline = timeline_of(check.transcript)
    if timeline is None:
        return None
    if brief:
        return _brief_figure(timeline)
    shown, earlier = events(check.transcript)
    drawing = drawn(timeline)
    beyond = sum(lane.not_drawn for lane in timeline.lanes)
    notes = [
        (
            f"{counted(drawing.left_out, 'connection')} in the middle: not drawn."
            if drawing.left_out
            else ""
        ),
        f"{counted(beyond, 'piece')} of busy connections: not drawn." if beyond else "",
        (
            f"At least {counted(timeline.not_kept, 'byte')}: counted, not kept."
            if timeline.not_kept
            else ""
        ),
    ]
    told = tuple((event, tuple(parts(line) for line in event.lines)) for event in shown)
    return Figure(
        drawing, miniature(timeline), overview(timeline), told, earlier, tuple(filter(None, notes))
    )


def _brief_figure(timeline: Timeline) -> Figure:
    """The picture of a check that passed: without its events, and drawn where several connections
    were open at once, or one was used again and again."""
    most = max((lane.round_trips for lane in timeline.lanes), default=0)
    tells = timeline.at_once > 2 or most >= _TRIPS_OF_PASSED
    drawing = drawn(timeline, _LANES_OF_PASSED) if tells else None
    return Figure(drawing, miniature(timeline), overview(timeline), (), 0, ())
