"""Judgements on one answer: silent when it is right, and a raised `Failure` when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.http1.expect.headers import header, media_type
from grader.http1.messages import explain_malformed
from grader.http1.wire import Framing, Malformed, Response
from grader.program.served_directory import first_difference

if TYPE_CHECKING:
    from collections.abc import Collection


def status(response: Response, *wanted: int, hint: str | None = None) -> None:
    """The status code is one of `wanted`.

    >>> status(response, 200)
    """
    if response.status not in wanted:
        codes = " or ".join(map(str, wanted))
        raise Failure(
            Kind.MISMATCH,
            f"the status is {response.status}, not {codes}",
            expected=f"status {codes}",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )


def refused(response: Response, *likely: int, hint: str) -> None:
    """The status tells of an error, whichever: `likely` are those that a server would send here."""
    if response.status < 400:
        codes = " or ".join(map(str, likely))
        raise Failure(
            Kind.MISMATCH,
            f"the status is {response.status}, which tells of no error",
            expected=f"an error, such as status {codes}",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )


def body(response: Response, wanted: bytes, *, hint: str | None = None) -> None:
    """The body, after removing chunks and content codings, is exactly `wanted`."""
    found = decoded(response)
    if found != wanted:
        raise Failure(
            Kind.MISMATCH,
            f"the body is not the expected one: {_difference(wanted, found)}",
            expected=wanted,
            actual=found,
            offset=first_difference(wanted, found),
            hint=hint,
        )


def _difference(wanted: bytes, found: bytes) -> str:
    if len(found) != len(wanted):
        return f"{len(found)} bytes instead of {len(wanted)}"
    return f"it differs at byte {first_difference(wanted, found)}"


def decoded(response: Response) -> bytes:
    """The body without its content codings; a body that cannot be decoded is a failure."""
    try:
        return response.decoded_body()
    except Malformed as malformed:
        raise explain_malformed(malformed) from malformed


def told_apart(response: Response, hint: str | None = None) -> None:
    """The end of the answer is told by its head: a length, chunks, or a status that has no body
    (RFC 9112 6.3)."""
    if response.framing is Framing.CLOSE:
        raise Failure(
            Kind.MISMATCH,
            f"nothing in the {response.status} answer tells where it ends",
            expected="Content-Length or chunked",
            actual=response.head,
            hint=hint or "An answer without a body says so: Content-Length: 0.",
            cite="RFC 9112 6.3",
        )


def alike(response: Response, reference: Response) -> None:
    """Status, media type and decoded body are those of the reference's answer."""
    status(response, reference.status)
    body(response, decoded(reference))
    if reference.media_type is not None:
        media_type(response, reference.media_type)


def answered(response: Response) -> None:
    """Any well-formed final answer will do: the server was not knocked over. (A malformed one never
    gets here.)"""
    if response.status < 200:
        raise Failure(
            Kind.MISMATCH, "only an interim answer came", expected="an answer", actual=response.head
        )


def not_in_body(response: Response, secret: bytes, hint: str) -> None:
    """The decoded body does not contain `secret`."""
    found = decoded(response)
    if secret in found:
        raise Failure(
            Kind.MISMATCH,
            "the answer gives away what it must not: the bytes from the marked place on",
            expected="an answer without these bytes (400, 403 or 404 will do)",
            actual=found,
            offset=found.find(secret),
            hint=hint,
        )


def part_of(response: Response, content: bytes, first: int, last: int, hint: str) -> None:
    """A 206 holds these bytes of the content and says so: Content-Range (RFC 9110 14.4), both ends
    included."""
    value = header(response, "Content-Range", hint)
    if value not in (f"bytes {first}-{last}/{size}" for size in (len(content), "*")):
        raise Failure(
            Kind.MISMATCH,
            f"The answer has Content-Range: {value}, and the client asked for bytes {first} to"
            f" {last}.",
            expected=f"Content-Range: bytes {first}-{last}/{len(content)}",
            actual=response.head,
            hint=hint,
        )
    body(response, content[first : last + 1], hint=hint)


def not_refused(response: Response, why: str, hint: str) -> None:
    """The method is not refused with 405 or 501; `why` ends the sentence "the status is 405, but
    ..."."""
    if response.status in (405, 501):
        raise Failure(
            Kind.MISMATCH,
            f"the status is {response.status}, but {why}",
            expected="another status, or an Allow without this method",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )


def space_after_the_code(response: Response) -> None:
    """The status line has its second space, even before an empty reason (RFC 9112 4)."""
    line = response.head.partition(b"\r\n")[0]
    if line.count(b" ") < 2:
        raise Failure(
            Kind.MISMATCH,
            "The status line ends after the status code, without the space that follows it.",
            expected="HTTP/1.1 200 and a space, then a reason or nothing",
            actual=response.head,
            offset=len(line),
            hint=(
                "Write the reason, or leave the space: some clients read the line up to its second"
                " space."
            ),
        )


def one_of(found: bytes, *, decoded: bytes, sent: bytes) -> None:
    """The text came back either percent-decoded or exactly as it was sent."""
    if found not in (decoded, sent):
        raise Failure(
            Kind.MISMATCH,
            "percent-encoded text came back neither decoded nor as it was sent",
            expected=decoded,
            actual=found,
            offset=first_difference(decoded, found),
            hint="Decode %XX into bytes, then those bytes are the body; or leave the text alone.",
        )


def consistent(outcomes: Collection[object], summary: str) -> None:
    """The same thing happened every time."""
    if len(set(outcomes)) > 1:
        raise Failure(Kind.MISMATCH, summary, expected="the same every time", actual="both")


def equal(found: int, wanted: int, what: str, hint: str) -> None:
    """A count is what it should be; `what` ends the sentence "3 ..."."""
    if found != wanted:
        raise Failure(
            Kind.MISMATCH, f"{found} {what}", expected=str(wanted), actual=str(found), hint=hint
        )
