"""Hands each event of a grading to every reporter as it happens, and closes them all."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from grader.errors import GraderError, lack, own_fault
from grader.outcomes import Ending
from grader.report.for_learners import event_for_learners
from grader.report.model import RunFinished, ending_of
from grader.reporters.rendered import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from grader.report.model import Event
    from grader.reporters import Reporter


def deliver_events(
    grading: AbstractContextManager[Iterator[Event]], reporters: Sequence[Reporter]
) -> Ending:
    """Grade, and close every reporter whatever happens, so that an interrupted run leaves its
    report too; how it ended. Only a reporter that is `Whole` gets what is hidden from
    learners."""
    ending, faults, begun = Ending.ERRORED, list[GraderError](), False
    with ExitStack() as closing:
        for reporter in reporters:
            closing.callback(_close, reporter, faults)
        try:
            with grading as events:
                for event in events:
                    shown = event_for_learners(event)
                    for reporter in reporters:
                        reporter.handle(event if isinstance(reporter, Whole) else shown)
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
    return ending


def _close(reporter: Reporter, faults: Sequence[GraderError]) -> None:
    reporter.close(faults[0] if faults else None)
