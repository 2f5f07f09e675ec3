"""The watch itself: waits for saved files, keys and news of a run, and begins or cancels runs."""

from __future__ import annotations

import select
import shlex
import time
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.random_inputs import new_seed
from grader.course import Course, Stage, load_course
from grader.progress.folder import NotKept
from grader.progress.record import NOTHING
from grader.progress.texts import Records, map_lines, named
from grader.text.escape import printable
from grader.value import Value
from grader.watch import plan
from grader.watch.choice import StageChoice
from grader.watch.judged import RunSoFar
from grader.watch.track_end import completed, what_comes_next, what_was_reached

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.engine.settings import RunSettings
    from grader.watch.changes import Changes
    from grader.watch.keys import Keys
    from grader.watch.pool import PreparedWorker, WorkerPool
    from grader.watch.screen import WatchScreen

_QUIET_S: Final = 0.2  # after which nothing more is expected of one save
_LONGEST_WAIT_S: Final = 2.0  # for files that never stop to change


class Pending(Value):
    """A run that is to begin. due: when, by the monotonic clock. latest: when at the latest.
    quiet: from when on no more files are expected to change."""

    due: float
    latest: float
    names: list[str]
    everything: bool = False
    quiet: float = 0.0

    def pushed(self, now: float, names: Sequence[str], *, complete: bool) -> None:
        """More files have changed: wait until they are all there. complete: they may be already,
        so try at once."""
        self.names += names
        self.quiet = min(now + _QUIET_S, self.latest)
        self.due = now if complete else self.quiet


class Watch:
    """One watch. known: reads what has passed so far; raises NotKept. settings: of its first run.
    page: shows the page of a stage. seeded: whether every run has their seed."""

    def __init__(
        self, course: Course, focus: Stage, known: Callable[[], Records], pool: WorkerPool,
        changes: Changes, keys: Keys, screen: WatchScreen, page: Callable[[Stage], None], *,
        settings: RunSettings, seeded: bool, keep: bool,
    ) -> None:  # fmt: skip
        self._course = course
        self._focus = focus
        self._known = known
        self._crew = pool
        self._changes = changes
        self._keys = keys
        self._screen = screen
        self._page = page
        self._settings = settings
        self._seeded = seeded
        self._keep = keep
        self._opening = True
        self._everything = False
        self._pending: Pending | None = Pending(0.0, 0.0, [])
        self._begun = self._pending
        self._folded = keys.listening  # elsewhere nobody can unfold
        self._run = RunSoFar()
        self._verdicts: dict[str, str] = {}
        self._before: Records = {}
        self._choice: StageChoice | None = None

    def run(self) -> None:
        """Watch until somebody quits. Raises KeyboardInterrupt."""
        if self._changes.note:
            self._screen.say(self._changes.note, dim=True)
        while True:
            ready = self._ready()
            if self._changes in ready:
                self._changed()
            if self._crew.busy is not None and self._crew.busy in ready:
                self._listen()
            if self._keys in ready and "q" in (pressed := self._keys.pressed()):
                self._screen.lines([])  # no line is left standing
                return
            if self._keys in ready:
                self._obey(pressed)
            if self._pending is not None and time.monotonic() >= self._pending.due:
                self._begin(self._pending)

    def _ready(self) -> list[Changes | Keys | PreparedWorker]:
        sources: list[Changes | Keys | PreparedWorker] = [self._changes]
        sources += [self._keys] if self._keys.listening else []
        sources += [self._crew.busy] if self._crew.busy is not None else []
        due = None if self._pending is None else max(0.0, self._pending.due - time.monotonic())
        return select.select(sources, [], [], due)[0]

    def _changed(self) -> None:
        if not (names := self._changes.names()):
            return
        now = time.monotonic()
        self._crew.cancel()
        goes_on = self._pending is not None or now < self._begun.quiet
        if self._pending is None:
            latest = self._begun.latest if goes_on else now + _LONGEST_WAIT_S
            self._pending = Pending(now, latest, self._begun.names if goes_on else [])
        complete = not goes_on and self._changes.are_written(names)
        self._pending.pushed(now, names, complete=complete)

    def _begin(self, pending: Pending) -> None:
        self._begun, self._pending = pending, None
        self._crew.cancel()
        self._everything = everything = pending.everything
        self._run, self._choice = RunSoFar(), None
        strict = self._settings.strict
        says = plan.beginning(self._focus, pending.names, everything=everything, strict=strict)
        headline = ""
        if time.monotonic() < pending.quiet:
            headline = self._screen.headline_for_later(says)
        else:
            self._screen.headline(says)
        self._before = self._records()
        order = plan.order(
            self._course, self._focus, self._before, self._settings, everything=everything,
            opening=self._opening, keep=self._keep, folded=self._folded,
        )  # fmt: skip
        self._crew.begin(order.held(headline, pending.quiet) if headline else order)

    def _records(self) -> Records:
        try:
            return self._known()
        except NotKept:  # which was said at the beginning, or is said by the run
            return {}

    def _at_once(self, *, everything: bool = False) -> None:
        self._pending = Pending(0.0, 0.0, [], everything)

    def _listen(self) -> None:
        assert self._crew.busy is not None
        for told in self._crew.busy.told():
            self._run.add(told)
            if told.what == "stage":
                self._crew.prepare()
        if self._crew.busy.ended:
            self._ended(self._crew.dismiss())

    def _ended(self, code: int) -> None:
        if self._run.last("stale"):  # the program is started otherwise than when it was prepared
            self._at_once(everything=self._everything)
            return
        if error := self._run.last("error"):
            self._screen.say(f"grade: {printable(error.text or '')}")
        elif (finished := self._run.last("finished")) is None:
            self._screen.say(
                f"grade: the grading stopped early (exit code {code}); press r to run it again"
            )
        else:
            self._finished(finished.verdict)
        self._crew.prepare()
        self._footer()

    def _finished(self, verdict: str) -> None:
        self._opening = False
        self._verdicts |= self._run.verdicts()
        if verdict == "passed" and not self._seeded:
            # the next run asks something else; a failure is asked again as it was
            self._settings = replace(self._settings, seed=new_seed())
        known = self._records()
        if self._keep and (track := completed(self._course, self._before, known)):
            self._screen.say("", *what_was_reached(track, known))
            self._screen.items(what_comes_next(self._course, track, known, self._fuzz()))

    def _fuzz(self) -> str:
        return shlex.join(["grade", "fuzz", *self._settings.again])

    def _has_passed(self, stage: Stage) -> bool:
        """In the last run that judged it, or else as far as is recorded."""
        if verdict := self._verdicts.get(stage.slug):
            return verdict == "passed"
        return self._records().get(stage.slug, NOTHING).done

    def _footer(self) -> None:
        if not self._keys.listening:
            self._screen.say("", "Waiting for changes.", dim=True)
            return
        passed = self._has_passed(self._focus)
        keys = plan.keys_lines(
            self._course, self._focus, passed=passed, folded=self._folded,
            width=self._screen.style.width,
        )  # fmt: skip
        self._screen.say("", *keys, dim=True)

    def _obey(self, pressed: str) -> None:
        for key in pressed:
            if self._choice is None or not self._choose(key):
                self._press(key)

    def _press(self, key: str) -> None:
        match key:
            case "n":
                self._next()
            case "p":
                self._go(plan.previous(self._course, self._focus), "the first one")
            case "h":
                self._screen.say(self._run.hint())
            case "l":
                course = load_course(self._course.root)
                self._screen.lines(map_lines(course, self._records(), self._screen.style))
                self._choice = StageChoice(len(self._course.stages))
                self._screen.ask(self._choice.question)
            case " ":
                self._show_page()
            case "f":
                self._fold()
            case "s":
                self._settings = replace(self._settings, strict=not self._settings.strict)
                self._at_once()
            case "a" | "r":
                self._at_once(everything=key == "a")
            case "?":
                self._footer()

    def _choose(self, key: str) -> bool:
        """Whether this key had to do with the choice that is open, which it may end."""
        assert self._choice is not None
        self._choice = self._choice.after(key)
        if self._choice is None:
            self._screen.lines([])
            return False
        self._screen.ask(self._choice.question)
        if self._choice.over:
            number, self._choice = self._choice.number, None
            self._screen.lines([])
            self._go(self._course.stages[number - 1] if number else None, "")
        return True

    def _next(self) -> None:
        onward = plan.following(self._course, self._focus)
        if onward is None or self._has_passed(self._focus):
            self._go(onward, "the last one")
        elif self._crew.busy is not None:
            self._screen.say(f"Stage {named(self._focus)} is being graded: n works once it passes.")
        else:
            failing = self._run.failing(self._focus.slug)
            self._screen.say(plan.why_not_next(self._focus, failing))

    def _go(self, stage: Stage | None, end: str) -> None:
        """Make this the stage in focus. end: what the one in focus is, where there is no other."""
        if stage is None:
            says = f"Stage {named(self._focus)} is {end}." if end else ""
            self._screen.say(says) if says else self._footer()
            return
        self._focus = stage
        self._screen.say(f"Stage {named(stage)}: {stage.title}. Press space for its page.")
        self._at_once()

    def _show_page(self) -> None:
        """Nothing else writes meanwhile: a run that is under way begins again afterwards."""
        if self._crew.busy is not None:
            self._crew.cancel()
            self._at_once(everything=self._everything)
        self._screen.lines([])
        with self._keys.lent():
            self._page(self._focus)
        if self._pending is None:
            self._footer()

    def _fold(self) -> None:
        """Show the last run in the other form; the next ones have it, too."""
        self._folded = not self._folded
        if shown := self._run.shown(folded=self._folded):
            self._screen.lines(["", *shown.splitlines()])
        self._footer()
