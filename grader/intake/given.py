"""One submission as it was handed in: where its files lie, whose it is, and when it came. Pure."""

from __future__ import annotations

from grader.value import Value


class Student(Value, frozen=True):
    """Whose a submission is, as far as that is known: each field may be empty. group: who hands in
    together has one. late: whether the roster says so of the submission; None where it says
    nothing."""

    id: str = ""
    login: str = ""
    email: str = ""
    name: str = ""
    group: str = ""
    late: bool | None = None


class Part(Value, frozen=True):
    """A file of a submission. name: as its author called it. path: where it lies."""

    name: str
    path: str


class Given(Value, frozen=True):
    """path: how it is called on the screen, as the command line names it. parts: its files, where
    they do not simply lie at that path; an archive is unpacked. name: what it is called in short;
    empty: by its path. students: whose it is. late: None where nobody says. older: what the same
    student handed in before, which does not count. refused: why it is not graded at all."""

    path: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    students: tuple[Student, ...] = ()
    late: bool | None = None
    older: tuple[str, ...] = ()
    refused: str = ""
