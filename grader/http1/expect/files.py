"""Judgements on the files in the directory that the server was given, and next to it.

A directory is given without a slash at its end. A server that puts the name right behind it opens
another file, next to the directory. So there is one, which says what it is: whatever such a server
would do with a file that is missing, this one tells the cause.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from grader.check.failure import AskedAgain, Failure, Hint, Kind
from grader.http1.expect.answers import body, decoded, difference
from grader.http1.expect.headers import header, leads_to
from grader.http1.recognise import WrongBytes, WrongStatus
from grader.http1.recognise.wrong import SHORT
from grader.program.served_directory import first_difference
from grader.system.patience import wait

if TYPE_CHECKING:
    from grader.http1.session import Session
    from grader.http1.wire import Response
    from grader.program.served_directory import SharedFiles
    from grader.program.server import Server

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_NEXT_TO_IT: Final = b"This file is next to the directory, not in it."
_COMES_LATER: Final = (
    "Started again, when the file is already there, your server answers 200",
    "Look at the disk for each request: files come and change while your server runs.",
)
_WRITE_FIRST: Final = (
    "Answer 201 when the file is written and closed: in the callback, or after await, where writing"
    " is asynchronous."
)
_WRITE_THERE: Final = "Write to the directory after --directory, under the name in the path."


def put(files: SharedFiles, name: str, content: bytes) -> None:
    """A file in the served directory, and the one that a server opens which joins the directory and
    the name without a slash."""
    files.put(name, content)
    files.put_outside(_without_a_slash(files, name), _NEXT_TO_IT)


def found(session: Session, answer: Response, name: str, hint: Hint | None = None) -> None:
    """The answer to GET of a file that is there: 200, and not for the file next to the
    directory."""
    if answer.status != 200:
        where = f" and {_where(session, name)}"
        content = session.files.read(name)
        failure = WrongStatus(answer, (200,), hint=hint, content=content, where=where)
        failure.asked_again = _asked_again(session, answer, 200, _COMES_LATER)
        raise failure
    if _NEXT_TO_IT in decoded(answer):
        raise _joined(session, "opened", name)


def page(session: Session, answer: Response, name: str, content: bytes) -> None:
    """The answer to GET of a path that means a file of the site: 200, and exactly its bytes."""
    found(session, answer, name)
    came = decoded(answer)
    other = _other_file(session.files, came, name) if came != content else None
    if other is not None:
        raise Failure(
            Kind.MISMATCH,
            f"The body is the file {other}, not {name}.",
            expected=content,
            actual=came,
            offset=first_difference(content, came),
            file=other,
            cause="another file of the site is sent",
        )
    body(answer, content)


def _other_file(files: SharedFiles, content: bytes, name: str) -> str | None:
    """Another file in the served directory that holds exactly these bytes, if they are not few."""
    names = sorted(files.names() - {name}) if len(content) > SHORT else []
    inside = (other for other in names if not other.startswith("../") and not other.endswith("/"))
    return next((other for other in inside if files.read(other) == content), None)


def page_or_redirect(
    session: Session, answer: Response, name: str, content: bytes, *, asked: str, to: str
) -> None:
    """The answer to GET of a path with two forms: the page, or a redirect from the form that was
    `asked` to the other one."""
    if answer.status in _REDIRECTS:
        hint = f"Send the page itself, or let Location lead from {asked} to {to}."
        leads_to(header(answer, "Location"), to, hint, asked=asked)
    else:
        page(session, answer, name, content)


def created(session: Session, answer: Response, name: str, hint: Hint | None = None) -> None:
    """The answer to POST of a new file: 201."""
    if answer.status != 201:
        failure = WrongStatus(answer, (201,), hint=hint, where=f" and {_where(session, name)}")
        failure.asked_again = _asked_again(session, answer, 201)
        raise failure


def _asked_again(
    session: Session, answer: Response, wanted: int, as_before: tuple[str, Hint] | None = None
) -> AskedAgain:
    """Sends the same request to the program, launched once more. One that looks where a file is
    before it opens it, as with commonpath, does not open the file next to the directory: with a
    slash at the end of the directory it opens the right one."""
    sent = session.transcript.sent_on(answer.connection)

    def is_right(server: Server) -> bool:
        connection = session.connect_to(server)
        connection.send(sent)
        return connection.read(ends=False).status == wanted

    with_slash = f"With a slash at the end of DIR your server answers {wanted}"
    return AskedAgain(is_right, as_before, (with_slash, _join(session)))


def _without_a_slash(files: SharedFiles, name: str) -> str:
    return f"{files.directory.name}{name}"


def _join(session: Session) -> str:
    return (
        "Join the directory and the name with a slash: your server finds the file only if the"
        f" argument after {session.arguments[0]} ends in one."
    )


def _where(session: Session, name: str) -> str:
    """What the program was started with, and where the file has to be."""
    directory = str(session.files.directory)
    started = shlex.join(session.arguments).replace(directory, "DIR")
    return f"the file DIR/{name}; your server was started with {started} (DIR is {directory})"


def _joined(session: Session, did: str, name: str) -> Failure:
    wrong = _without_a_slash(session.files, name)
    return Failure(
        Kind.FILES,
        f"Your server joined the directory and the name without a slash: it {did} {wrong}, which is"
        " next to the directory.",
        expected=_where(session, name),
        hint=_join(session),
        file=f"../{wrong}",
        cause="the directory and the name are joined without a slash",
    )


def stored(session: Session, name: str, content: bytes, hint: Hint | None = None) -> None:
    """The served directory holds a file of this name with exactly these bytes."""
    files = session.files
    found = files.read(name)
    if found is None and files.read(f"../{_without_a_slash(files, name)}") == content:
        raise _joined(session, "wrote", name)
    if found is None and _comes_late(session, name):
        raise Failure(
            Kind.FILES,
            f"Your server answered 201 before the file {name} was there: it came later.",
            expected=_where(session, name),
            actual="no such file yet",
            hint=_WRITE_FIRST,
            file=name,
        )
    if found is None:
        answered = "answered 201" if content else "answered 201 to an empty body"
        raise Failure(
            Kind.FILES,
            f"Your server {answered}, but the directory has no file {name}.",
            expected=_where(session, name),
            actual="no such file",
            # that the body is empty is what makes the request special: the check says what to do
            hint=_WRITE_THERE if content else hint,
            file=name,
        )
    if found != content:
        problem = f"The file is not the body that was sent: {difference(content, found)}."
        raise WrongBytes(Kind.FILES, problem, found, content, hint=hint, subject="file", file=name)


def _comes_late(session: Session, name: str) -> bool:
    """Whether a file that was not there after its 201 is there a moment later."""
    ended, files = session.server.program.wait_exit, session.files
    wait(ended, session.quiet(), lambda: files.read(name) is not None, step_s=0.005)
    return files.read(name) is not None


def stored_or_refused(
    files: SharedFiles,
    name: str,
    content: bytes,
    answer: Response,
    *,
    before: set[str],
    hint: Hint | None = None,
) -> None:
    """Either the file is there, or an error was answered, and no file but those of `before`."""
    stored = answer.status < 400
    if stored and files.read(name) == content:
        return
    left = sorted(path for path in files.names() - before if not path.endswith("/"))
    if stored:
        raise _not_stored(files, name, content, answer, left, hint)
    if left:
        problem = f"Your server answered {answer.status}, but left a file: {left[0]}."
        raise Failure(Kind.FILES, problem, expected="no such file", hint=hint, file=left[0])


def _not_stored(
    files: SharedFiles,
    name: str,
    content: bytes,
    answer: Response,
    left: list[str],
    hint: Hint | None,
) -> Failure:
    """The upload was taken, and the file is not there: it may have another name."""
    other = next((one for one in left if files.read(one) == content), None)
    did = f"stored the body as {other!r}, not as {name!r}" if other else "did not store the file"
    return Failure(
        Kind.FILES,
        f"Your server answered {answer.status}, but {did}.",
        expected=f"a file {name!r}, or an error" if other else "an error, such as 404",
        actual=answer.head,
        hint=hint,
        file=name,
        cause="the file is not stored under its name",
    )


def unchanged(files: SharedFiles, name: str, content: bytes, hint: Hint | None = None) -> None:
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


def not_written(files: SharedFiles, name: str, hint: Hint | None = None) -> None:
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
