"""Judgements on JSON answers: compared as values, never as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, status
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.http1.wire import Response

Json = Any
"""What `json.loads` returns: dict, list, str, int, float, bool or None."""

_LONGEST: Final = 1 << 20
_DUMPS: Final = (
    "Let a JSON library write the value: keys and strings have double quotes, and the words are"
    " true, false and null."
)


def json_value(response: Response, *codes: int, hint: Hint | None = None) -> Json:
    """The value of a JSON answer, whose status is one of `codes` (200 where none is named).

    >>> json_value(answer, 201)["id"]  # doctest: +SKIP
    """
    status(response, *(codes or (200,)), hint=hint)
    found = decoded(response)
    try:
        if len(found) > _LONGEST:
            raise ValueError("it has more than 1 MiB")
        return json.loads(found.decode(), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _no_json(response, "it is not UTF-8", error.start, hint) from error
    except json.JSONDecodeError as error:
        at = len(error.doc[: error.pos].encode())
        raise _no_json(response, _why(found, error), at, hint) from error
    except (ValueError, RecursionError) as error:
        why = "its brackets are nested too deep" if isinstance(error, RecursionError) else error
        raise _no_json(response, str(why), None, hint) from error


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


def difference_of_values(found: Json, wanted: Json, name: str = "the value") -> str:
    """The first difference, as a clause; empty where there is none.

    >>> difference_of_values({"user_id": "42"}, {"user_id": 42})
    '"user_id" is the string "42", not the number 42'
    """
    if _kind(found) != _kind(wanted):
        return f"{name} is {_described(found)}, not {_described(wanted)}"
    if isinstance(wanted, dict):
        return _difference_of_objects(found, wanted, name)
    if isinstance(wanted, list):
        return _difference_of_arrays(found, wanted, name)
    return "" if found == wanted else f"{name} is {_described(found)}, not {_described(wanted)}"


def _difference_of_objects(found: Mapping[str, Json], wanted: Mapping[str, Json], name: str) -> str:
    of = "" if name == "the value" else f" in {name}"
    for key in wanted:
        if key not in found:
            return f"the key {_quoted(key)} is missing{of}"
    for key in found:
        if key not in wanted:
            return f"the key {_quoted(key)}{of} is one too many"
    pairs = (difference_of_values(found[key], wanted[key], _quoted(key)) for key in wanted)
    return next(filter(None, pairs), "")


def _difference_of_arrays(found: Sequence[Json], wanted: Sequence[Json], name: str) -> str:
    if len(found) != len(wanted):
        return f"{name} has {counted(len(found), 'item')} instead of {len(wanted)}"
    pairs = (
        difference_of_values(one, other, f"item {number} of {name}")
        for number, (one, other) in enumerate(zip(found, wanted, strict=True), 1)
    )
    return next(filter(None, pairs), "")


def _kind(value: Json) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    names: dict[type, str] = {dict: "object", list: "array", str: "string"}
    return names.get(type(value), "null")


def _described(value: Json) -> str:
    kind = _kind(value)
    if kind == "null":
        return "null"
    if kind in ("object", "array"):
        return f"an {kind}"
    return f"{value}".lower() if kind == "boolean" else f"the {kind} {_quoted(value)}"


def _quoted(value: Json) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _why(found: bytes, error: json.JSONDecodeError) -> str:
    if not found.strip():
        return "it is empty"
    if found.lstrip()[:1] + found.rstrip()[-1:] in (b"{}", b"[]") and b"'" in found:
        return "strings are in single quotes"
    return f"{error.msg[:1].lower()}{error.msg[1:]}"


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is no JSON value")


def _no_json(response: Response, why: str, offset: int | None, hint: Hint | None) -> Failure:
    return Failure(
        Kind.MISMATCH,
        f"The body is not JSON: {why}.",
        expected="a JSON value",
        actual=decoded(response),
        offset=offset,
        hint=_DUMPS if "quotes" in why else hint,
        cite="RFC 8259 2",
    )
