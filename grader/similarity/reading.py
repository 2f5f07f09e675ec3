"""Reads the programs of a class, which nobody has looked at, within bounds: their text, and nothing
of it is run.

Why so. Files are opened by descriptors and no link is followed. A text can be made so that to split
it into tokens takes for ever: so processor time is bounded too. `re` looks for signals while it
searches, so a timer ends it in whatever expression it is.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from grader.errors import NotGraded, UsageError
from grader.intake.contents import handed_in
from grader.intake.walk import Entry, entries
from grader.isolation.removal import remove
from grader.similarity.programs import Program, Text, program_of
from grader.similarity.tokens import language_of, tokens_of
from grader.system.untrusted_files import open_file
from grader.text.escape import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set
    from pathlib import Path
    from types import FrameType

    from grader.intake.given import Given
    from grader.intake.pack import Source
    from grader.jobs.neighbours import Neighbours
    from grader.similarity.tokens import Tokens

MOST_BYTES: Final = 1 << 18
"""Of one file. What a person writes is shorter."""

MOST_OF_ALL: Final = 1 << 20
MOST_FILES: Final = 200
MOST_TOKENS: Final = 20_000
MOST_SECONDS: Final = 5.0
"""Of processor time, for the tokens of one submission."""

_NOT_OURS: Final = frozenset(
    ["node_modules", "vendor", "target", "dist", "build", "site-packages", "venv", ".venv", "env",
     ".env", "virtualenv", "third_party"]
)  # fmt: skip
"""Directories of what others wrote, or a tool made."""


class _TooLong(Exception):
    """The time is over."""


def read_program(
    name: str, given: Given, told: Neighbours, starters: Set[int], place: Path
) -> Program | str:
    """A submission as it is compared, or why it is not.

    told: what is told to its grading. starters: as `given_code` makes it. place: a directory that
    is not there yet, for what has to be unpacked. Raises `MachineError`.
    """
    if told.refused:
        return told.refused
    place.mkdir()
    try:
        handed = handed_in(given, place, alone=bool(told.alone), hidden=told.hidden)
        texts, note = _texts(handed.source)
    except NotGraded as error:
        return str(error)
    finally:
        remove(place)
    if not texts:
        return note or "there is no program text in it"
    return program_of(name, texts, starters, note)


def read_starter(path: Path) -> list[Tokens]:
    """The code in a file or directory that the teacher gave to everybody. Raises `UsageError` where
    there is none."""
    try:
        found = [Entry(path.name, str(path))] if path.is_file() else list(entries(path))
        texts, note = _read(found)
    except NotGraded as error:
        raise UsageError(str(error)) from error
    if not texts:
        why = f": {note}" if note else ""
        raise UsageError(f"--starter {printable(str(path))}: there is no program text in it{why}")
    return [it.tokens for it in texts]


def _texts(source: Source) -> tuple[list[Text], str]:
    if source.alone:
        return _read([Entry(source.start, str(source.directory / source.start))])
    return _read(entries(source.directory, source.hidden))


def _read(found: Iterator[Entry] | Sequence[Entry]) -> tuple[list[Text], str]:
    """The files of a program, and what of it is left out."""
    left_out = ""
    texts: list[Text] = []
    room, tokens = MOST_OF_ALL, MOST_TOKENS
    try:
        with _bounded_time(MOST_SECONDS):
            for entry in found:
                if (
                    entry.is_directory
                    or entry.link is not None
                    or entry.is_pipe
                    or _is_foreign(entry)
                ):
                    continue
                text = _text_of(entry)
                language = language_of(entry.name, text[:100].partition("\n")[0])
                if not language:
                    continue
                room -= len(text)
                if len(text) > MOST_BYTES or room < 0 or len(texts) == MOST_FILES or not tokens:
                    left_out = left_out or f"{entry.name} is left out: there is too much of it"
                    continue
                texts.append(Text(entry.name, text, tokens_of(text, language, tokens)))
                tokens -= len(texts[-1].tokens.kinds)
    except _TooLong:
        left_out = f"after {MOST_SECONDS:g} s of processor time the rest of it is left out"
    return texts, left_out


def _is_foreign(entry: Entry) -> bool:
    return any(part in _NOT_OURS for part in entry.name.split("/")[:-1])


def _text_of(entry: Entry) -> str:
    """As much of it as is looked at; empty where it cannot be read, or is none that could be a
    program."""
    try:
        with open(open_file(entry.path), "rb") as stream:
            if not language_of(entry.name) and stream.peek(2)[:2] != b"#!":
                return ""
            raw = stream.read(MOST_BYTES + 1)
    except OSError:
        return ""
    return raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


@contextmanager
def _bounded_time(seconds: float) -> Iterator[None]:
    """Raises `_TooLong` in here after so much processor time. For the main thread."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
