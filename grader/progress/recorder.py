"""Follows one run of a learner: where it begins, what is kept of it, and said at its end."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

import click

from grader.progress import folder
from grader.progress.ci import is_ci
from grader.progress.folder import NotKept
from grader.progress.git_state import moment
from grader.progress.texts import UNNAMED, Named, current, news, opening_sentence
from grader.report.model import Event, RunFinished, StageFinished, StageReport
from grader.text.escape import printable
from grader.text.layout import hang
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course import Course, Stage
    from grader.errors import GraderError
    from grader.progress.record import Moment, Progress
    from grader.text.style import Style


class Kept(Value, frozen=True):
    """The progress beside a submission, and when this run began. program: as in `Progress`. named:
    how the next commands name what is graded."""

    directory: Path
    progress: Progress
    now: Moment
    program: str = ""
    named: Named = UNNAMED


def following(
    directory: Path,
    course: Course,
    stages: Sequence[Stage],
    stream: TextIO,
    style: Style,
    *,
    wanted: bool | None,
    program: str = "",
    named: Named = UNNAMED,
) -> Follower | None:
    """What follows a run of these stages on the submission in `directory`, if its progress is kept.

    wanted: True makes the folder; None keeps progress where there is one, and says nothing in CI.
    program, named: as in `Kept`.
    """
    try:
        if is_ci(os.environ):
            if wanted:
                raise NotKept("in CI it would be lost")
            return None
        if wanted:
            folder.make(directory)
        known = folder.read_own(directory, program)
        kept = Kept(directory, known, moment(directory), program, named)
    except NotKept as error:
        _warn(error)
        return None
    return Follower(kept, course, stages, stream, style)


def _warn(error: NotKept) -> None:
    click.echo(f"grade: your progress is not recorded: {printable(str(error))}", err=True)


class Follower:
    """A reporter that keeps what a run found. It says what is new when the run has said everything
    else.

    A quiet style says only what got worse.
    """

    def __init__(
        self, kept: Kept, course: Course, stages: Sequence[Stage], stream: TextIO, style: Style
    ) -> None:
        self._kept = kept
        self._course = course
        self._stages = stages
        self._stream = stream
        self._style = style
        self._found: list[StageReport] = []

    @property
    def _known(self) -> Progress:
        return self._kept.progress

    def begin(self) -> tuple[str, ...]:
        """Say where a run begins that goes on from what is kept; the stages whose advice it leaves
        out."""
        known = self._known.of(self._course.slug)
        here = current(self._stages, known)
        if here is None:
            return ()
        earlier = [stage for stage in self._stages if stage.number < here.number]
        if not self._style.quiet and known:
            self._say([opening_sentence(here, earlier, known)])
        return tuple(stage.slug for stage in earlier)

    def handle(self, event: Event) -> None:
        if isinstance(event, StageFinished):
            self._found.append(event.stage)
        if isinstance(event, RunFinished):
            self._keep()

    def close(self, _error: GraderError | None = None) -> None:
        """What a run that was broken off has found until then is kept, too."""
        self._keep(silent=True)

    def _keep(self, *, silent: bool = False) -> None:
        found, self._found = self._found, []
        if not found:
            return
        slug, now = self._course.slug, self._kept.now
        try:
            after = folder.update(
                self._kept.directory,
                lambda known: known.after(slug, found, now).of_program(self._kept.program),
            )
        except NotKept as error:
            _warn(error)
            return
        if not silent:
            before, named = self._known.of(slug), self._kept.named
            said = news(self._stages, before, after.of(slug), self._course, named)
            wanted = (
                [line for line in said if line.startswith("regression")]
                if self._style.quiet
                else said
            )
            self._say(wanted, indent="  ")

    def _say(self, sentences: Sequence[str], indent: str = "") -> None:
        lines = [
            line
            for text in sentences
            for line in hang(indent, self._style.text(text), self._style.width)
        ]
        self._stream.write("".join(f"{line}\n" for line in lines))
        self._stream.flush()
