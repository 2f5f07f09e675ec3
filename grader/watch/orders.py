"""What the watching process and the grading one tell each other: one line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from grader import codec


@dataclass(frozen=True, slots=True)
class _Line:
    def line(self) -> bytes:
        return codec.to_json(self).encode() + b"\n"

    @classmethod
    def read(cls, line: str | bytes) -> Self:
        return codec.from_json(line, cls)


@dataclass(frozen=True, slots=True)
class Setup(_Line):
    """What is the same for every run, and can be prepared: as on the command line. parent: the
    watching process."""

    parent: int
    submission: str | None
    command: tuple[str, ...]
    python: str | None
    course: str
    port: int | None
    timeout_scale: float
    sandbox: str
    require_sandbox: bool
    limits: tuple[str, ...]
    no_color: bool


@dataclass(frozen=True, slots=True)
class Order(_Line):
    """One run. stages: in the order in which they are graded. briefly: those that passed before, of
    which only the required checks are asked and only failures are shown. opening: say how the
    program is contained. keep: keep what passes."""

    stages: tuple[str, ...]
    briefly: tuple[str, ...]
    strict: bool
    seed: int
    opening: bool
    keep: bool


@dataclass(frozen=True, slots=True)
class RunTold(_Line):
    """What a run tells. what: "check" or "stage" for one that was judged, "finished", "stale" when
    it was prepared for another program, "error" when it cannot grade. name: of the check or stage.
    verdict: as in a report. text: a failed check's hint, or the sentence of an error."""

    what: str
    name: str = ""
    verdict: str = ""
    text: str | None = None
