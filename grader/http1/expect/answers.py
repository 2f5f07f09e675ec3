"""Judgements on one answer: silent when it is right, and a raised `Failure` when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.headers import header, media_type
from grader.http1.messages import explain_malformed
from grader.http1.recognise import WrongBytes, WrongStatus, require_success
from grader.http1.wire import Framing, Malformed, Response
from grader.http1.wire.rules.end import NO_END
from grader.program.served_directory import first_difference
from grader.text.layout import counted
from grader.text.sentence import choice, sentence

if TYPE_CHECKING:
    from collections.abc import Collection


def status(
    response: Response, *wanted: int, hint: Hint | None = None, by_hand: str | None = None
) -> None:
    """The status code is one of `wanted`. by_hand: as of a `Failure`.

    >>> status(response, 200)
    """
    if response.status not in wanted:
        raise WrongStatus(response, wanted, hint=hint, by_hand=by_hand)


def refused(response: Response, *likely: int, hint: Hint | None = None) -> None:
    """The request is rejected: the status is an error, whichever. likely: those that a server would
    send here."""
    if response.status < 400:
        codes = choice(likely)
        raise Failure(
            Kind.MISMATCH,
            f"The status is {response.status}, but this request must be rejected (4xx or 5xx).",
            expected=f"an error, such as status {codes}",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )


def body(response: Response, wanted: bytes, *, hint: Hint | None = None, code: int = 200) -> None:
    """The body, after removing chunks and content codings, is exactly `wanted`.

    code: the status that an answer with this body has. Where another error came, that is said.
    """
    found = decoded(response)
    if found != wanted:
        require_success(response, wanted=code, hint=hint, content=wanted)
        problem = f"The body is not the expected one: {difference(wanted, found)}."
        raise WrongBytes(Kind.MISMATCH, problem, found, wanted, hint=hint, response=response)


def content(response: Response, wanted: bytes, *, hint: Hint | None = None) -> None:
    """The status is 200, and the body is exactly `wanted`."""
    if response.status != 200:
        raise WrongStatus(response, (200,), hint=hint, content=wanted)
    body(response, wanted, hint=hint)


def difference(wanted: bytes, found: bytes) -> str:
    """How these bytes differ from the wanted ones, as a clause."""
    if len(found) != len(wanted):
        return f"it has {counted(len(found), 'byte')} instead of {len(wanted)}"
    return f"it differs at byte {first_difference(wanted, found)}"


def decoded(response: Response) -> bytes:
    """The body without its content codings; a body that cannot be decoded is a failure."""
    try:
        return response.decoded_body()
    except Malformed as malformed:
        raise explain_malformed(malformed) from malformed


def told_apart(response: Response, hint: Hint | None = None) -> None:
    """The head says where the answer ends: a length, chunks, or a status that has no body (RFC 9112
    6.3)."""
    if response.framing is Framing.CLOSE:
        raise Failure(
            Kind.MISMATCH,
            NO_END.summary,
            expected="Content-Length or chunked",
            actual=response.head,
            hint=hint or "Send Content-Length, also for an empty body: Content-Length: 0.",
            cite="RFC 9112 6.3",
        )


def alike(response: Response, reference: Response) -> None:
    """Status, media type and decoded body are those of the reference's answer."""
    status(response, reference.status)
    body(response, decoded(reference), code=reference.status)
    if reference.media_type is not None:
        media_type(response, reference.media_type, code=reference.status)


def answered(response: Response) -> None:
    """Any well-formed final answer will do: the server was not knocked over. (A malformed one never
    gets here.)"""
    if response.status < 200:
        raise Failure(
            Kind.MISMATCH,
            "Only an interim answer (1xx) came.",
            expected="a final answer",
            actual=response.head,
        )


def not_in_body(
    response: Response,
    secret: bytes,
    hint: Hint | None = None,
    *,
    what: str = "what it must not contain",
) -> None:
    """The decoded body does not contain `secret`. `what` it is ends the sentence "The answer
    contains ..."."""
    found = decoded(response)
    if secret in found:
        raise Failure(
            Kind.MISMATCH,
            f"The answer contains {what} (from the marked byte on).",
            expected="an answer without these bytes (400, 403 or 404 will do)",
            actual=found,
            offset=found.find(secret),
            hint=hint,
        )


def part_of(
    response: Response, content: bytes, first: int, last: int, hint: Hint | None = None
) -> None:
    """A 206 holds these bytes of the content and says so: Content-Range (RFC 9110 14.4), both ends
    included."""
    value = header(response, "Content-Range", hint)
    if value not in (f"bytes {first}-{last}/{size}" for size in (len(content), "*")):
        raise Failure(
            Kind.MISMATCH,
            f"The answer has Content-Range: {value}, but the part asked for is bytes {first} to"
            f" {last} of {len(content)}.",
            expected=f"Content-Range: bytes {first}-{last}/{len(content)}",
            actual=response.head,
            hint=hint,
        )
    body(response, content[first : last + 1], hint=hint)


def not_refused(response: Response, why: str, hint: Hint | None = None) -> None:
    """The method is not refused with 405 or 501; `why` ends the sentence "The status is 405, but
    ..."."""
    if response.status in (405, 501):
        raise Failure(
            Kind.MISMATCH,
            sentence(f"the status is {response.status}, but {why}"),
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
            "The space after the status code is missing.",
            expected="HTTP/1.1 200 and a space, then a reason or nothing",
            actual=response.head,
            offset=len(line),
            hint=(
                "Write a reason after the code, or at least the space: some clients need the second"
                " space."
            ),
        )


def decoded_or_as_sent(
    response: Response, text: bytes, sent: bytes, *, hint: Hint | None = None
) -> bool:
    """Whether the text came back percent-decoded; otherwise it came back exactly as it was sent."""
    found = decoded(response)
    if found not in (text, sent):
        require_success(response, hint=hint, content=text)
        problem = "The percent-encoded text came back neither decoded nor as it was sent."
        raise WrongBytes(Kind.MISMATCH, problem, found, text, hint=hint, response=response)
    return found == text


def consistent(
    outcomes: Collection[object],
    summary: str,
    hint: Hint | None = None,
    *,
    by_hand: str | None = None,
) -> None:
    """The same thing happened every time. by_hand: as of a `Failure`."""
    if len(set(outcomes)) > 1:
        raise Failure(
            Kind.MISMATCH,
            sentence(summary),
            expected="the same every time",
            actual="both",
            hint=hint,
            by_hand=by_hand,
        )


def equal(
    found: int,
    wanted: int,
    what: str,
    hint: Hint | None = None,
    *,
    by_hand: str | None = None,
) -> None:
    """A count is what it should be; `what` ends the sentence "3 ...". by_hand: as of a
    `Failure`."""
    if found != wanted:
        raise Failure(
            Kind.MISMATCH,
            sentence(f"{found} {what}"),
            expected=str(wanted),
            actual=str(found),
            hint=hint,
            by_hand=by_hand,
        )
