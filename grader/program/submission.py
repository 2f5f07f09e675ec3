"""A program to grade, as it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from pathlib import Path

    from grader.program.start_command import Build


class Submission(Value, frozen=True):
    """A program to grade. path: as the learner named it. directory: where it runs, absolute,
    symlinks resolved. command: how it is started, the program as an absolute path. named: those of
    its words that the user has named, or that are the user's by PATH: what they name can be seen.
    interpreters: those that the submission itself leads to. alone: the file that is all it gets to
    see of the directory, because others in it are graded too. program: the file of the directory
    that is started, or that says how, by its name there; empty where that is not certain. starts:
    the line that a file of a package manager starts it by, in short. known_as: where the learner's
    own directory lies, if `directory` is a copy of it; there the program sees it."""

    path: str
    directory: Path
    command: tuple[str, ...]
    build: Build | None = None
    named: tuple[str, ...] = ()
    interpreters: tuple[str, ...] = ()
    alone: str = ""
    program: str = ""
    starts: str = ""
    known_as: Path | None = None

    def shown(self, text: str) -> str:
        """The text with the learner's own directory in place of the copy."""
        if self.known_as is None:
            return text
        return text.replace(str(self.directory), str(self.known_as))


class Contents(Value, frozen=True):
    """What was unpacked of a submission. directory: by its real path. start: the file in it that is
    to be started; empty where the directory says. known_as: as in a `Submission`."""

    directory: Path
    start: str
    known_as: Path
