"""The command that runs the server for a client by hand. Pure."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Again(Value, frozen=True):
    """How the command line named a submission, to name it again. options: by their names, None
    where not given. path: of a file or directory; else `command` is the program and its
    arguments."""

    options: Mapping[str, object | None]
    path: str | None
    command: Sequence[str] = ()

    def words(self) -> tuple[str, ...]:
        given = [
            word
            for name, value in self.options.items()
            if value is not None
            for word in (name, str(value))
        ]
        return (*given, self.path) if self.path is not None else (*given, "--", *self.command)


def launching(stage: str, check: str, seed: int | None, again: Sequence[str]) -> str:
    """The command line of `grade launch` for a stage. check, seed: where the files have to be those
    of this check in a run."""
    files = ["--check", f"{stage}/{check}", "--seed", str(seed)]
    what = files if seed is not None else ["--stage", stage]
    return shlex.join(["grade", "launch", *what, *again])
