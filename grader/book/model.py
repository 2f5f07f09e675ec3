"""What the book of a class holds, as values. Pure."""

from __future__ import annotations

from typing import Final

from grader.value import Value

OUTCOMES: Final = frozenset({"passed", "failed", "errored", "not_graded"})
"""What becomes of a submission: `grader.outcomes.Outcome`, with what grading came to."""


class Basis(Value, frozen=True):
    """What decides a result: two gradings with the same basis need only be done once.

    content: the hash of what was handed in; empty where it is not known, and then nothing has the
    same. course: its version. options: those that change what is judged, as JSON. seed: of every
    random input. grader: its version.
    """

    content: str
    course: str
    options: str
    seed: int
    grader: str


class KeptResult(Value, frozen=True):
    """What became of one submission, as it was graded: no policy of the class is in it.

    name, path: of the submission, as in the class. outcome: `passed`, `failed`, `errored` or
    `not_graded`. reason: why it has no verdict. kind, problem: of the first failed check. outline:
    its report as JSON, without what went over the wire. traceback: where the grader itself broke.
    number: its place in the book; 0 as long as it has none. run: the number of its run.
    """

    name: str
    path: str
    basis: Basis
    outcome: str
    ended_at: str
    took_s: float = 0.0
    reason: str = ""
    kind: str = ""
    problem: str = ""
    outline: bytes = b""
    traceback: str = ""
    number: int = 0
    run: int = 0


class Seat(Value, frozen=True):
    """One submission in a run. result: the number of its result; None as long as it has none."""

    name: str
    path: str
    result: int | None = None


class BookRun(Value, frozen=True):
    """One command that graded the class. seed, course, options, grader: as in `Basis`. command: its
    words, for people. ended_at: empty where it was killed. graded: how many it has graded itself.
    number: as in `KeptResult`."""

    began_at: str
    seed: int
    course: str
    options: str
    grader: str
    command: tuple[str, ...] = ()
    ended_at: str = ""
    seats: int = 0
    graded: int = 0
    number: int = 0


def kept_text(text: str) -> str:
    """What need not be UTF-8, as text that SQLite keeps."""
    return text.encode("utf-8", "backslashreplace").decode()
