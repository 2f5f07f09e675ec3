"""Owns where everything stands in the picture of a timeline: along in percent of its width, so that
it fits any screen, down in pixels. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from grader.check.transcript import Direction
from grader.reporters.html_report.times import said
from grader.value import Value

if TYPE_CHECKING:
    from grader.reporters.html_report.lanes import Burst, Lane, LaneWait, Timeline

MOST_LANES = 40
ROOMY, DENSE = 30, 12  # pixels from lane to lane
MOST_ROOMY = 12
AXIS = 22  # pixels below the lanes
LEAST = 0.35  # percent: what is shorter would not be seen
MOST_TICKS = 6
CLOCK_S = 1e-9  # what a clock tells apart
MINIATURE_LANES, MINIATURE_HEIGHT, MINIATURE_WAITS = 8, 20, 4
_STEPS = (1.0, 2.0, 5.0)


class Shape(Value, frozen=True):
    """A bar or a point: its CSS class, its place, and what it says when it is pointed at."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    says: str


class PictureRow(Value, frozen=True):
    """A lane as it is drawn: the line of its life, the shapes on it, and the mark at its end."""

    label: str
    y: float
    x: float
    until: float
    end: str  # the CSS class of the mark, "" for none
    shapes: tuple[Shape, ...]


class Tick(Value, frozen=True):
    x: float
    says: str
    anchor: str


class Drawing(Value, frozen=True):
    """rows: from top to bottom. gap: between which two of them `left_out` lanes are not drawn, as
    y; None without. floor: where the axis is."""

    height: int
    floor: int
    dense: bool
    rows: tuple[PictureRow, ...]
    ticks: tuple[Tick, ...]
    gap: float | None
    left_out: int


class Scale(Value, frozen=True):
    """Seconds to percent."""

    from_s: float
    until_s: float

    def at(self, seconds: float) -> float:
        span = self.until_s - self.from_s
        share = (seconds - self.from_s) / span if span > 0 else 0.0
        return round(100 * min(max(share, 0.0), 1.0), 2)


def drawn(timeline: Timeline, most: int = MOST_LANES) -> Drawing:
    """The picture: the first and the last lanes where there are too many for all."""
    lanes, cut = _chosen(timeline.lanes, most)
    dense = len(lanes) > MOST_ROOMY
    step = DENSE if dense else ROOMY
    scale = Scale(timeline.from_s, timeline.until_s)
    extra = 1 if cut else 0  # a row for the gap
    rows = tuple(
        _row(lane, (index + (extra if cut and index >= cut else 0) + 0.5) * step, scale, step)
        for index, lane in enumerate(lanes)
    )
    floor = (len(lanes) + extra) * step
    left_out = len(timeline.lanes) - len(lanes)
    gap = (cut + 0.5) * step if cut else None
    return Drawing(floor + AXIS, floor, dense, rows, _ticks(scale), gap, left_out)


def miniature(timeline: Timeline) -> tuple[Shape, ...]:
    """The same in so little room that only its shape is left: lives, and on them the waits."""
    count = len(timeline.lanes)
    shown = min(count, MINIATURE_LANES)
    lanes = [timeline.lanes[index * count // shown] for index in range(shown)]
    step = MINIATURE_HEIGHT / len(lanes)
    thick = max(1.5, min(6.0, step - 1.5))
    scale = Scale(timeline.from_s, timeline.until_s)
    shapes = []
    for index, lane in enumerate(lanes):
        y = round((index + 0.5) * step, 2)
        shapes.append(_bar("life", scale, lane.from_s, lane.until_s, y, 1))
        shapes += [
            _bar("wait" if wait.answered else "vain", scale, wait.from_s, wait.until_s, y, thick)
            for wait in lane.waits[:MINIATURE_WAITS]
        ]
    return tuple(shapes)


def _chosen(lanes: tuple[Lane, ...], most: int) -> tuple[tuple[Lane, ...], int]:
    """The lanes to draw, and behind how many of them there is a gap (0: nowhere)."""
    if len(lanes) <= most:
        return lanes, 0
    half = most // 2
    return lanes[:half] + lanes[-half:], half


def _row(lane: Lane, y: float, scale: Scale, step: int) -> PictureRow:
    waits = [_wait(wait, y, scale, step) for wait in lane.waits]
    bursts = [_burst(burst, y, scale, step) for burst in lane.bursts]
    end = f"{lane.end} {'server' if lane.by == 'server' else 'grader'}" if lane.end else ""
    return PictureRow(
        f"#{lane.number}", y, scale.at(lane.from_s), scale.at(lane.until_s), end, (*waits, *bursts)
    )


def _burst(burst: Burst, y: float, scale: Scale, step: int) -> Shape:
    """What was sent stands on the line, what came hangs from it."""
    tall = step * 0.36
    top = y - tall - 1 if burst.direction is Direction.SENT else y + 1
    pieces = f" in {burst.pieces} pieces" if burst.pieces > 1 else ""
    says = f"{burst.direction} {burst.size} bytes{pieces}, at {said(burst.first_s)}"
    return _bar(
        str(burst.direction), scale, burst.first_s, burst.last_s, top + tall / 2, tall, says
    )


def _wait(wait: LaneWait, y: float, scale: Scale, step: int) -> Shape:
    took = said(wait.until_s - wait.from_s)
    says = f"answered after {took}" if wait.answered else f"no answer in {took}"
    return _bar(
        "wait" if wait.answered else "vain", scale, wait.from_s, wait.until_s, y, step * 0.27, says
    )


def _bar(
    kind: str, scale: Scale, from_s: float, until_s: float, y: float, height: float, says: str = ""
) -> Shape:
    x = scale.at(from_s)
    width = max(round(scale.at(until_s) - x, 2), LEAST)
    return Shape(
        kind, round(min(x, 100 - width), 2), round(y - height / 2, 2), width, round(height, 2), says
    )


def _ticks(scale: Scale) -> tuple[Tick, ...]:
    """Round times along the axis: at most MOST_TICKS, and never too near to an end to be read."""
    span = scale.until_s - scale.from_s
    if span < CLOCK_S:
        return (Tick(0.0, said(scale.from_s), "start"),)
    step = _step(span / (MOST_TICKS - 1))
    first, last = math.ceil(scale.from_s / step), math.floor(scale.until_s / step)
    return tuple(
        _tick(scale.at(index * step), index * step, step) for index in range(first, last + 1)
    )


def _tick(x: float, at_s: float, step: float) -> Tick:
    return Tick(x, said(at_s, step), _anchor(x))


def _anchor(x: float) -> str:
    """How a text stands to its tick, so that none leaves the drawing."""
    if x < 4:
        return "start"
    return "end" if x > 96 else "middle"


def _step(least: float) -> float:
    """The smallest round step that is not smaller than `least`."""
    size = 10.0 ** math.floor(math.log10(least))
    return next((step * size for step in _STEPS if step * size >= least), 10 * size)
