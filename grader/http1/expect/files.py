"""Judgements on the files in the directory that the server was given, and next to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import difference
from grader.http1.recognise import WrongBytes

if TYPE_CHECKING:
    from grader.http1.wire import Response
    from grader.program.served_directory import SharedFiles


def stored(files: SharedFiles, name: str, content: bytes, hint: Hint) -> None:
    """The served directory holds a file of this name with exactly these bytes."""
    found = files.read(name)
    if found is None:
        raise Failure(
            Kind.FILES,
            f"Your server answered 201, but the directory has no file {name}.",
            expected=content[:2000],
            actual="no such file",
            hint="Write to the directory after --directory, under the name in the path.",
            file=name,
        )
    if found != content:
        problem = f"The file is not the body that was sent: {difference(content, found)}."
        raise WrongBytes(Kind.FILES, problem, found, content, hint=hint, subject="file", file=name)


def stored_or_refused(
    files: SharedFiles, name: str, content: bytes, answer: Response, *, before: set[str], hint: Hint
) -> None:
    """Either the file is there, or an error was answered, and no file but those of `before`."""
    left = sorted(path for path in files.names() - before if not path.endswith("/"))
    if answer.status < 400 and files.read(name) != content:
        problem = f"Your server answered {answer.status}, but did not store the file."
        raise Failure(
            Kind.FILES,
            problem,
            expected="an error, such as 404",
            actual=answer.head,
            hint=hint,
            file=name,
        )
    if answer.status >= 400 and left:
        problem = f"Your server answered {answer.status}, but left a file: {left[0]}."
        raise Failure(Kind.FILES, problem, expected="no such file", hint=hint, file=left[0])


def unchanged(files: SharedFiles, name: str, content: bytes, hint: Hint) -> None:
    """A file that this request is not about still holds exactly these bytes."""
    if (found := files.read(name)) != content:
        raise Failure(
            Kind.FILES,
            f"The upload changed another file: {name}.",
            expected=content,
            actual="no such file" if found is None else found,
            hint=hint,
            file=name,
        )


def not_written(files: SharedFiles, name: str, hint: Hint) -> None:
    """No file of this name exists, neither in the served directory nor next to it."""
    for found in sorted(files.names()):
        if found.rpartition("/")[2] == name:
            content = files.read(found)
            raise Failure(
                Kind.FILES,
                f"Your server wrote a file that it must not write: {found}.",
                expected="no such file",
                actual=content if content is not None else "a file that cannot be read",
                hint=hint,
                file=found,
            )
