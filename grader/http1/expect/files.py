"""Judgements on what lies in the directory that the server was given, and beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.program.served_directory import SharedFiles, first_difference

if TYPE_CHECKING:
    from grader.http1.wire import Response


def stored(files: SharedFiles, name: str, content: bytes, hint: str) -> None:
    """The served directory holds a file of this name with exactly these bytes."""
    found = files.read(name)
    if found is None:
        raise Failure(
            Kind.FILES,
            f"the directory has no file {name} after it was answered 201",
            expected=content[:2000],
            actual="no such file",
            hint="Write to the directory that follows --directory, under the name in the path.",
        )
    if found != content:
        raise Failure(
            Kind.FILES,
            f"the file holds {len(found)} bytes that are not the {len(content)} bytes of the body",
            expected=content,
            actual=found,
            offset=first_difference(content, found),
            hint=hint,
        )


def stored_or_refused(
    files: SharedFiles, name: str, content: bytes, answer: Response, *, before: set[str], hint: str
) -> None:
    """Either the file is there, or an error was answered, and no file but those of `before`."""
    left = sorted(path for path in files.names() - before if not path.endswith("/"))
    if answer.status < 400 and files.read(name) != content:
        problem = f"{answer.status} was answered, and the file is not there"
        raise Failure(
            Kind.FILES, problem, expected="an error, such as 404", actual=answer.head, hint=hint
        )
    if answer.status >= 400 and left:
        raise Failure(Kind.FILES, f"an error was answered, and a file stays: {left[0]}", hint=hint)


def unchanged(files: SharedFiles, name: str, content: bytes, hint: str) -> None:
    """A file that this request is not about still holds exactly these bytes."""
    if (found := files.read(name)) != content:
        raise Failure(
            Kind.FILES,
            f"The upload has changed another file: {name}.",
            expected=content,
            actual="no such file" if found is None else found,
            hint=hint,
        )


def not_written(files: SharedFiles, name: str, hint: str) -> None:
    """No file of this name exists, neither in the served directory nor beside it."""
    for found in sorted(files.names()):
        if found.rpartition("/")[2] == name:
            content = files.read(found)
            raise Failure(
                Kind.FILES,
                f"there is a file {found} that must not have been written",
                expected="no such file",
                actual=content if content is not None else "a file that cannot be read",
                hint=hint,
            )
