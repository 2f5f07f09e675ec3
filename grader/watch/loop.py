"""The watch itself: waits for saved files, keys and news of a run, and begins or cancels runs."""

from __future__ import annotations

import select
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TextIO

from grader.check.random_inputs import new_seed
from grader.course import Course, Stage, load_course
from grader.progress.folder import NotKept
from grader.progress.texts import Records, map_lines, named
from grader.text.escape import printable
from grader.text.layout import hang
from grader.text.live_lines import CLEAR
from grader.watch import plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.engine.settings import RunSettings
    from grader.text.style import Style
    from grader.watch.changes import Changes
    from grader.watch.keys import Keys
    from grader.watch.orders import RunTold
    from grader.watch.pool import PreparedWorker, WorkerPool

DEBOUNCE_S: Final = 0.2
_LONGEST_WAIT_S: Final = 2.0  # for files that never stop to change


class WatchScreen:
    """Where the watch writes, between the lines of its runs."""

    def __init__(self, stream: TextIO, style: Style) -> None:
        self.style = style
        self._stream = stream

    def say(self, *sentences: str, dim: bool = False) -> None:
        """Each sentence on lines of its own, in place of a line that a run has left."""
        lines = [
            line for text in sentences for line in hang("", self.style.text(text), self.style.width)
        ]
        self.lines(
            [
                self.style.paint(line, "bright_black" if dim else None, bold=not dim)
                for line in lines
            ]
        )

    def lines(self, lines: Sequence[str]) -> None:
        self._stream.write(
            (CLEAR if self._stream.isatty() else "") + "".join(f"{line}\n" for line in lines)
        )
        self._stream.flush()


@dataclass(slots=True)
class Pending:
    """A run that is to begin. due: when, by the monotonic clock. latest: when at the latest."""

    due: float
    latest: float
    names: list[str]
    everything: bool = False

    def pushed(self, now: float, names: Sequence[str]) -> None:
        """More files have changed: wait until they are all there."""
        self.names += names
        self.due = min(now + DEBOUNCE_S, self.latest)


class Watch:
    """One watch. known: reads what has passed so far; raises NotKept. settings: of its first run.
    seeded: whether every run has their seed."""

    def __init__(
        self, course: Course, focus: Stage, known: Callable[[], Records], pool: WorkerPool,
        changes: Changes, keys: Keys, screen: WatchScreen, *,
        settings: RunSettings, seeded: bool, keep: bool,
    ) -> None:  # fmt: skip
        self._course = course
        self._focus = focus
        self._known = known
        self._crew = pool
        self._changes = changes
        self._keys = keys
        self._screen = screen
        self._settings = settings
        self._seeded = seeded
        self._keep = keep
        self._opening = True
        self._everything = False
        self._pending: Pending | None = Pending(0.0, 0.0, [])
        self._told: list[RunTold] = []

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
        if self._pending is None:
            self._pending = Pending(now, now + _LONGEST_WAIT_S, [])
        self._pending.pushed(now, names)

    def _begin(self, pending: Pending) -> None:
        self._pending = None
        self._crew.cancel()
        self._everything = pending.everything
        self._told = []
        everything, strict = pending.everything, self._settings.strict
        self._screen.say(
            plan.beginning(self._focus, pending.names, everything=everything, strict=strict)
        )
        self._crew.begin(
            plan.order(
                self._course, self._focus, self._records(), self._settings,
                everything=pending.everything, opening=self._opening, keep=self._keep,
            )
        )  # fmt: skip

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
            self._told.append(told)
            if told.what == "stage":
                self._crew.prepare()
        if self._crew.busy.ended:
            self._ended(self._crew.dismiss())

    def _ended(self, code: int) -> None:
        last = {told.what: told for told in self._told}
        if "stale" in last:  # the program is started in another way than when this run was prepared
            self._at_once(everything=self._everything)
            return
        if "error" in last:
            self._screen.say(f"grade: {printable(last['error'].text or '')}")
        elif "finished" not in last:
            self._screen.say(
                f"grade: the grading stopped early (exit code {code}); press r to run it again"
            )
        else:
            self._opening = False
            if last["finished"].verdict == "passed" and not self._seeded:
                # the next run asks something else; a failure is asked again as it was
                self._settings = replace(self._settings, seed=new_seed())
        self._crew.prepare()
        self._footer()

    def _footer(self) -> None:
        if self._keys.listening:
            self._screen.say("", plan.keys_line(self._course, self._focus), dim=True)
        else:
            self._screen.say("", "Waiting for changes.", dim=True)

    def _obey(self, pressed: str) -> None:
        for key in pressed:
            match key:
                case "n":
                    self._next()
                case "h":
                    self._screen.say(self._hint())
                case "l":
                    course = load_course(self._course.root)
                    self._screen.lines(map_lines(course, self._records(), self._screen.style))
                case "s":
                    self._settings = replace(self._settings, strict=not self._settings.strict)
                    self._at_once()
                case "a" | "r":
                    self._at_once(everything=key == "a")
                case "?":
                    self._footer()

    def _next(self) -> None:
        onward = plan.following(self._course, self._focus)
        if onward is None:
            self._screen.say(f"Stage {named(self._focus)} is the last one.")
            return
        self._focus = onward
        self._screen.say(
            f"Stage {named(onward)}: {onward.title}. Its page: grade show {onward.number}"
        )
        self._at_once()

    def _hint(self) -> str:
        """The hint of the run's first failure, or else of its first piece of advice."""
        judged = [told for told in self._told if told.what == "check"]
        for verdict in ("failed", "note"):
            for told in judged:
                if told.verdict == verdict:
                    return (
                        f"{told.name}:"
                        f" {told.text or f'no hint; see grade show {self._focus.number}'}"
                    )
        return "Nothing has failed." if judged else "Nothing has been graded yet."
