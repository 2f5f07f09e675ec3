"""Owns what the page shows of a report: which checks, in which words, what is open at first. Pure;
the words are the terminal's, and all text is bounded and printable here already."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from grader.report.model import CheckReport, Environment, Report, StageReport, Verdict
from grader.reporters.causes import ShownCauses, pieces_of_advice
from grader.reporters.closing import first_word, headline
from grader.reporters.exchange import ELSEWHERE
from grader.reporters.failure_block import HINT, failure_rows, source
from grader.reporters.html_report.figure import Figure, PagePart, figure_of, parts
from grader.reporters.html_report.links import LinkedText, linked
from grader.reporters.program_output import output_lines
from grader.reporters.progress import (
    NOT_YOURS,
    isolation_of,
    outcome,
    worth_fixing,
)
from grader.text.layout import LabelledRow, Setting, counted
from grader.text.style import ALL_HINTS, MARKS, Style
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = 76  # of escaped bytes
_STYLE = Style(width=COLUMNS, hints=ALL_HINTS)
_EVERYTHING = Style(width=COLUMNS, verbosity=1, hints=ALL_HINTS)


class Block(Value, frozen=True):
    """A row of a failure. setting: the name of a `Setting`, in small letters. folded: shown when it
    is asked for."""

    label: str
    setting: str
    lines: tuple[tuple[PagePart, ...], ...]
    folded: bool


class CheckView(Value, frozen=True):
    """A check. place: its stage's and its own position, as in `4-0`. outcome: the name of its mark.
    says: a line below the title, "" for none. source: which check it is, and its rule. open: it is
    unfolded at first. hidden: from learners, so that nobody knows what else there was."""

    place: str
    id: str
    outcome: str
    symbol: str
    word: str
    title: str
    requirement: str
    says: str
    source: tuple[LinkedText, ...]
    blocks: tuple[Block, ...]
    figure: Figure | None
    open: bool
    hidden: bool


class SkippedView(Value, frozen=True):
    """Checks in a row that were skipped for the same reason."""

    says: str
    titles: tuple[str, ...]


class StageView(Value, frozen=True):
    """A stage. says: why it was skipped or ended, "" when its checks tell."""

    number: int
    slug: str
    title: str
    verdict: str
    symbol: str
    points: str
    says: str
    checks: tuple[CheckView | SkippedView, ...]


class PageView(Value, frozen=True):
    """The whole page. word: what its headline begins with; output: the end of what a failed build
    printed; facts: names and values; legend: the place of the check before which the legend of the
    pictures stands, "" without any."""

    submission: str
    verdict: str
    word: str
    headline: str
    output: str
    facts: tuple[tuple[str, str], ...]
    stages: tuple[StageView, ...]
    advice: str
    legend: str

    @property
    def first(self) -> CheckView | None:
        """The first check that failed, which stands above all stages."""
        return next((it for it in _shown(self.stages) if it.outcome == "failed"), None)


def _shown(stages: Iterable[StageView]) -> Iterator[CheckView]:
    return (it for stage in stages for it in stage.checks if isinstance(it, CheckView))


def page_view(report: Report) -> PageView:
    """Everything the page says."""
    says = _STYLE.text(headline(report))
    word = first_word(says)
    strict = report.header.environment.strict
    notes = sum(
        outcome(check, strict=strict) == "note" for stage in report.stages for check in stage.checks
    )
    shown = ShownCauses()
    stages = tuple(
        _stage(stage, place, shown, strict=strict) for place, stage in enumerate(report.stages)
    )
    return PageView(
        _STYLE.text(report.header.submission_path),
        str(report.verdict),
        word,
        says[len(word) :],
        "\n".join(line.strip() for line in output_lines(report.output_tail, _STYLE)),
        tuple(_facts(report)),
        stages,
        pieces_of_advice(notes) if notes else "",
        _legend(stages),
    )


def _legend(stages: tuple[StageView, ...]) -> str:
    """Where the first picture is."""
    pictured = [check for check in _shown(stages) if check.figure]
    failed = [check for check in pictured if check.outcome == "failed"]
    return next((check.place for check in (*failed, *pictured)), "")


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    header, environment = report.header, report.header.environment
    yield "course", _STYLE.text(header.course_title)
    yield "command", _STYLE.text(" ".join(header.submission_command))
    if header.built_by:
        yield "built with", _STYLE.text(header.built_by)
    yield "seed", f"{environment.seed} (the same bytes again: --seed {environment.seed})"
    if environment.strict:
        yield "strict", "advice counted as required"
    if environment.policy:
        yield "class policy", _STYLE.text(environment.policy)
    yield "isolation", _STYLE.text(isolation_of(header, _EVERYTHING).removeprefix("isolation: "))
    yield "graded", _STYLE.text(f"{header.started_at}, in {report.duration_s:.1f} s")
    yield "by", _STYLE.text(_grader(environment))


def _grader(environment: Environment) -> str:
    return (
        f"stage-grader {environment.grader_version}, Python {environment.python},"
        f" {environment.platform}"
    )


def _stage(stage: StageReport, place: int, shown: ShownCauses, *, strict: bool) -> StageView:
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
        tuple(_checks(stage, place, shown, strict=strict)),
    )


def _checks(
    stage: StageReport, place: int, shown: ShownCauses, *, strict: bool
) -> Iterator[CheckView | SkippedView]:
    numbered = enumerate(stage.checks)
    for reason, run in groupby(numbered, key=lambda pair: _why_skipped(pair[1])):
        checks = list(run)
        if reason is None:
            yield from (
                check_view(check, f"{place}-{index}", shown, strict=strict)
                for index, check in checks
            )
        else:
            why = "" if reason == stage.reason else f": {reason}"  # the stage itself says it
            says = _STYLE.text(counted(len(checks), "check") + why)
            yield SkippedView(says, tuple(_STYLE.text(check.title) for _, check in checks))


def _why_skipped(check: CheckReport) -> str | None:
    return (check.reason or "skipped") if check.verdict is Verdict.SKIPPED else None


def check_view(check: CheckReport, place: str, shown: ShownCauses, *, strict: bool) -> CheckView:
    """All that is said about one check that was not skipped. shown: the causes of the checks before
    it: one that they explain is folded."""
    name = outcome(check, strict=strict)
    return CheckView(
        place,
        _STYLE.text(check.id),
        name,
        MARKS[name].symbol,
        MARKS[name].word,
        _STYLE.text(check.title),
        _STYLE.text(check.requirement),
        _STYLE.text(_says(check, name)),
        linked(source(check, _EVERYTHING)),
        tuple(_block(row) for row in failure_rows(check, _STYLE, COLUMNS)),
        figure_of(check, brief=name == "passed"),
        open=name == "failed" and not shown.folds(check, name),
        hidden=check.hidden,
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
