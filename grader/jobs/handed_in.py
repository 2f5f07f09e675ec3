"""Whose the submissions of a class are, and which came late: kept in its book, by their names. Who
exports results has no more than the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader import codec
from grader.book.model import kept_text
from grader.codec import BrokenJson
from grader.errors import MachineError
from grader.intake.given import Student
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.book.store import Book
    from grader.jobs.assignment import ClassEntry

_HANDED_IN: Final = "handed in"


class HandedIn(Value, frozen=True):
    """students: whose it is, as far as that is known. late: None where nobody says."""

    students: tuple[Student, ...] = ()
    late: bool | None = None


def handed_in(book: Book) -> dict[str, HandedIn]:
    """What is known of each submission, by its name. Raises `MachineError`."""
    if (said := book.setting(_HANDED_IN)) is None:
        return {}
    try:
        return codec.from_json(said, dict[str, HandedIn])
    except BrokenJson as error:
        raise MachineError(
            f"the book {book.path}: what it knows of the students is damaged; grade the class again"
        ) from error


def keep_handed_in(book: Book, entries: Iterable[ClassEntry]) -> None:
    """Keep what is known of these submissions, and what is there of others. Raises
    `MachineError`."""
    known = {
        kept_text(entry.name): HandedIn(entry.given.students, entry.given.late)
        for entry in entries
        if entry.given.students or entry.given.late is not None
    }
    if known:
        book.set(_HANDED_IN, codec.to_json({**handed_in(book), **known}))
