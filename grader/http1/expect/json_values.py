"""Judgements on JSON answers: compared as values, never as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, status
from grader.http1.json_difference import Json, difference_of_values
from grader.text.escape import shown

if TYPE_CHECKING:
    from grader.http1.wire import Response

_LONGEST: Final = 1 << 20
_DUMPS: Final = (
    "Let a JSON library write the value: keys and strings have double quotes, and the words are"
    " true, false and null."
)


_SAID: Final = {
    "Expecting ',' delimiter": "a comma is missing here, or a quote before it is not escaped",
    "Expecting ':' delimiter": "a colon is missing here, or a quote before it is not escaped",
    "Expecting property name enclosed in double quotes": "here is no key in double quotes",
    "Expecting value": "here is no value",
    "Extra data": "more follows the value",
    "Invalid \\escape": "a backslash in a string is not escaped",
    "Invalid control character": "a line break or another control character is not escaped",
    "Unterminated string starting": "a string has no end",
}
"""What the parser of the standard library says, and what we say."""


def json_value(response: Response, *codes: int, hint: Hint | None = None) -> Json:
    """The value of a JSON answer, whose status is one of `codes` (200 where none is named).

    >>> json_value(answer, 201)["id"]  # doctest: +SKIP
    """
    status(response, *(codes or (200,)), hint=hint)
    return parsed(decoded(response), hint=hint)


def parsed(found: bytes, *, hint: Hint | None = None) -> Json:
    """The value of a body that has to be JSON in UTF-8 (RFC 8259 8.1)."""
    try:
        if len(found) > _LONGEST:
            raise ValueError("it has more than 1 MiB")
        return json.loads(found.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _no_json(found, "it is not UTF-8", error.start, hint) from error
    except json.JSONDecodeError as error:
        at = len(error.doc[: error.pos].encode())
        raise _no_json(found, _why(found, error), at, hint) from error
    except (ValueError, RecursionError) as error:
        why = "its brackets are nested too deep" if isinstance(error, RecursionError) else error
        raise _no_json(found, str(why), None, hint) from error


def json_is(response: Response, wanted: Json, *codes: int, hint: Hint | None = None) -> None:
    """The answer is JSON and this value. The order of keys, white space, and how strings and
    numbers are written are free: 42.0 is 42."""
    same(json_value(response, *codes, hint=hint), wanted, decoded(response), hint=hint)


def same(found: Json, wanted: Json, body: bytes, *, hint: Hint | None = None) -> None:
    """A JSON value is the wanted one. body: the answer in which it came."""
    differs = difference_of_values(found, wanted)
    if differs:
        raise Failure(
            Kind.MISMATCH,
            f"The JSON is not the expected one: {differs}.",
            expected=json.dumps(wanted, ensure_ascii=False),
            actual=body,
            hint=hint,
        )


def _why(found: bytes, error: json.JSONDecodeError) -> str:
    if not found.strip():
        return "it is empty"
    if found.lstrip()[:1] + found.rstrip()[-1:] in (b"{}", b"[]") and b"'" in found:
        return "strings are in single quotes"
    if error.pos == 0:
        return f"it begins with {shown(found, 12)}"
    return _SAID.get(error.msg.removesuffix(" at"), f"{error.msg[:1].lower()}{error.msg[1:]}")


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is no JSON value")


def _no_json(found: bytes, why: str, offset: int | None, hint: Hint | None) -> Failure:
    return Failure(
        Kind.MISMATCH,
        f"The body is not JSON: {why}.",
        expected="a JSON value",
        actual=found,
        offset=offset,
        hint=_DUMPS if "quotes" in why else hint,
        cite="RFC 8259 2",
    )
