"""What the watching process and the grading one tell each other: one line of JSON each."""

from __future__ import annotations

from typing import Self

from msgspec import Struct
from msgspec.structs import replace

from grader import codec
from grader.engine.settings import RunSettings


class _Line(Struct, frozen=True):
    def line(self) -> bytes:
        return codec.to_json(self).encode() + b"\n"

    @classmethod
    def read(cls, line: str | bytes) -> Self:
        """Raises `BrokenJson`."""
        return codec.from_json(line, cls)


class Setup(_Line, frozen=True):
    """What is the same for every run, and can be prepared: as on the command line. settings: with a
    seed and a strictness that no run needs to have."""

    submission: str | None
    command: tuple[str, ...]
    python: str | None
    course: str
    settings: RunSettings
    no_color: bool


class Order(_Line, frozen=True):
    """One run. stages: in the order in which they are graded. Of those without advice, which passed
    before, only failures are shown. opening: say how the program is contained. keep: keep what
    passes. Until the moment quiet, by the monotonic clock, more files may change: as long as it
    has no verdict, the run shows nothing, not even its headline."""

    stages: tuple[str, ...]
    settings: RunSettings
    opening: bool
    keep: bool
    folded: bool = True
    headline: str = ""
    quiet: float = 0.0

    def held(self, headline: str, quiet: float) -> Self:
        return replace(self, headline=headline, quiet=quiet)


class RunTold(_Line, frozen=True):
    """What a run tells. what: "check" or "stage" for one that was judged, "finished", "stale" when
    it was prepared for another program, "error" when it cannot grade; "shown", with the name
    "folded" or "unfolded", for all that it has shown in this form. name: of the check or stage.
    verdict: as in a report. text: what is wrong, the sentence of an error, or what was shown.
    hints: of a failed check, from the vaguest to the clearest."""

    what: str
    name: str = ""
    verdict: str = ""
    text: str | None = None
    hints: tuple[str, ...] = ()
