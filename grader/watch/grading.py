"""One run of a watch from the inside: what is prepared, then the order, then the events."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from grader.course import Course, Stage, load_course
from grader.engine.ahead import Ahead, begun_ahead
from grader.engine.run import contained, events_in, saved_cases
from grader.errors import GraderError, UsageError, own_fault

# Loaded before there is an order, so that it need not wait for them.
from grader.program import (
    launch,  # noqa: F401
)
from grader.program.find import find
from grader.progress.recorder import following
from grader.report.model import CheckFinished, CheckReport, Event, RunFinished, StageFinished
from grader.reporters.delivery import deliver_events
from grader.reporters.progress import outcome
from grader.reporters.terminal import is_live, looks_on, style_for
from grader.system import sockets  # noqa: F401
from grader.watch.focus import Focus
from grader.watch.holding import HeldText
from grader.watch.orders import Order, RunTold, Setup

if TYPE_CHECKING:
    from io import FileIO

    from grader.engine.run import RunPlace
    from grader.program.submission import Submission
    from grader.progress.recorder import Follower
    from grader.reporters import Reporter
    from grader.text.style import Style


_Tell = Callable[[RunTold], None]


def work(orders: TextIO, told: FileIO, course: Course | None = None) -> None:
    """One life of a worker. course: if it is loaded already. Raises KeyboardInterrupt, and
    BrokenPipeError when nobody listens."""

    def tell(what: RunTold) -> None:
        told.write(what.line())

    if not (line := orders.readline()):
        return
    setup = Setup.read(line)
    try:
        course = course or load_course(Path(setup.course), only=())
        _prepared(setup, course, orders, tell)
    except GraderError as error:
        tell(RunTold("error", text=str(error)))
    except BrokenPipeError:
        raise
    except Exception as error:  # a fault of the grader is said as such
        tell(RunTold("error", text=str(own_fault(error))))


def _prepared(setup: Setup, course: Course, orders: TextIO, tell: _Tell) -> None:
    """Move into the sandbox at once, if the program is there; then wait for the order. What was
    prepared for a program that is started in another way by now is of no use."""
    expected = _found_already(setup)
    with ExitStack() as stack:
        place = _contained(stack, course, expected, setup) if expected else None
        ahead = stack.enter_context(begun_ahead(*place[:2], course)) if place else None
        tell(RunTold("ready"))
        if not (line := orders.readline()):
            return
        order = Order.read(line)
        shown = stack.enter_context(HeldText(sys.stdout, order.quiet))
        shown.write(order.headline)
        found = _found(setup)
        if place is None:
            place = _contained(stack, course, found, setup)
        elif found != expected:
            tell(RunTold("stale"))
            return
        shown.hand_over_in_time()  # no thread is begun before the sandbox is entered
        _grade(place, course, found, setup, order, shown, tell, ahead)


def _found_already(setup: Setup) -> Submission | None:
    try:
        return _found(setup)
    except UsageError:
        return None


def _found(setup: Setup) -> Submission:
    return find(setup.submission, setup.command, setup.python)


def _contained(stack: ExitStack, course: Course, found: Submission, setup: Setup) -> RunPlace:
    return stack.enter_context(contained(course, course.stages, found, setup.settings))


def _grade(
    place: RunPlace, course: Course, found: Submission, setup: Setup, order: Order,
    shown: HeldText, tell: _Tell, ahead: Ahead | None,
) -> None:  # fmt: skip
    stages = [course.stage(slug) for slug in order.stages]
    saved, _ = saved_cases(course, found)
    # the last to be closed: what the others have to show of an error stands there before it is told
    reporters = [Teller(order, tell), *_reporters(course, stages, found, setup, order, shown, tell)]
    events = events_in(place, course, stages, found, order.settings, saved, ahead)
    deliver_events(closing(events), reporters)


class Teller:
    """A reporter that tells the watching process. An error that ends a run before its first event
    is not its business."""

    def __init__(self, order: Order, tell: _Tell) -> None:
        self._strict = order.settings.strict
        self._tell = tell
        self._begun = False

    def handle(self, event: Event) -> None:
        self._begun = True
        match event:
            case CheckFinished(check=check):
                self._tell(self._judged(check))
            case StageFinished(stage=stage):
                self._tell(RunTold("stage", stage.slug, str(stage.verdict)))
            case RunFinished(report=report):
                self._tell(RunTold("finished", verdict=str(report.verdict)))

    def _judged(self, check: CheckReport) -> RunTold:
        failure = check.failure
        hints = failure.hints if failure else ()
        says = failure.summary if failure else None
        return RunTold("check", check.id, outcome(check, strict=self._strict), says, hints)

    def close(self, error: GraderError | None = None) -> None:
        if error is not None and self._begun:
            self._tell(RunTold("error", text=str(error)))


class Rewritten:
    """A reporter that writes a run in one form, and tells all of it at the end: `f` shows it."""

    def __init__(self, order: Order, style: Style, tell: _Tell, *, folded: bool) -> None:
        self._name = "folded" if folded else "unfolded"
        self._tell = tell
        self._text = io.StringIO()
        self._shown = _focus(order, style, self._text, folded=folded, live=False)

    def handle(self, event: Event) -> None:
        self._shown.handle(event)
        if isinstance(event, RunFinished):
            self._tell(RunTold("shown", self._name, text=self._text.getvalue()))

    def close(self, error: GraderError | None = None) -> None:
        """A run that was broken off has nothing to show again."""


class ReleasedByVerdict:
    """A reporter that shows what was held as soon as there is a verdict of the stage at hand, which
    is the first one: other stages, and to take the program down, come after that."""

    def __init__(self, shown: HeldText) -> None:
        self._shown = shown

    def handle(self, event: Event) -> None:
        if isinstance(event, StageFinished | RunFinished):
            self._shown.release()

    def close(self, error: GraderError | None = None) -> None:
        """What is held now is of a run that was broken off."""


class KeptOnceShown:
    """A reporter that keeps what passes: not that of a run that is broken off before it has shown
    anything, which is begun anew."""

    def __init__(self, follower: Follower, shown: HeldText) -> None:
        self._follower = follower
        self._shown = shown

    def handle(self, event: Event) -> None:
        self._follower.handle(event)

    def close(self, error: GraderError | None = None) -> None:
        if error is not None or not self._shown.holds:
            self._follower.close(error)


def _focus(order: Order, style: Style, stream: TextIO, *, folded: bool, live: bool) -> Focus:
    return Focus(
        stream, style, briefly=order.settings.without_advice, opening=order.opening and live,
        strict=order.settings.strict, live=live, folded=folded,
    )  # fmt: skip


def _reporters(
    course: Course,
    stages: Sequence[Stage],
    found: Submission,
    setup: Setup,
    order: Order,
    shown: HeldText,
    tell: _Tell,
) -> list[Reporter]:
    stream = sys.stdout
    style = style_for(stream, **looks_on(stream, no_color=setup.no_color, verbosity=0))
    reporters: list[Reporter] = [
        _focus(order, style, shown, folded=order.folded, live=is_live(stream)),
        ReleasedByVerdict(shown),
        *(Rewritten(order, style, tell, folded=folded) for folded in (True, False)),
    ]
    if order.keep:
        kept = following(
            found.directory, course, stages, shown, style, wanted=None, program=found.program
        )
        reporters += [KeptOnceShown(kept, shown)] if kept else []
    return reporters
