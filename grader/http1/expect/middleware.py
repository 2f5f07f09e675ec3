"""Judgements on headers that each answer must have, whichever part of the program made it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.headers import header

if TYPE_CHECKING:
    from grader.http1.wire import Response

ID: Final = "X-Request-ID"
_TYPE_OPTIONS: Final = "X-Content-Type-Options"
_VISIBLE: Final = re.compile(r"[!-~]+")


def request_id(response: Response, hint: Hint | None = None, *, what: str = "answer") -> str:
    """The one X-Request-ID of an answer, which is visible ASCII without spaces. `what` it is names
    it in the sentence "The ... has no X-Request-ID header."."""
    value = _present(response, ID, what, hint)
    lines = response.header_values(ID)
    if len(lines) > 1:
        raise _wrong(response, f"The {what} has {len(lines)} {ID} headers", "one", hint)
    if not _VISIBLE.fullmatch(value):
        problem = f"The {ID} of the {what} is {_short(value)}" if value else f"The {ID} is empty"
        raise _wrong(response, problem, "visible ASCII characters, without spaces", hint)
    return value


def _present(response: Response, name: str, what: str, hint: Hint | None) -> str:
    value = response.header(name)
    if value is None:
        raise _wrong(response, f"The {what} has no {name} header", f"{name}: ...", hint)
    return value


def same_id(
    response: Response, wanted: str, hint: Hint | None = None, *, other: str | None = None
) -> None:
    """The answer has the id that its client has sent. other: that of another request."""
    found = request_id(response, hint)
    if found == wanted:
        return
    if found == other:
        problem = f"The answer to the request {wanted} has the {ID} of another client, {found[:80]}"
    elif found.lower() == wanted.lower():
        problem = f"The client's {ID} {wanted} came back in other letters: {found}"
    else:
        problem = f"The client's {ID} {_short(wanted)} is well-formed, but the answer has another"
    raise _wrong(response, problem, f"{ID}: {wanted}", hint)


def fresh_id(response: Response, sent: str, word: str, hint: Hint | None = None) -> None:
    """The answer has an id that is not made of what its client has sent. word: a part of that."""
    found = header(response, ID, hint)
    if word in found or found == sent:
        has = "it" if found == sent else f"{_short(found)}, made of it"
        problem = f"The client's {ID} {_short(sent)} is not well-formed, but the answer has {has}"
        raise _wrong(response, problem, "an id that the server has made", hint)
    request_id(response, hint)


def different_ids(responses: list[Response], hint: Hint | None = None) -> None:
    """Each of these answers has an id of its own."""
    seen = set[str]()
    for response in responses:
        found = request_id(response, hint)
        if found in seen:
            problem = f"Two requests without an {ID} got the same one: {found[:80]}"
            raise _wrong(response, problem, "a new id for each request", hint)
        seen.add(found)


def no_sniffing(response: Response, hint: Hint | None = None, *, what: str = "answer") -> None:
    """The answer has X-Content-Type-Options: nosniff. what: as of `request_id`."""
    value = _present(response, _TYPE_OPTIONS, what, hint)
    if value.split(",")[0].strip().lower() != "nosniff":
        problem = f"The {what} has {_TYPE_OPTIONS}: {value[:80]}, which is not nosniff"
        raise _wrong(response, problem, f"{_TYPE_OPTIONS}: nosniff", hint)


def _wrong(response: Response, problem: str, expected: str, hint: Hint | None) -> Failure:
    return Failure(Kind.MISMATCH, f"{problem}.", expected=expected, actual=response.head, hint=hint)


def _short(text: str) -> str:
    return repr(text if len(text) < 40 else f"{text[:20]}... of {len(text)} characters")
