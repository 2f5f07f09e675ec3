"""What a learner sees of a failing program on a screen of 24 lines and 80 columns.

    python -m tests.course.screens REPORT...

reads JSON reports and says how many of their verdicts fit on such a screen.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.report.codec import from_json
from grader.report.model import (
    CheckFinished,
    CheckStarted,
    Event,
    Report,
    RunFinished,
    RunStarted,
    StageFinished,
    StageStarted,
    Verdict,
)
from grader.reporters.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINES, COLUMNS = 24, 80
_LONGEST: Final = 60  # characters of a sentence that are looked for


def screen(report: Report) -> str:
    """What the terminal shows of it."""
    stream = io.StringIO()
    terminal = Terminal(stream, width=COLUMNS)
    for event in _events(report):
        terminal.handle(event)
    return stream.getvalue()


def lines(text: str) -> int:
    """The lines that it takes, where longer ones are wrapped."""
    return sum(-(-len(line) // COLUMNS) or 1 for line in text.rstrip("\n").split("\n"))


def lacks(report: Report) -> list[str]:
    """What the screen does not show of the first failure: its sentence, what was expected, what
    was received."""
    shown = " ".join(screen(report).split())
    checks = [check for stage in report.stages for check in stage.checks if check.failure]
    if not checks or checks[0].failure is None:
        return []
    failure = checks[0].failure
    received = failure.actual is not None or any(it.data for it in checks[0].transcript)
    wanted = {
        "sentence": " ".join(failure.summary.split())[:_LONGEST],
        "expected": "expected" if failure.expected is not None else "",
        "received": ("received", "but got") if received else "",
    }
    return [
        name
        for name, words in wanted.items()
        if not any(word in shown for word in ((words,) if isinstance(words, str) else words))
    ]


def _events(report: Report) -> Iterator[Event]:
    yield RunStarted(report.header, tuple((it.number, it.slug, it.title) for it in report.stages))
    for stage in report.stages:
        if stage.verdict is not Verdict.SKIPPED:
            yield StageStarted(stage.number, stage.slug, stage.title, stage.track)
            for check in stage.checks:
                yield CheckStarted(check.id, check.title)
                yield CheckFinished(check)
        yield StageFinished(stage)
    yield RunFinished(report)


def main(paths: Sequence[str]) -> None:
    """Say how many fit, and which take the most lines."""
    taken = {path: lines(screen(from_json(Path(path).read_text("utf-8")))) for path in paths}
    fit = sum(count <= LINES for count in taken.values())
    sys.stdout.write(f"{fit} of {len(taken)} fit in {LINES} lines\n")
    for path in sorted(taken, key=taken.__getitem__, reverse=True)[:10]:
        sys.stdout.write(f"{taken[path]:5} {path}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
