"""The command line of `grade`, once it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from grader.reporters.terminal import Looks, looks_on
from grader.reproduce.server import Again
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.engine.settings import RunSettings


class GradeArguments(Value, frozen=True):
    """As click has read it; each field is the option of its name, and `settings` all those that say
    how to grade."""

    settings: RunSettings
    submissions: tuple[str, ...]
    stages: tuple[str, ...]
    up_to: str | None
    tracks: tuple[str, ...]
    python: str | None
    reports: tuple[str, ...]
    progress: bool | None
    course: Path | None
    check_course: bool
    write: bool
    attempt: bool
    hint: int
    verbose: int
    quiet: bool
    no_color: bool

    @property
    def goes_on(self) -> bool:
        """Whether what passed before is asked in short: not where somebody asks for these stages,
        or for everything."""
        asked = self.stages or self.settings.checks or self.up_to or self.reports
        often = self.settings.repeat > 1
        return not (asked or often or self.settings.strict or self.settings.keep_going)

    def run_settings(self, again: Again | None = None) -> RunSettings:
        """A selection by --stage or --check is graded whole; everything else stops at the first
        failed stage unless --all is given. again: how `grade launch` starts the same program."""
        keep_going = self.settings.keep_going or bool(self.stages or self.settings.checks)
        words = again.words() if again else ()
        return replace(self.settings, keep_going=keep_going, again=words)

    def again(self, path: str | None, command: Sequence[str] = ()) -> Again:
        """How another command line names this submission."""
        given = {"--course": self.course, "--port": self.settings.port, "--python": self.python}
        return Again(given, path, command)

    def looks(self, stream: TextIO) -> Looks:
        """How a report on this stream looks."""
        verbosity = -1 if self.quiet else min(self.verbose, 1)
        return looks_on(stream, no_color=self.no_color, verbosity=verbosity)
