"""Grades, and hands each event to every reporter as it happens."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from grader.engine.run import grading
from grader.errors import GraderError, lack, own_fault
from grader.outcomes import Ending
from grader.report.model import RunFinished, ending_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.comparing.saved import Case
    from grader.course import Course, Stage
    from grader.engine.settings import RunSettings
    from grader.program.find import Submission
    from grader.reporters import Reporter


def deliver_events(
    course: Course,
    stages: Sequence[Stage],
    submission: Submission,
    settings: RunSettings,
    reporters: Sequence[Reporter],
    saved: Sequence[Case],
) -> int:
    """Grade, and close every reporter whatever happens, so that an interrupted run leaves its
    report too; the exit code."""
    ending, faults, begun = Ending.ERRORED, list[GraderError](), False
    with ExitStack() as closing:
        for reporter in reporters:
            closing.callback(_close, reporter, faults)
        try:
            with grading(course, stages, submission, settings, saved) as events:
                for event in events:
                    for reporter in reporters:
                        reporter.handle(event)
                    begun = True
                    if isinstance(event, RunFinished):
                        ending = ending_of(event.report.verdict)
        except GraderError as error:
            faults.append(error)
            ending = error.ending
            if not begun:  # then no reporter has anything to say
                raise
        except Exception as error:
            # a fault of the grader is said as such, and costs nobody a point
            if isinstance(error, OSError) and not lack(error):  # the output cannot be written
                raise
            faults.append(own_fault(error))
            if not begun:
                raise faults[0] from error
    return ending.exit_code


def _close(reporter: Reporter, faults: Sequence[GraderError]) -> None:
    reporter.close(faults[0] if faults else None)
