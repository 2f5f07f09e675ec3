"""The command line of `grade`, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from grader.commands import options
from grader.engine.run import Options
from grader.reporters.terminal import Looks, looks_on
from grader.reproduce.server import Again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class GradeArguments:
    """As click has read it; each field is the option of its name."""

    among: Path | None
    submissions: tuple[str, ...]
    stages: tuple[str, ...]
    up_to: str | None
    track: str | None
    keep_going: bool
    strict: bool
    seed: int | None
    port: int | None
    timeout_scale: float
    fresh: bool
    python: str | None
    reports: tuple[str, ...]
    sandbox: str
    require_sandbox: bool
    limits: tuple[str, ...]
    beside_others: bool
    progress: bool | None
    course: Path | None
    check_course: bool
    write: bool
    hint: bool
    verbose: int
    quiet: bool
    no_color: bool

    @property
    def goes_on(self) -> bool:
        """Whether what passed before is asked in short: not where somebody asks for these stages,
        or for everything."""
        return not (self.stages or self.up_to or self.strict or self.keep_going or self.reports)

    def run_options(self, command: Sequence[str] = ()) -> Options:
        """A selection by --stage is graded whole; everything else stops at the first failed stage
        unless --all is given."""
        return Options(
            seed=options.seed_or_any(self.seed),
            strict=self.strict,
            keep_going=self.keep_going or bool(self.stages),
            port=self.port,
            timeout_scale=self.timeout_scale,
            sandbox=self.sandbox,
            fresh=self.fresh,
            require_sandbox=self.require_sandbox,
            limits=self.limits,
            beside_others=self.beside_others,
            again=self._again(command).words(),
        )

    def _again(self, command: Sequence[str]) -> Again:
        given = {"--course": self.course, "--port": self.port, "--python": self.python}
        return Again(given, next(iter(self.submissions), None), command)

    def looks(self, stream: TextIO) -> Looks:
        """How a report on this stream looks."""
        verbosity = -1 if self.quiet else min(self.verbose, 1)
        return looks_on(stream, no_color=self.no_color, verbosity=verbosity)
