"""Where everything stands in a plot of a bench: both axes logarithmic, so that a straight line is
growth by the same factor, and the same distance is the same ratio everywhere. Pure."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WIDTH, HEIGHT = 460, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 76, 12, 40
"""Around the plot, for the labels."""

LABEL_STEP: Final = 14
"""The least distance between the names at the ends of two lines."""

_ROOM: Final = 0.06
"""Above and below the points, of the height."""

_STEPS: Final = (1, 2, 5)
_MOST_TICKS: Final = 6


class Series(Value, frozen=True):
    """One line of a plot. name: of the server, and the CSS class. points: for each count of
    connections, what each round measured. partial: the counts at which that is not about all
    clients."""

    name: str
    points: Sequence[tuple[int, Sequence[float]]]
    partial: frozenset[int] = frozenset()


class Point(Value, frozen=True):
    """The mean of the rounds at (x, y), the rounds from `top` to `bottom`, and what it says when it
    is pointed at. partial: as in `Series`."""

    x: float
    y: float
    top: float
    bottom: float
    says: str
    partial: bool


class Line(Value, frozen=True):
    """A drawn series. path: of an SVG polyline. label_y: where its name stands, at the right."""

    name: str
    path: str
    points: tuple[Point, ...]
    label_y: float


class Tick(Value, frozen=True):
    at: float
    says: str


class Chart(Value, frozen=True):
    """title: what is plotted. lines: the submission's last, on top of the others."""

    title: str
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    summary: str


class _Scale(Value, frozen=True):
    """Values to places, by their logarithm."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        span = math.log(self.high / self.low)
        share = math.log(value / self.low) / span if span else 0.5
        return round(self.begin + share * (self.end - self.begin), 1)


def chart(
    title: str, series: Sequence[Series], counts: Sequence[int], says: Callable[[float], str]
) -> Chart | None:
    """The plot; None where there is nothing to draw. says: a value in words."""
    values = [value for one in series for _, rounds in one.points for value in rounds if value > 0]
    if not values:
        return None
    low, high = _around(min(values), max(values))
    across = _Scale(counts[0], counts[-1], LEFT, WIDTH - RIGHT)
    up = _Scale(low, high, HEIGHT - BOTTOM, TOP)
    drawn = [_line(one, across, up, says) for one in series if any(v for _, v in one.points)]
    spaced = _spaced([line.points[-1].y for line in drawn])
    lines = tuple(
        Line(line.name, line.path, line.points, y) for line, y in zip(drawn, spaced, strict=True)
    )
    return Chart(
        title,
        lines[::-1],
        tuple(Tick(across.at(count), f"{count}") for count in counts),
        tuple(Tick(up.at(value), _plain(says(value))) for value in ticks(low, high)),
        _summary(title, series, says),
    )


def _around(low: float, high: float) -> tuple[float, float]:
    """A little more than what is to be drawn, and at least a factor of two."""
    if high < 2 * low:
        middle = math.sqrt(low * high)
        low, high = middle / math.sqrt(2), middle * math.sqrt(2)
    room = (high / low) ** _ROOM
    return low / room, high * room


def ticks(low: float, high: float) -> Sequence[float]:
    """Round values between the two: powers of ten, with what lies between where there is room.

    >>> ticks(0.7, 150)
    [1.0, 10.0, 100.0]
    >>> ticks(0.9, 11)
    [1.0, 2.0, 5.0, 10.0]
    """
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    fine = [step * 10.0**power for power in decades for step in _STEPS]
    fine = [value for value in fine if low <= value <= high]
    coarse = [10.0**power for power in decades if low <= 10.0**power <= high]
    return fine if len(fine) <= _MOST_TICKS or len(coarse) < 2 else coarse


def _plain(said: str) -> str:
    """Without the digits that say how exact a value is: those of a tick are exact."""
    number, blank, unit = said.partition(" ")
    return f"{number.rstrip('0').rstrip('.') if '.' in number else number}{blank}{unit}"


def _line(one: Series, across: _Scale, up: _Scale, says: Callable[[float], str]) -> Line:
    points = tuple(_points(one, across, up, says))
    path = " ".join(f"{point.x},{point.y}" for point in points)
    return Line(one.name, path, points, points[-1].y)


def _points(
    one: Series, across: _Scale, up: _Scale, says: Callable[[float], str]
) -> Iterable[Point]:
    for count, rounds in one.points:
        if rounds:
            mean = sum(rounds) / len(rounds)
            told = f"{one.name}, {count}: {' and '.join(map(says, rounds))}"
            ends = up.at(max(rounds)), up.at(min(rounds))
            yield Point(across.at(count), up.at(mean), *ends, told, count in one.partial)


def _spaced(places: Sequence[float]) -> Sequence[float]:
    """The places moved apart so that names can be read, as little as may be, within the plot."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    found, lowest = dict[int, float](), TOP - LABEL_STEP / 2
    for index in order:
        lowest = found[index] = max(places[index], lowest + LABEL_STEP)
    highest = HEIGHT - BOTTOM + LABEL_STEP / 2
    for index in reversed(order):
        highest = found[index] = min(found[index], highest - LABEL_STEP)
    return [round(found[index], 1) for index in range(len(places))]


def _summary(title: str, series: Sequence[Series], says: Callable[[float], str]) -> str:
    """The same in words, for who does not see the plot."""
    parts = [
        f"{one.name}: "
        + ", ".join(
            f"{count} connections {says(sum(rounds) / len(rounds))}"
            for count, rounds in one.points
            if rounds
        )
        for one in series
    ]
    return f"{title}. " + "; ".join(parts)
