"""Owns the last lines of a run: the verdict, the score, how much advice, how to run it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.declaration import Level
from grader.outcomes import Outcome
from grader.report.model import CheckReport, Report, StageReport, Verdict
from grader.reporters import repeated
from grader.reporters.causes import pieces_of_advice
from grader.reporters.program_output import output_lines
from grader.reporters.progress import outcome
from grader.text.layout import counted, hang

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.text.style import Style

_NOT_GRADED = "NOT GRADED"
_COLOURS = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.ERRORED: "magenta",
    Verdict.SKIPPED: "cyan",
}


def closing_lines(
    report: Report, style: Style, *, commands: bool = True, advice: bool = True
) -> list[str]:
    """What a finished run comes to. The first line alone says it. commands: say also which of them
    repeat it and tell more. advice: say how much there is, and where."""
    failing = repeated.failing_checks(report.repetitions)
    more = [*failing, *_advice(report, style)]
    says = more if advice else failing
    lines = _closing(style, headline(report), says, _COLOURS[report.verdict])
    return [*lines, *(_commands(report, more, style) if commands else [])]


def headline(report: Report) -> str:
    """What a run comes to, in one line that is neither cut nor escaped yet."""
    if report.outcome is Outcome.NOT_GRADED:
        return f"{_NOT_GRADED}: {report.reason}"
    if policy := report.header.environment.policy:
        return f"{_HEADLINES[report.verdict](report)} (class policy: {policy})"
    if report.repetitions and report.reason is None:
        return repeated.headline(report.repetitions)
    return _HEADLINES[report.verdict](report)


def first_word(says: str) -> str:
    """What a headline begins with: the verdict in capitals."""
    return _NOT_GRADED if says.startswith(_NOT_GRADED) else says.split(":")[0].split(" ")[0]


def broken_off_lines(
    report: Report, style: Style, *, selected: int, interrupted: bool, advice: bool = True
) -> list[str]:
    """What an unfinished run of `selected` stages comes to: interrupted, or ended by an error.
    advice: as for `closing_lines`."""
    if report.outcome is Outcome.NOT_GRADED:
        return [
            *_closing(style, headline(report), [], _COLOURS[report.verdict]),
            *output_lines(report.output_tail, style),
        ]
    if report.repetitions:
        count = report.header.environment.repeat
        so_far = repeated.so_far(report.repetitions, count)
    else:
        so_far = _judged_so_far(report, selected)
    more = _advice(report, style) if advice else []
    if interrupted:
        lines = _closing(style, f"INTERRUPTED: {so_far}", more, "yellow")
    else:
        more = [so_far, *more]
        lines = _closing(style, headline(report), more, _COLOURS[report.verdict])
    return [*lines, *_commands(report, more, style)]


def _judged_so_far(report: Report, selected: int) -> str:
    judged = [stage for stage in report.stages if stage.verdict is not Verdict.ERRORED]
    stages, points = counted(selected, "stage"), counted(report.score, "point")
    return f"{len(judged)} of {stages} judged, {points} so far"


def _closing(style: Style, says: str, more: list[str], colour: str) -> list[str]:
    text = style.text(says)
    word = first_word(text)
    first, *rest = hang("", text, style.width)
    painted = style.paint(word, colour, bold=True) + first[len(word) :]
    follow = [line for text in more for line in hang("  ", style.text(text), style.width)]
    return ["", painted, *rest, *follow]


def _commands(report: Report, more: list[str], style: Style) -> list[str]:
    return [*_repeat(report, more, style), *_onward(report, style)]


def _repeat(report: Report, more: list[str], style: Style) -> list[str]:
    """How to get the same bytes again, wherever there is something to look into."""
    if report.outcome is Outcome.NOT_GRADED or (report.verdict is Verdict.PASSED and not more):
        return []
    again = f"{_alone(report)}--seed {report.header.environment.seed}"
    return hang("  repeat with: ", style.text(again), style.width)


def _alone(report: Report) -> str:
    """The option that asks for the one check that failed, where it is one; every failure has been
    judged alone, on a server that had just been launched."""
    if report.verdict not in (Verdict.FAILED, Verdict.PASSED):
        return ""
    checks = [check for stage in report.stages for check in stage.checks]
    failed = [check for check in checks if check.verdict is Verdict.FAILED]
    return f"--check {failed[0].id} " if len(failed) == 1 and not _is_saved(failed[0]) else ""


def _is_saved(check: CheckReport) -> bool:
    """Whether it is a case of the learner's own, which `--check` does not know."""
    return check.id.partition("/")[2].startswith("saved-")


def _onward(report: Report, style: Style) -> list[str]:
    """Where a learner finds more, in steps: hints, then the page; never the solution."""
    failed = [stage for stage in report.stages if stage.verdict is Verdict.FAILED]
    if not failed:
        return []
    stage = style.text(failed[0].slug) if len(failed) == 1 else "STAGE"
    more = _next_hint(failed, style)
    return hang("  ", f"{more}grade show {stage} explains the rule", style.width)


def _next_hint(failed: list[StageReport], style: Style) -> str:
    """How to see one step more of the hints; nothing where all are shown."""
    failures = (check.failure for stage in failed for check in stage.checks)
    steps = max((len(failure.hints) for failure in failures if failure), default=0)
    if style.hints >= steps:
        return ""
    shows = "the next hint" if style.hints else "hints"
    return f"{' '.join(['--hint'] * (style.hints + 1))} shows {shows}; "


def _passed(report: Report) -> str:
    if report.header.environment.checks and not _counted(report):
        return "PASSED: no required check was asked for"
    return f"PASSED: {_stages(report)}, {_points(report)}"


def _failed(report: Report) -> str:
    first = next((stage for stage in report.stages if stage.verdict is Verdict.FAILED), None)
    where = f" at stage {first.number} {first.slug}" if first else ""
    return f"FAILED{where}: {_stages(report)} passed, {_points(report)}"


def _errored(report: Report) -> str:
    return f"ERRORED (not your server's fault): {report.reason or _first_fault(report)}"


def _skipped(report: Report) -> str:
    return f"SKIPPED: {report.reason or 'no stage was judged'}"


_HEADLINES: dict[Verdict, Callable[[Report], str]] = {
    Verdict.PASSED: _passed,
    Verdict.FAILED: _failed,
    Verdict.ERRORED: _errored,
    Verdict.SKIPPED: _skipped,
}


def _stages(report: Report) -> str:
    if report.header.environment.checks:
        checks = _counted(report)
        passed = sum(check.verdict is Verdict.PASSED for check in checks)
        return f"{passed} of {counted(len(checks), 'check')}"
    passed = sum(stage.verdict is Verdict.PASSED for stage in report.stages)
    return f"{passed} of {counted(len(report.stages), 'stage')}"


def _counted(report: Report) -> list[CheckReport]:
    """The checks that decide the verdict."""
    strict = report.header.environment.strict
    return [
        check
        for stage in report.stages
        for check in stage.checks
        if strict or check.level is Level.REQUIRED
    ]


def _points(report: Report) -> str:
    return f"{report.score} of {counted(report.max_score, 'point')}"


def _first_fault(report: Report) -> str:
    stage = next((stage for stage in report.stages if stage.verdict is Verdict.ERRORED), None)
    if stage is None:
        return "the run could not be finished"
    reasons = (check.reason for check in stage.checks if check.verdict is Verdict.ERRORED)
    reason = stage.reason or next(
        (reason for reason in reasons if reason), "it could not be judged"
    )
    return f"stage {stage.number} {stage.slug}: {reason}"


def _advice(report: Report, style: Style) -> list[str]:
    strict = report.header.environment.strict
    count = sum(
        outcome(check, strict=strict) == "note" for stage in report.stages for check in stage.checks
    )
    if not count:
        return []
    return [
        f"{pieces_of_advice(count)}: {'run without -q to see more' if style.quiet else 'see above'}"
    ]
