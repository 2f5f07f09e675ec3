"""One run of `grade fuzz`, and what it said."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests import forked

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "tests" / "submissions"
PATIENCE_S = 600.0  # until a test gives up; nothing is judged by it
_TITLE = re.compile(r"Your server and the reference differ in the (.+?):")


@dataclass(frozen=True, slots=True)
class Search:
    """A run that has ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What it printed, as words with one blank between."""
        return " ".join(self.out.split())

    @property
    def field(self) -> str | None:
        """In what the two differ."""
        found = _TITLE.search(self.said)
        return found[1] if found else None


def search(
    *arguments: str | Path, where: Path = SUBMISSIONS, command: Sequence[str] = ()
) -> Search:
    """Run `grade fuzz` with these arguments in a directory. A broken submission needs the right one
    in the directory above it, which a program of its own directory would not see."""
    if where == SUBMISSIONS and arguments and "/" in str(arguments[0]):
        arguments, command = arguments[1:], ("python3", str(arguments[0]))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": "/tmp"}
    words = ("fuzz", *arguments, *(("--", *command) if command else ()))
    ended = forked.run(words, cwd=where, env=environment, timeout=PATIENCE_S)
    return Search(ended.code, ended.out.decode(), ended.err.decode())


def examples(count: int, seed: int = 1) -> tuple[str, ...]:
    """The options of a search that always asks the same, however fast the machine is."""
    return ("--seconds", "3600", "--examples", str(count), "--seed", str(seed))
