"""Owns what is said of several runs of one submission, each with its own seed. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from grader.report.model import Repetition, RunShown, Verdict
from grader.text.layout import counted, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.text.style import Style


def running_line(runs: Sequence[Repetition], count: int, style: Style) -> str:
    """The line that stands while a run is under way; one column short, so that no terminal wraps
    it."""
    failed = len(_failed(runs))
    so_far = f", {failed} failed so far" if failed else ""
    line = cut(f"{style.mark('running')}run {len(runs) + 1} of {count}{so_far}", style.width - 1)
    return style.marked("running", line)


def shown_lines(shown: RunShown, style: Style) -> list[str]:
    """What stands above the stages of the run that is shown."""
    if style.quiet:
        return []
    which = "The first run that failed" if shown.verdict is Verdict.FAILED else "The last run"
    return [f"{which}, seed {shown.seed}:", ""]


def headline(runs: Sequence[Repetition]) -> str:
    """What all runs come to, in one line."""
    failed, all_of_them = _failed(runs), counted(len(runs), "run")
    if failed:
        return f"FAILED: {len(failed)} of {all_of_them} failed, first with seed {failed[0].seed}"
    errored = [run for run in runs if run.verdict is not Verdict.PASSED]
    if errored:
        return (
            f"ERRORED (not your server's fault): {len(errored)} of {all_of_them} could not be"
            f" judged, first with seed {errored[0].seed}"
        )
    return f"PASSED: all of {all_of_them}"


def failing_checks(runs: Sequence[Repetition]) -> list[str]:
    """Each check that failed, the most frequent first: how often, and with which seed first."""
    counts = Counter(check for run in runs for check in run.failed)
    first = {check: run.seed for run in reversed(runs) for check in run.failed}
    return [
        f"{check}: failed in {count} of {counted(len(runs), 'run')}, first with seed {first[check]}"
        for check, count in counts.most_common()
    ]


def so_far(runs: Sequence[Repetition], count: int) -> str:
    """What the runs come to of which the last ones were not begun."""
    failed = _failed(runs)
    says = f"{len(runs)} of {counted(count, 'run')} done, {len(failed)} failed"
    return f"{says}, first with seed {failed[0].seed}" if failed else says


def _failed(runs: Sequence[Repetition]) -> list[Repetition]:
    return [run for run in runs if run.verdict is Verdict.FAILED]
