"""Judgements on the headers of one answer: silent when right, and a raised `Failure` when not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from grader.check.failure import Failure, Hint, Kind
from grader.http1.recognise import require_success
from grader.http1.wire import members
from grader.text.sentence import choice, sentence

if TYPE_CHECKING:
    from collections.abc import Collection

    from grader.http1.wire import Response


def header(
    response: Response, name: str, hint: Hint | None = None, *, code: int | None = None
) -> str:
    """The value of a header that must be there.

    code: the status that an answer with this header has. Where another error came, that is said.
    """
    value = response.header(name)
    if value is None:
        if code is not None:
            require_success(response, wanted=code)
        raise Failure(
            Kind.MISMATCH,
            f"The answer has no {name} header.",
            expected=f"{name}: ...",
            actual=response.head,
            hint=hint,
        )
    return value


def no_header(response: Response, name: str, why: str, hint: Hint | None = None) -> None:
    """A header that must not be there; `why` ends the sentence "The answer has Name: value, but
    ..."."""
    value = response.header(name)
    if value is not None:
        raise Failure(
            Kind.MISMATCH,
            sentence(f"the answer has {name}: {value}, but {why}"),
            expected=f"no {name} header",
            actual=response.head,
            hint=hint,
        )


_RIGHT_TYPE: Final = "Send the right Content-Type: it tells the client how to show the body."


def media_type(
    response: Response, wanted: str, *, code: int = 200, hint: Hint | None = _RIGHT_TYPE
) -> None:
    """Content-Type names `wanted`; parameters such as charset are free.

    code: the status that an answer of this type has. Where another error came, that is said. hint:
    None for the check's own.
    """
    if response.media_type != wanted:
        require_success(response, wanted=code)
        sent = response.header("Content-Type")
        raise Failure(
            Kind.MISMATCH,
            (
                f"The Content-Type is {sent}, not {wanted}."
                if sent
                else f"The answer has no Content-Type; expected {wanted}."
            ),
            expected=f"Content-Type: {wanted}",
            actual=response.head,
            hint=hint,
            cite="RFC 9110 8.3",
        )


def codings(response: Response, allowed: Collection[str], hint: Hint | None = None) -> None:
    """Content-Encoding names one of `allowed` ("gzip", "deflate", "identity" for none)."""
    found = ", ".join(response.content_coding) or "identity"
    if found not in allowed:
        wanted = choice(sorted(allowed))
        raise Failure(
            Kind.MISMATCH,
            _wrong_coding(found, wanted),
            expected=(
                f"Content-Encoding: {wanted}"
                if "identity" not in allowed
                else f"a body coded as {wanted}"
            ),
            actual=response.head,
            hint=hint,
            cite="RFC 9110 12.5.3",
        )


def _wrong_coding(found: str, wanted: str) -> str:
    if found == "identity":
        return f"The body is not compressed: expected Content-Encoding: {wanted}."
    if wanted == "identity":
        return (
            f"The body is compressed (Content-Encoding: {found}), but this request asks for plain"
            " text."
        )
    return f"The answer has Content-Encoding: {found}, not {wanted}."


def contains(value: str, wanted: str, name: str, hint: Hint | None = None) -> None:
    """The value of the header `name` contains `wanted`."""
    if wanted not in value:
        raise Failure(
            Kind.MISMATCH,
            f"The {name} header does not contain {wanted}.",
            expected=f"{name}: ...{wanted}...",
            actual=f"{name}: {value}",
            hint=hint,
        )


def member(value: str, wanted: str, name: str, hint: Hint | None = None) -> None:
    """One member of the header `name`, a list with commas between (RFC 9110 5.6.1), is `wanted`."""
    if wanted not in members(value):
        raise Failure(
            Kind.MISMATCH,
            f"The {name} header does not list {wanted}.",
            expected=f"{name}: {wanted}, ...",
            actual=f"{name}: {value}",
            hint=hint,
        )


def leads_to(
    location: str, path: str, hint: Hint | None = None, *, asked: str | None = None
) -> None:
    """A Location, relative to the path that was asked for, is this path: RFC 9110 10.2.2, RFC 3986
    5.

    Percent-encoded or not, where that makes no other path. asked: the path that was asked for,
    where it is another one.
    """
    found = urlsplit(urljoin(f"http://localhost{asked or path}", location))
    if unquote(found.path) != unquote(path) or found.query or found.fragment:
        raise Failure(
            Kind.MISMATCH,
            f"The Location header does not lead to {path}.",
            expected=f"Location: {path}",
            actual=f"Location: {location}",
            hint=hint,
        )


def one_length(response: Response, hint: Hint | None = None) -> None:
    """Content-Length occurs once at most, with a single value: RFC 9110 8.6 lets a client refuse
    repeated ones."""
    lines = response.header_values("Content-Length")
    values = [value for line in lines for value in line.split(",")]
    if len(values) > 1:
        twice = (
            f"{len(lines)} Content-Length headers"
            if len(lines) > 1
            else f"Content-Length: {lines[0]}"
        )
        raise Failure(
            Kind.MISMATCH,
            f"The answer has {twice}: clients such as Node reject it.",
            expected="one Content-Length with one value",
            actual=response.head,
            hint=hint,
            cite="RFC 9110 8.6",
        )
