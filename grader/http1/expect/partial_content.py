"""Judgements on answers to a Range: the part that was asked for, or the whole (RFC 9110 14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from grader.check.failure import Failure, Kind
from grader.http1.expect.answers import body, decoded, part_of, status

if TYPE_CHECKING:
    from grader.check.failure import Hint
    from grader.http1.wire import Response

_SAYS_200: Final = (
    "Send 206 (Partial Content) and Content-Range with a part: 200 is for the whole file."
)
_CONTENT_RANGE: Final = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)")
_BOUNDARY: Final = re.compile(
    r'multipart/byteranges *;.*?boundary=(?:"([^"]+)"|([^\s;"]+))', re.IGNORECASE
)
_MOST_PARTS: Final = 100


def no_part(response: Response, why: str, hint: Hint | None = None) -> None:
    """The answer is not 206; `why` ends the sentence "The answer is only a part (206), but ..."."""
    if response.status == 206:
        raise Failure(
            Kind.MISMATCH,
            f"The answer is only a part (206), but {why}.",
            expected="another status",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )


def part_or_whole(
    response: Response, content: bytes, first: int, last: int, hint: Hint | None = None
) -> None:
    """The answer to a Range that asks for bytes `first` to `last`, both included: 206 with them and
    a Content-Range, or 200 with the whole `content` from a server that ignores Range."""
    if response.status == 206:
        part_of(response, content, first, last, hint=hint)
        return
    status(response, 206, 200, hint=hint)
    part = content[first : last + 1]
    if part != content and decoded(response) == part:
        raise Failure(
            Kind.MISMATCH,
            "The answer is only a part, but its status is 200: the client takes it for the whole"
            " file.",
            expected="status 206 and Content-Range, or the whole file",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=_SAYS_200,
        )
    body(response, content, hint=hint)


def parts_or_whole(response: Response, content: bytes, hint: Hint | None = None) -> None:
    """The answer to a Range that asks for several parts: 200 with the whole `content`, or 206 with
    parts that are where they say (RFC 9110 15.3.7.2). A 206 tells by itself what it holds, so it
    may hold fewer."""
    if response.status != 206:
        status(response, 206, 200, hint=hint)
        body(response, content, hint=hint)
        return
    media_type = response.header("Content-Type") or ""
    if not media_type.lower().startswith("multipart/byteranges"):
        _is_where_it_says(response.header("Content-Range"), decoded(response), content, hint)
        return
    boundary = _BOUNDARY.match(media_type)
    if boundary is None:
        _wrong("The Content-Type names no boundary", f"Content-Type: {media_type}", hint)
    for head, part in _parts(decoded(response), (boundary[1] or boundary[2]).encode(), hint):
        named = re.search(rb"(?im)^content-range: *([^\r\n]*)", head)
        said = named[1].decode("latin-1") if named else None
        _is_where_it_says(said, part, content, hint)


def _parts(whole: bytes, boundary: bytes, hint: Hint | None) -> list[tuple[bytes, bytes]]:
    """The head and the bytes of each part of a multipart body (RFC 2046 5.1.1)."""
    pieces = (b"\r\n" + whole).split(b"\r\n--" + boundary, _MOST_PARTS)
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        _wrong("The body does not end with its boundary and two dashes", whole[-200:], hint)
    found = []
    for piece in pieces[1:-1]:
        if not piece.lstrip(b" \t").startswith(b"\r\n"):
            _wrong("A boundary shares its line with other bytes", piece[:200], hint)
        head, blank, part = piece.partition(b"\r\n\r\n")
        if not blank:
            _wrong("A part has no empty line after its head", piece[:200], hint)
        found.append((head, part))
    return found


def _is_where_it_says(said: str | None, part: bytes, content: bytes, hint: Hint | None) -> None:
    if said is None:
        _wrong("A part has no Content-Range", part[:200], hint)
    match = _CONTENT_RANGE.fullmatch(said)
    if match is None or match[3] not in (str(len(content)), "*"):
        _wrong("A Content-Range is wrong", f"Content-Range: {said}", hint)
    wanted = content[int(match[1]) : int(match[2]) + 1]
    if part != wanted:
        raise Failure(
            Kind.MISMATCH,
            f"A part is not what its Content-Range says: {said}.",
            expected=wanted,
            actual=part,
            hint=hint,
        )


def _wrong(problem: str, actual: str | bytes, hint: Hint | None) -> NoReturn:
    raise Failure(
        Kind.MISMATCH,
        f"{problem}, but the status is 206.",
        expected="parts, each with its Content-Range",
        actual=actual,
        hint=hint,
    )
