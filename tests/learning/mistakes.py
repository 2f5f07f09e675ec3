"""The mistakes of mistakes.yaml, each graded with the stage that matters.

`python -m tests.learning.mistakes` prints the table: the mistake, the verdict, the sentence and the
lines on the screen; then how many fit into 24 lines, and the median. Words after it choose some.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import yaml

from tests import forked

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAMS: Final = Path(__file__).parent / "programs"
SCREEN: Final = 24
SEED: Final = 4


@dataclass(frozen=True, slots=True)
class Mistake:
    """does: what the program does wrong. finds: the name of the check that fails first; empty where
    nothing can be graded. old, new: the edit; everything is new where old is empty. program: which
    server it is made in."""

    stage: str
    does: str
    finds: str
    new: str
    old: str = ""
    program: str = "server.py"

    @property
    def can_be_started(self) -> bool:
        """Whether this machine has what its language needs."""
        tool = {".js": "node", ".c": "cc"}.get(Path(self.program).suffix)
        return tool is None or shutil.which(tool) is not None

    @property
    def expected(self) -> tuple[int, str]:
        """The exit code, and the id of the check."""
        return (1, f"{self.stage}/{self.finds}") if self.finds else (2, "")

    @property
    def source(self) -> str:
        """The program with the mistake."""
        right = (PROGRAMS / self.program).read_text(encoding="utf-8")
        if not self.old:
            return self.new
        assert right.count(self.old) == 1, (self.does, right.count(self.old))
        return right.replace(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a mistake. lines: on a screen of 80 columns, without the command itself."""

    code: int
    check: str
    sentence: str
    lines: int
    screen: str


def mistakes() -> list[Mistake]:
    """All of them, in the order of the course."""
    found = yaml.safe_load((PROGRAMS.parent / "mistakes.yaml").read_text(encoding="utf-8"))
    return [Mistake(**one) for one in found]


def graded(mistake: Mistake) -> Told:
    """Grade it as its author would."""
    with tempfile.TemporaryDirectory(dir="/tmp") as place:
        Path(place, mistake.program).write_text(mistake.source, encoding="utf-8")
        report = Path(place, "report.json")
        arguments = [f"--seed={SEED}", f"--stage={mistake.stage}", f"--report=json:{report}"]
        ended = forked.run(
            [*arguments, mistake.program], cwd=Path(place),
            env={**os.environ, "PYTHONUTF8": "1", "TMPDIR": "/tmp"}, timeout=300,
        )  # fmt: skip
        screen = (ended.out + ended.err).decode()
        read = json.loads(report.read_bytes()) if report.exists() else {"stages": []}
    failed = [
        check
        for stage in read["stages"]
        for check in stage["checks"]
        if check["failure"] and (check["verdict"], check["level"]) == ("failed", "required")
    ]
    first = failed[0] if failed else {"id": "", "failure": {"summary": read.get("reason") or ""}}
    return Told(
        ended.code, first["id"], first["failure"]["summary"], len(screen.splitlines()), screen
    )


def main() -> None:
    """Print the table."""
    lines = []
    chosen = [it for it in mistakes() if it.can_be_started and _is_asked_for(it)]
    for mistake in chosen:
        told = graded(mistake)
        lines.append(told.lines)
        for line in _row(mistake, told):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    fit = sum(count <= SCREEN for count in lines)
    sys.stdout.write(
        f"{fit} of {len(lines)} fit into {SCREEN} lines ({fit / len(lines):.0%});"
        f" the median has {statistics.median(lines):g}\n"
    )


def _is_asked_for(mistake: Mistake) -> bool:
    return not sys.argv[1:] or any(word in f"{mistake}" for word in sys.argv[1:])


def _row(mistake: Mistake, told: Told) -> Iterator[str]:
    language = Path(mistake.program).suffix
    yield f"{mistake.stage} {language}: {mistake.does}"
    yield f"    {told.code} {told.check or '-'} ({told.lines} lines): {told.sentence}"


if __name__ == "__main__":
    main()
