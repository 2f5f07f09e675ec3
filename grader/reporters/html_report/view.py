"""Owns what the page shows of a report: which checks, in which words, what is open at first. Pure;
the words are the terminal's, and all text is bounded and printable here already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from grader.report.model import CheckReport, Environment, Report, StageReport, Verdict
from grader.reporters.closing import first_word, headline
from grader.reporters.exchange import ELSEWHERE
from grader.reporters.failure_block import HINT, failure_rows, output_lines, source
from grader.reporters.html_report.drawing import Drawing, Shape, drawn, miniature
from grader.reporters.html_report.lanes import timeline_of
from grader.reporters.html_report.overview import Event, events, overview
from grader.reporters.progress import (
    NOT_YOURS,
    isolation_of,
    outcome,
    pieces_of_advice,
    worth_fixing,
)
from grader.text.layout import LabelledRow, Setting, counted
from grader.text.style import MARKS, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = 76  # of escaped bytes
_STYLE = Style(width=COLUMNS, hints=True)
_EVERYTHING = Style(width=COLUMNS, verbosity=1, hints=True)
_ESCAPES = re.compile(r"((?:\\(?:[\\rnt]|x[0-9a-f]{2}))+)")


@dataclass(frozen=True, slots=True)
class PagePart:
    """A piece of a line of bytes: as it is, or an escape."""

    text: str
    escape: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A row of a failure. setting: the name of a `Setting`, in small letters. folded: shown when it
    is asked for."""

    label: str
    setting: str
    lines: tuple[tuple[PagePart, ...], ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """The picture of a check's connections, a sentence that says the same, and its events."""

    drawing: Drawing
    miniature: tuple[Shape, ...]
    overview: str
    events: tuple[tuple[Event, tuple[tuple[PagePart, ...], ...]], ...]
    earlier: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check. place: its stage's and its own position, as in `4-0`. outcome: the name of its mark.
    says: a line below the title, "" for none."""

    place: str
    outcome: str
    symbol: str
    word: str
    title: str
    requirement: str
    says: str
    source: str
    blocks: tuple[Block, ...]
    figure: Figure | None

    @property
    def open(self) -> bool:
        return self.outcome == "failed"


@dataclass(frozen=True, slots=True)
class SkippedView:
    """Checks in a row that were skipped for the same reason."""

    says: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage. says: why it was skipped or ended, "" when its checks tell."""

    number: int
    slug: str
    title: str
    verdict: str
    symbol: str
    points: str
    says: str
    checks: tuple[CheckView | SkippedView, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page. word: what its headline begins with; output: the end of what a failed build
    printed; facts: names and values."""

    submission: str
    verdict: str
    word: str
    headline: str
    output: str
    facts: tuple[tuple[str, str], ...]
    stages: tuple[StageView, ...]
    advice: str


def page_view(report: Report) -> PageView:
    """Everything the page says."""
    says = _STYLE.text(headline(report))
    word = first_word(says)
    strict = report.header.environment.strict
    notes = sum(
        outcome(check, strict=strict) == "note" for stage in report.stages for check in stage.checks
    )
    return PageView(
        _STYLE.text(report.header.submission_path),
        str(report.verdict),
        word,
        says[len(word) :],
        "\n".join(line.strip() for line in output_lines(report.output_tail, _STYLE)),
        tuple(_facts(report)),
        tuple(_stage(stage, place, strict=strict) for place, stage in enumerate(report.stages)),
        pieces_of_advice(notes) if notes else "",
    )


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    header, environment = report.header, report.header.environment
    yield "course", _STYLE.text(header.course_title)
    yield "command", _STYLE.text(" ".join(header.submission_command))
    yield "seed", f"{environment.seed} (the same bytes again: --seed {environment.seed})"
    if environment.strict:
        yield "strict", "advice counted as required"
    yield "isolation", _STYLE.text(isolation_of(header, _EVERYTHING).removeprefix("isolation: "))
    yield "graded", _STYLE.text(f"{header.started_at}, in {report.duration_s:.1f} s")
    yield "by", _STYLE.text(_grader(environment))


def _grader(environment: Environment) -> str:
    return (
        f"stage-grader {environment.grader_version}, Python {environment.python},"
        f" {environment.platform}"
    )


def _stage(stage: StageReport, place: int, *, strict: bool) -> StageView:
    told = any(check.verdict is stage.verdict for check in stage.checks) or not stage.reason
    says = "" if told and stage.verdict is not Verdict.SKIPPED else stage.reason or ""
    prefix = NOT_YOURS if says and stage.verdict is Verdict.ERRORED else ""
    return StageView(
        stage.number,
        _STYLE.text(stage.slug),
        _STYLE.text(stage.title),
        str(stage.verdict),
        MARKS[str(stage.verdict)].symbol,
        f"{stage.points} of {counted(stage.max_points, 'point')}",
        _STYLE.text(prefix + says),
        tuple(_checks(stage, place, strict=strict)),
    )


def _checks(stage: StageReport, place: int, *, strict: bool) -> Iterator[CheckView | SkippedView]:
    numbered = enumerate(stage.checks)
    for reason, run in groupby(numbered, key=lambda pair: _why_skipped(pair[1])):
        checks = list(run)
        if reason is None:
            yield from (
                check_view(check, f"{place}-{index}", strict=strict) for index, check in checks
            )
        else:
            why = "" if reason == stage.reason else f": {reason}"  # the stage itself says it
            says = _STYLE.text(counted(len(checks), "check") + why)
            yield SkippedView(says, tuple(_STYLE.text(check.title) for _, check in checks))


def _why_skipped(check: CheckReport) -> str | None:
    return (check.reason or "skipped") if check.verdict is Verdict.SKIPPED else None


def check_view(check: CheckReport, place: str, *, strict: bool) -> CheckView:
    """All that is said about one check that was not skipped."""
    name = outcome(check, strict=strict)
    return CheckView(
        place,
        name,
        MARKS[name].symbol,
        MARKS[name].word,
        _STYLE.text(check.title),
        _STYLE.text(check.requirement),
        _STYLE.text(_says(check, name)),
        source(check, _EVERYTHING),
        tuple(_block(row) for row in failure_rows(check, _STYLE, COLUMNS)),
        _figure(check),
    )


def _says(check: CheckReport, name: str) -> str:
    if name == "note":
        return worth_fixing(check)
    return NOT_YOURS + (check.reason or "the grader stopped here") if name == "errored" else ""


def _block(row: LabelledRow) -> Block:
    is_bytes = row.setting in (Setting.BYTES, Setting.POINTED)
    texts = row.lines if row.label else [line.replace(ELSEWHERE, "see below") for line in row.lines]
    lines = tuple(parts(line) if is_bytes else (PagePart(line, False),) for line in texts)
    return Block(row.label, row.setting.name.lower(), lines, folded=row.label == HINT)


def parts(line: str) -> tuple[PagePart, ...]:
    r"""A line of escaped bytes, cut where escapes begin and end.

    >>> [part.text for part in parts(r"OK\r\nA")]
    ['OK', '\\r\\n', 'A']
    """
    pieces = _ESCAPES.split(line)
    return tuple(PagePart(text, index % 2 == 1) for index, text in enumerate(pieces) if text) or (
        PagePart("", False),
    )


def _figure(check: CheckReport) -> Figure | None:
    timeline = timeline_of(check.transcript)
    if timeline is None:
        return None
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
