"""Owns the lines of a run in progress: what is graded and how, each stage, each check. Pure."""

from __future__ import annotations

from itertools import chain, groupby
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.check.failure import Kind
from grader.report.model import (
    CheckReport,
    CheckStarted,
    Environment,
    RunHeader,
    RunStarted,
    StageReport,
    StageStarted,
    Verdict,
)
from grader.text.layout import counted, cut, hang, pad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from grader.reporters.causes import ShownCauses
    from grader.text.style import Style

BLOCK_WIDTH = 80
WIDEST_SLUG = 14
_SHORT = 40
SUMMARY_LINES = 2  # of advice
NOT_YOURS = "not your server's fault: "
_STAGE_SAYS = {Verdict.FAILED: "", Verdict.ERRORED: NOT_YOURS}


def outcome(check: CheckReport, *, strict: bool) -> str:
    """The name of the mark a check is shown with: failed advice is a note, unless strict."""
    if check.verdict is Verdict.FAILED and check.level is Level.ADVICE and not strict:
        return "note"
    return str(check.verdict)


def worth_fixing(check: CheckReport) -> str:
    """What is said of failed advice that does not count. A program that ended is worth more than
    that."""
    summary = check.failure.summary if check.failure else "This is not met."
    if check.failure and check.failure.kind is Kind.EXIT:
        return f"does not count here, but fix it: {summary}"
    return f"not required, but worth fixing: {summary}"


def opening_lines(started: RunStarted, style: Style, *, folded: bool = False) -> list[str]:
    """What is graded, on what it depends, and how the program is contained: folded, in two lines
    as a rule."""
    return [*heading_lines(started, style), *containment_lines(started, style, folded=folded)]


def heading_lines(started: RunStarted, style: Style) -> list[str]:
    """What is graded, and on what it depends."""
    header, stages = started.header, chosen_stages(started.stages)
    strict = ", strict" if header.environment.strict else ""
    how = how_it_runs(header.built_by, header.started_by)
    what = f"{header.submission_path}{how}: {stages}, {seeds(header.environment)}{strict}"
    return hang("Grading ", style.text(what), style.width)


def containment_lines(started: RunStarted, style: Style, *, folded: bool = False) -> list[str]:
    """How the program is contained, and the empty line that ends what opens a report."""
    header = started.header
    below = [
        isolation_of(header, style),
        *([f"command: {' '.join(header.submission_command)}"] if style.verbose else []),
    ]
    if folded:
        lines = [[cut(f"  {style.text(_first_clause(text))}", style.width)] for text in below]
    else:
        lines = [hang("  ", style.text(text), style.width) for text in below]
    return [*chain(*lines), ""]


def how_it_runs(built_by: str, started_by: str) -> str:
    """What follows the name of a program that was built, or that a line in a file starts."""
    built = f", built with {built_by}" if built_by else ""
    return built + (f", started with {cut(started_by, _SHORT)}" if started_by else "")


def _first_clause(text: str) -> str:
    first, comma, _ = text.partition(", ")
    return f"{first} (-v: all)" if comma else text


def seeds(environment: Environment) -> str:
    """`seed 7`, or `20 runs, seeds 7 to 26`."""
    first, count = environment.seed, environment.repeat
    return f"seed {first}" if count == 1 else f"{count} runs, seeds {first} to {first + count - 1}"


def stage_line(stage: StageStarted | StageReport, style: Style, says: str | None = None) -> str:
    """A stage's own line: its number, its slug, and its title or what `says` says instead."""
    slug = pad(cut(style.text(stage.slug), WIDEST_SLUG), WIDEST_SLUG)
    start = f"{stage.number:2} "
    plain = cut(f"{start}{slug}  {style.text(says or stage.title)}", style.width)
    return start + style.paint(slug, None, bold=True) + plain[len(start + slug) :]


def running_line(check: CheckStarted, style: Style) -> str:
    """The line that stands while a check runs; one column short, so that no terminal wraps it."""
    line = cut(style.mark("running") + style.text(check.title), style.width - 1)
    return style.marked("running", line)


def check_lines(
    check: CheckReport, style: Style, *, strict: bool, causes: ShownCauses | None = None
) -> list[str]:
    """All that is said about one finished check; skipped ones are told at their stage's end.

    causes: those that this run has shown, if a run is to fit on a screen: other failures of them
    are named at their stage's end, passed checks are counted there, and blocks are short. Once
    one has failed, advice is counted too.
    """
    name = outcome(check, strict=strict)
    if style.quiet and name not in _SHOWN_WHEN_QUIET:
        return []
    if causes is None:
        return _LINES[name](check, style)
    if name == "passed" or causes.waits(check, name) or causes.folds(check, name):
        return []
    return _screenful(check, style) if name == "failed" else _LINES[name](check, style)


def has_only_passed(stage: StageReport) -> bool:
    """Whether a line is enough for it."""
    return bool(stage.checks) and all(it.verdict is Verdict.PASSED for it in stage.checks)


def passed_line(stage: StageReport, style: Style) -> str:
    """The one line of a stage in which nothing is to be shown."""
    return stage_line(stage, style, f"{stage.title}: {_passed_checks(stage)}")


def _passed_checks(stage: StageReport) -> str:
    passed = sum(check.verdict is Verdict.PASSED for check in stage.checks)
    return f"{counted(passed, 'check')} passed"


def stage_end_lines(
    stage: StageReport, style: Style, causes: ShownCauses | None = None
) -> list[str]:
    """What is said at the end of a stage: what was skipped, why it ended, with -v its points; of
    what was not shown, how much it is. causes: as for `check_lines`."""
    if style.quiet:
        return _why(stage, style)
    counts = [*causes.end_lines(style), *_passed_line(stage, style)] if causes is not None else []
    skipped = [check for check in stage.checks if check.verdict is Verdict.SKIPPED]
    points = f"{stage.points} of {counted(stage.max_points, 'point')}, {stage.duration_s:.2f} s"
    total = [cut(" " * len(style.mark("passed")) + points, style.width)] if style.verbose else []
    return [*counts, *_skipped(skipped, style), *_why(stage, style), *total]


def _passed_line(stage: StageReport, style: Style) -> list[str]:
    if not any(check.verdict is Verdict.PASSED for check in stage.checks):
        return []
    return [style.marked("passed", style.mark("passed") + _passed_checks(stage))]


def _passed(check: CheckReport, style: Style) -> list[str]:
    line = style.mark("passed") + style.text(check.title)
    if style.verbose and not check.hidden:
        took = f"  {check.duration_s:.2f} s"
        line = pad(cut(line, style.width - len(took)), style.width - len(took)) + took
    return [style.marked("passed", cut(line, style.width))]


def _failed(check: CheckReport, style: Style) -> list[str]:
    return _explained("failed", check, _block_style(style))


def _note(check: CheckReport, style: Style) -> list[str]:
    if style.verbose:
        return _explained("note", check, _block_style(style))
    mark = style.mark("note")
    title = cut(mark + style.text(check.title), style.width)
    lines = hang(" " * len(mark), style.text(worth_fixing(check)), style.width)
    if len(lines) > SUMMARY_LINES:
        lines = [*lines[: SUMMARY_LINES - 1], cut(lines[SUMMARY_LINES - 1] + "...", style.width)]
    return [style.marked("note", title), *lines]


def _errored(check: CheckReport, style: Style) -> list[str]:
    mark = style.mark("errored")
    first, *rest = hang(mark, style.text(check.title), style.width)
    why = style.text(NOT_YOURS + (check.reason or "the grader stopped here"))
    return [
        style.marked("errored", first),
        *rest,
        *hang(" " * len(mark), why, style.width),
    ]


def _silent(_check: CheckReport, _style: Style) -> list[str]:
    return []


_LINES: dict[str, Callable[[CheckReport, Style], list[str]]] = {
    "passed": _passed,
    "failed": _failed,
    "note": _note,
    "errored": _errored,
    "skipped": _silent,
}
_SHOWN_WHEN_QUIET = frozenset({"failed", "errored"})


def _explained(name: str, check: CheckReport, style: Style) -> list[str]:
    from grader.reporters.failure_block import failure_block, source  # only a failure waits for it

    first, *rest = hang(style.mark(name), style.text(check.title), style.width)
    below = " " * len(style.mark(name))
    says = (style.text(check.requirement), source(check, style))
    details = [line for text in says for line in hang(below, text, style.width)]
    return [style.marked(name, first), *rest, *details, *failure_block(check, style)]


def _screenful(check: CheckReport, style: Style) -> list[str]:
    """A failure, explained in as few lines as fit on a screen with what stands around it."""
    from grader.reporters.detail import fitting  # as above
    from grader.reporters.failure_block import failure_block, source

    style = _block_style(style)
    if check.hidden:
        return _explained("failed", check, style)
    first, *rest = hang(style.mark("failed"), style.text(check.title), style.width)
    below = hang(" " * len(style.mark("failed")), source(check, style), style.width)
    hints = len(failure_block(check, style)) - len(failure_block(check, replace(style, hints=0)))
    block = fitting(
        lambda detail: failure_block(check, style, detail=detail)[1:-1], style.width, more=hints
    )
    return [style.marked("failed", first), *rest, *below, *block]


def _block_style(style: Style) -> Style:
    return replace(style, width=min(style.width, BLOCK_WIDTH))


def _skipped(checks: list[CheckReport], style: Style) -> list[str]:
    """One line for all checks skipped for the same reason; with -v one line each."""
    if style.verbose:
        says = [f"{check.title}: {check.reason or 'skipped'}" for check in checks]
    else:
        runs = groupby(checks, key=lambda check: check.reason or "skipped")
        says = [f"{counted(len(list(run)), 'check')}: {reason}" for reason, run in runs]
    mark = style.mark("skipped")
    return [style.marked("skipped", cut(mark + style.text(text), style.width)) for text in says]


def _why(stage: StageReport, style: Style) -> list[str]:
    """The stage's own reason to fail or to be broken off, unless one of its checks has said it."""
    told = any(check.verdict is stage.verdict for check in stage.checks)
    if told or not stage.reason or stage.verdict not in _STAGE_SAYS:
        return []
    name = str(stage.verdict)
    first, *rest = hang(
        style.mark(name),
        style.text(_STAGE_SAYS[stage.verdict] + stage.reason),
        style.width,
    )
    return [style.marked(name, first), *rest]


def isolation_of(header: RunHeader, style: Style) -> str:
    """The level and the gravest of what it does not give; all of it with -v."""
    isolation = header.environment.isolation
    return "; ".join(
        [f"isolation: {isolation.level}", *isolation.weaknesses[: None if style.verbose else 1]]
    )


def chosen_stages(stages: Iterable[tuple[int, str, str]]) -> str:
    """`stage 5 headers`, or `stages 1-4, 7`."""
    chosen = [(number, slug) for number, slug, _ in stages]
    if len(chosen) == 1:
        return f"stage {chosen[0][0]} {chosen[0][1]}"
    return (
        "stages " + ", ".join(_ranges([number for number, _ in chosen])) if chosen else "no stages"
    )


def _ranges(numbers: list[int]) -> list[str]:
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    members = [[number for _, number in run] for _, run in runs]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in members]
