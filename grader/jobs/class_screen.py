"""What a terminal shows of a class: a line as each grading ends, and the table of all. Pure, but
for `ClassScreen`."""

from __future__ import annotations

import time
from itertools import chain
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from grader.jobs.class_progress import left_s, progress_line
from grader.jobs.results import ClassOutcome, ClassResult, count
from grader.jobs.room import ONE
from grader.reporters.progress import chosen_stages
from grader.text.layout import columns, counted, cut, hang, pad
from grader.text.live_lines import LiveLines
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from grader.isolation import IsolationLevel
    from grader.jobs.pool import UnderWay
    from grader.jobs.room import Bounds
    from grader.report.model import RunStarted
    from grader.text.style import Style

WIDEST_COLUMN = 24  # of names; longer ones are not cut
_INDENT = 13
_LOOK_S = 1.0  # as often the line that is replaced says something new
_MARKS = {
    ClassOutcome.PASSED: "passed",
    ClassOutcome.FAILED: "failed",
    ClassOutcome.ERRORED: "errored",
    ClassOutcome.NOT_GRADED: "skipped",
}
_PIECE = 64 * 1024


class Concurrency(Value, frozen=True):
    """How many are graded at a time, and why: as `jobs` says, or one where the level has no network
    of its own. alone: how many of them see nothing of their directory but their own file."""

    jobs: Bounds
    level: IsolationLevel
    sandbox: str
    port: int
    ways: tuple[str, ...] = ()
    alone: int = 0

    @property
    def at_once(self) -> Bounds:
        return self.jobs if self.level.private_network else ONE

    @property
    def why(self) -> tuple[str, ...]:
        """Why only one at a time, and how to change that; empty where that was asked for."""
        if self.jobs == self.at_once:
            return ()
        first = (
            "Grading one at a time: here submissions share one network, and all need port"
            f" {self.port}."
        )
        if self.sandbox in ("off", self.level.name):
            other = "each gets its own network, if namespaces work here."
            return (first, f"Without --sandbox {self.sandbox} {other}")
        reasons = [loss for loss in self.level.weaknesses if loss.startswith("no ")]
        return (first, *reasons, *self.ways)


def opening_lines(
    names: Sequence[str],
    started: RunStarted,
    crowding: Concurrency,
    style: Style,
    notes: Sequence[str] = (),
) -> list[str]:
    """What is graded, by which stages and seed, how many at a time, and how they are contained.
    notes: what is to be said besides."""
    environment = started.header.environment
    strict = ", strict" if environment.strict else ""
    what = (
        f"{counted(len(names), 'submission')}: {chosen_stages(started.stages)}, seed"
        f" {environment.seed}{strict}"
    )
    at_once = f", {crowding.at_once} in parallel" if crowding.at_once != ONE else ""
    isolation = "; ".join(
        [
            "isolation: " + crowding.level.name,
            *crowding.level.weaknesses[: None if style.verbose else 1],
        ]
    )
    alone = (
        f"{crowding.alone} of them share a directory, so each sees only its own file: give each its"
        " own folder if it needs others."
    )
    said = (isolation, *crowding.why, *([alone] if crowding.alone else []), *notes)
    below = [hang("  ", style.text(text), style.width) for text in said]
    return [*hang("Grading ", style.text(what + at_once), style.width), *chain(*below), ""]


def ended_lines(
    name: str, result: ClassResult, wide: int, style: Style, usual: str | None = None
) -> list[str]:
    """What is said of a grading that has just ended: with its time, and what the first failed check
    requires. One line, unless that takes more room than there is, or it was contained otherwise
    than by the `usual` level."""
    if usual and result.brief and result.brief.level != usual:
        says = style.text(f"isolation: {result.brief.level}, not {usual}")
        below = hang(" " * columns(style.mark(_MARKS[result.outcome])), says, style.width)
        return [*ended_lines(name, result, wide, style), *below]
    mark, start, figures = _columns(name, result, wide, style)
    indent = " " * columns(style.mark(mark))
    says = style.text(_says(result, result.brief.requirement if result.brief else None))
    if columns(start) > style.width // 2:
        return _below_the_name(name, result, f"{figures}{'  ' if figures else ''}{says}", style)
    if not figures:
        first, *rest = hang(start, says, style.width)
        return [style.marked(mark, first), *rest]
    line = f"{start}{figures}{result.took_s:7.1f} s"
    if columns(f"{line}  {says}") <= style.width:
        return [style.marked(mark, f"{line}  {says}".rstrip())]
    return [style.marked(mark, line), *hang(indent, says, style.width)]


def table_lines(rows: Iterable[tuple[str, ClassResult]], wide: int, style: Style) -> list[str]:
    """One line a submission in the order given; what failed first by the check's name. A name that
    leaves no room for anything has a line of its own: in its end may be what tells it apart."""
    return list(chain(*(_table_lines(name, result, wide, style) for name, result in rows)))


def _table_lines(name: str, result: ClassResult, wide: int, style: Style) -> list[str]:
    mark, start, figures = _columns(name, result, wide, style)
    says = style.text(_says(result, result.brief.check if result.brief else None))
    said = f"{figures}{'  ' if figures else ''}{says}".rstrip()
    if columns(start) > style.width // 2:
        return _below_the_name(name, result, cut(said, style.width - _INDENT), style)
    return [style.marked(mark, cut(f"{start}{said}", style.width))]


def _below_the_name(name: str, result: ClassResult, says: str, style: Style) -> list[str]:
    mark = _MARKS[result.outcome]
    first, *rest = hang(style.mark(mark), style.text(name), style.width)
    below = hang(" " * _INDENT, says, style.width) if says else []
    return [style.marked(mark, first), *rest, *below]


def closing_lines(
    results: Sequence[ClassResult],
    seed: int,
    style: Style,
    *,
    interrupted: bool,
    notes: Sequence[str] = (),
) -> list[str]:
    """What the class comes to, and how to see one of them again. notes: what is to be said
    besides."""
    head = (
        f"{'INTERRUPTED: ' if interrupted else ''}{counted(len(results), 'submission')}:"
        f" {count(results)}"
    )
    again = f"To see one in full, with the same inputs: grade --seed {seed} SUBMISSION"
    return [
        "",
        *hang("", style.text(head), style.width),
        *chain(*(hang("  ", style.text(note), style.width) for note in notes)),
        *hang("  ", style.text(again), style.width),
    ]


def name_width(names: Iterable[str]) -> int:
    """How wide the column of names is."""
    return min(max(map(columns, names), default=0), WIDEST_COLUMN)


def _columns(name: str, result: ClassResult, wide: int, style: Style) -> tuple[str, str, str]:
    """The mark of a line, the mark and the name as they open it, and the figures if any."""
    mark, found = _MARKS[result.outcome], result.scored
    start = f"{style.mark(mark)}{pad(style.text(name), wide)}  "
    if found is None:
        return mark, start, ""
    points = f"{found.score}/{found.max_score}"
    return mark, start, f"{found.stages_passed:2}/{found.stages} stages  {points:>7} points"


def _says(result: ClassResult, first: str | None) -> str:
    reason = result.reason or first or ""
    if result.outcome is ClassOutcome.NOT_GRADED:
        reason = f"not graded: {result.reason}"
    return "; ".join(filter(None, (result.was, reason)))


class ClassScreen:
    """Writes to `stream` in a style: quiet is the table alone, verbose also what each grading said.
    live: a line that is replaced says how far the class has come. clock: in seconds."""

    def __init__(
        self,
        stream: TextIO,
        style: Style,
        names: Sequence[str],
        *,
        live: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._style = style
        self._names = names
        self._live = live and not style.quiet
        self._lines = LiveLines(stream, live=self._live)
        self._wide = name_width(style.text(name) for name in names)
        self._usual: str | None = None
        self._clock = clock
        self._began = clock()
        self._ended = 0
        self._earlier = 0

    def open(
        self,
        started: RunStarted,
        crowding: Concurrency,
        notes: Sequence[str] = (),
        earlier: int = 0,
        first: Sequence[str] = (),
    ) -> None:
        """first, notes: said before and after. earlier: how many have their result already."""
        self._usual = crowding.level.name
        self._began, self._earlier = self._clock(), earlier
        if not self._style.quiet:
            self.tell(first)
            self._lines.write(opening_lines(self._names, started, crowding, self._style, notes))

    def tell(self, notes: Sequence[str]) -> None:
        """What there is to say of submissions, a sentence each."""
        if not self._style.quiet:
            lines = (hang("", self._style.text(note), self._style.width) for note in notes)
            self._lines.write([*chain(*lines)])

    def next_look_s(self, within_s: float | None) -> float | None:
        """The same, or sooner where a line is to be replaced."""
        if not self._live:
            return within_s
        return _LOOK_S if within_s is None else min(within_s, _LOOK_S)

    def show(self, working: Sequence[UnderWay], waiting: int) -> None:
        """How far it has come."""
        if not (self._live and working):
            return
        now = self._clock()
        rest = left_s(self._ended, len(working) + waiting, now - self._began)
        running = [(self._names[it.number], now - it.began) for it in working]
        done, total = self._ended + self._earlier, len(self._names)
        self._lines.show(progress_line(done, total, running, rest, self._style))

    def ended(self, number: int, result: ClassResult, said: Path | None) -> None:
        """One has ended; `said` is what it wrote, failures in full."""
        self._ended += 1
        if self._style.quiet:
            return
        self._say_ended(number, result)
        if self.tells_all(result) and said is not None and result.brief:
            self._copy(said)

    def tells_all(self, result: ClassResult) -> bool:
        """Whether it is shown in full."""
        return self._style.verbose and result.outcome is not ClassOutcome.PASSED

    def told(self, number: int, result: ClassResult, said: str) -> None:
        """One that is not graded again, in full."""
        self._say_ended(number, result)
        self._lines.write([*said.splitlines(), ""])

    def _say_ended(self, number: int, result: ClassResult) -> None:
        name = self._names[number]
        self._lines.write(ended_lines(name, result, self._wide, self._style, self._usual))

    def close(
        self,
        results: Sequence[ClassResult],
        seed: int,
        *,
        interrupted: bool,
        notes: Sequence[str] = (),
    ) -> None:
        """The table, and what it comes to."""
        rows = zip(self._names, results, strict=True)
        blank = [""] if self._ended else []
        heading = [] if self._style.quiet else [*blank, "In the order given:"]
        lines = table_lines(rows, self._wide, replace(self._style, verbosity=0))
        last = closing_lines(results, seed, self._style, interrupted=interrupted, notes=notes)
        self._lines.write([*heading, *lines, *last])

    def _copy(self, said: Path) -> None:
        """What a grading wrote is safe for a terminal. It may be long, so it goes in pieces."""
        with open(said, encoding=self._style.encoding, errors="replace") as text:
            while piece := text.read(_PIECE):
                self._stream.write(piece)
        self._stream.write("\n")
