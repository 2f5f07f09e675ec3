"""Judges *uploads*: a body in parts, each a field or a file, which comes back by name, size and
hash."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from grader.author import Failure, Kind, Request, Session, check, expect

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NO_TYPE = ("", None, "text/plain", "application/octet-stream")
PARTS = (
    "Split the body at CRLF, -- and the boundary. A part is header lines, an empty line, content.",
    "Print the boundary, the number of parts, and for each its header lines and its length.",
    "Others left the line break before the boundary in the content, or decoded the content.",
)
CONTENT = (
    "The content of a part is bytes: from after its empty line up to the CRLF before the boundary.",
    "Compare the size that you answer with that of the file, then its first and last bytes.",
    "Others stripped line breaks, decoded the content, or searched it for an empty line.",
)


class Part(NamedTuple):
    """A part of an upload: a field, or a file if it has a file name. Without a type, it sends
    none."""

    name: str
    content: bytes
    filename: str | None = None
    media_type: str | None = None

    @property
    def head(self) -> str:
        file = "" if self.filename is None else f'; filename="{self.filename}"'
        typed = f"Content-Type: {self.media_type}\r\n" if self.media_type else ""
        return f'Content-Disposition: form-data; name="{self.name}"{file}\r\n{typed}\r\n'

    @property
    def described(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "filename": self.filename,
            "type": self.media_type or "",
            "size": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def name(session: Session) -> str:
    return session.random.word(letters=LETTERS)


def file(session: Session, content: bytes, media_type: str | None = "text/plain") -> Part:
    return Part(name(session), content, session.random.name(), media_type)


def body_of(boundary: str, parts: Sequence[Part], end: str = "--") -> bytes:
    """The parts with the boundary between them."""
    line = f"--{boundary}"
    between = b"".join(f"{line}\r\n{one.head}".encode() + one.content + b"\r\n" for one in parts)
    return between + f"{line}{end}\r\n".encode()


def upload(session: Session, boundary: str, body: bytes, media_type: str = "") -> Request:
    """An upload with this body; its boundary in the Content-Type is not quoted."""
    sent = media_type or f"multipart/form-data; boundary={boundary}"
    return session.build("POST", "/upload", headers=[("Content-Type", sent)], body=body)


def boundary_of(session: Session) -> str:
    return session.random.word(32)


def comes_back(session: Session, *parts: Part, boundary: str = "") -> None:
    """An upload of these parts is answered with its fields, and what its files are."""
    boundary = boundary or boundary_of(session)
    request = upload(session, boundary, body_of(boundary, parts))
    answer = session.exchange(request, ends=False)
    judge(expect.decoded(answer), expect.json_value(answer), parts)


def judge(body: bytes, found: Any, parts: Sequence[Part]) -> None:  # noqa: ANN401  (JSON)
    """The fields, and the files. Those of one name are in their order (RFC 7578 5.2): many servers
    group them by their names."""
    fields = {part.name: part.content.decode() for part in parts if part.filename is None}
    files = sorted((part for part in parts if part.filename is not None), key=lambda it: it.name)
    listed = found.get("files") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        wanted = [part.described for part in files]
    else:
        listed = sorted(listed, key=lambda one: str(one.get("name")))
        found = {**found, "files": listed}
        said = [*listed, *({} for _ in files)]
        wanted = [with_type(part, one) for part, one in zip(files, said, strict=False)]
        for part, one in zip(files, listed, strict=False):
            judge_hash(body, part, one)
    expect.same(found, {"fields": fields, "files": wanted}, body)


def with_type(part: Part, found: Mapping[str, Any]) -> dict[str, Any]:
    """What is wanted of a file. One that was sent without a type has any that stands for that."""
    said = found.get("type")
    if part.media_type is None and said in NO_TYPE:
        return {**part.described, "type": said}
    return part.described


def judge_hash(body: bytes, part: Part, found: Mapping[str, Any]) -> None:
    """What was hashed, where it is the content of the file in another form."""
    said = found.get("sha256")
    if not isinstance(said, str) or said == part.described["sha256"]:
        return
    for form, content in forms_of(part.content).items():
        if content != part.content and hashlib.sha256(content).hexdigest() == said.lower():
            raise Failure(
                Kind.MISMATCH,
                f"Your server did not hash the content of the file, but {form}.",
                expected=part.described["sha256"],
                actual=body,
                hint=CONTENT,
            )


def forms_of(content: bytes) -> Mapping[str, bytes]:
    """What is done to content by mistake, by what is said of it."""
    return {
        "the content and the line break after it": content + b"\r\n",
        "the content and the line break before it": b"\r\n" + content,
        "nothing": b"",
        "the content without the line breaks at its ends": content.strip(b"\r\n"),
        "the content without the white space at its ends": content.strip(),
        "the content without its last line break": content.removesuffix(b"\n").removesuffix(b"\r"),
        "the content without the white space at its end": content.rstrip(),
        "the content with line feeds in place of CRLF": content.replace(b"\r\n", b"\n"),
        "the content after decoding it as UTF-8": content.decode("utf-8", "replace").encode(),
        "the content without what is not UTF-8": content.decode("utf-8", "ignore").encode(),
        "the content encoded from latin-1 to UTF-8": content.decode("latin-1").encode(),
        "the content up to its first empty line": content.partition(b"\r\n\r\n")[0],
        "the content after its first empty line": content.partition(b"\r\n\r\n")[2],
        "the content up to its first NUL byte": content.partition(b"\0")[0],
        "the content up to its first line break": content.partition(b"\r\n")[0],
        "the content up to its first --": content.partition(b"\r\n--")[0],
    }


@check(
    "POST /upload says what the file is",
    "A server MUST answer POST /upload with the name, type, size and SHA-256 of the file in it",
    cite="RFC 7578 4",
    hint=PARTS,
)
def answers_the_file(session: Session) -> None:
    comes_back(session, file(session, session.random.word(200).encode()))


@check(
    "Fields come back next to files",
    "A server MUST answer with the fields of an upload, and with the files apart from them",
    cite="RFC 7578 4.2",
    hint="A part with a filename is a file; one without is a field, whose content is its value.",
)
def fields_and_files(session: Session) -> None:
    field = Part(name(session), f"{session.random.word()} & Grüße\r\n".encode())
    other = Part(name(session), b"")
    comes_back(session, field, file(session, session.random.word(50).encode()), other)
    comes_back(session, field, other)


@check(
    "Several files come back, each with its own type",
    "A server MUST answer with every file of an upload, those of one name in their order",
    cite="RFC 7578 4.3",
    hint="Make a list of the files: two of them may have one name.",
)
def several_files(session: Session) -> None:
    types = session.random.shuffled(["image/png", "text/html", "application/pdf"])
    parts = [file(session, session.random.word(40).encode(), media_type) for media_type in types]
    comes_back(session, *parts[:2], parts[2]._replace(name=parts[0].name))
