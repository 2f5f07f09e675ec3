"""Owns how two JSON values differ, as a clause that says what was done wrong where that can be
seen. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, unquote_plus

from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Json = Any
"""What `json.loads` returns: dict, list, str, int, float, bool or None."""

_LONGEST: Final = 60
_MANY: Final = 10


def difference_of_values(found: Json, wanted: Json, name: str = "the value") -> str:
    """The first difference, as a clause; empty where there is none. 42.0 is 42.

    >>> difference_of_values({"user_id": "42"}, {"user_id": 42})
    '"user_id" is the string "42", not the number 42'
    """
    if _kind(found) != _kind(wanted):
        return f"{name} is {_described(found)}, not {_described(wanted)}"
    if isinstance(wanted, dict):
        return _difference_of_objects(found, wanted, name)
    if isinstance(wanted, list):
        return _difference_of_arrays(found, wanted, name)
    if found == wanted:
        return ""
    if isinstance(wanted, str) and (how := _how(found, wanted)):
        return f"{name} {how}: it is {quoted(found)}, not {quoted(wanted)}"
    return f"{name} is {_described(found)}, not {_described(wanted)}"


def quoted(value: Json) -> str:
    """The value as JSON, cut where it is long; with letters of every script, but no signs that
    change how a line is read."""
    text = json.dumps(value, ensure_ascii=False)
    text = text if text.isprintable() else json.dumps(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _difference_of_objects(found: Mapping[str, Json], wanted: Mapping[str, Json], name: str) -> str:
    of = "" if name == "the value" else f" in {name}"
    for key in wanted:
        if key not in found:
            return f"the key {quoted(key)} is missing{of}{_counts(found, wanted)}"
    for key in found:
        if key not in wanted:
            return f"the key {quoted(key)}{of} is one too many"
    pairs = (difference_of_values(found[key], wanted[key], quoted(key)) for key in wanted)
    return next(filter(None, pairs), "")


def _counts(found: Mapping[str, Json], wanted: Mapping[str, Json]) -> str:
    if len(wanted) < _MANY or len(found) >= len(wanted):
        return ""
    return f": the object has {counted(len(found), 'key')} instead of {len(wanted)}"


def _difference_of_arrays(found: Sequence[Json], wanted: Sequence[Json], name: str) -> str:
    if len(found) != len(wanted):
        return _difference_of_lengths(found, wanted, name)
    if all(one in wanted for one in found) and all(one in found for one in wanted):
        return "" if found == wanted else f"the items of {name} are in another order"
    pairs = (
        difference_of_values(one, other, f"item {number} of {name}")
        for number, (one, other) in enumerate(zip(found, wanted, strict=True), 1)
    )
    return next(filter(None, pairs), "")


def _difference_of_lengths(found: Sequence[Json], wanted: Sequence[Json], name: str) -> str:
    said = f"{name} has {counted(len(found), 'item')} instead of {len(wanted)}"
    missing = [one for one in wanted if one not in found]
    extra = [one for one in found if one not in wanted]
    if missing and not extra:
        return f"{said}: {quoted(missing[0])} is missing"
    if extra and not missing:
        return f"{said}: {quoted(extra[0])} is one too many"
    return said


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
    return f"{value}".lower() if kind == "boolean" else f"the {kind} {quoted(value)}"


# --- what was done to a text ----------------------------------------------------------------------


def _how(found: str, wanted: str) -> str:
    """What was done to the text, as a predicate; empty where it is another text."""
    for said, form in _FORMS:
        if form(wanted) == found:
            return said
    for said, undo in _LEFT_OUT:
        if undo(found) == wanted:
            return said
    if found and wanted.startswith(found) and len(wanted) > 1000:
        return f"has only the first {len(found):,} characters of {len(wanted):,}"
    if found and wanted.startswith(found):
        return f"ends before the {quoted(wanted[len(found)])}"
    return ""


def _as_latin_1(text: str) -> str:
    return text.encode().decode("latin-1")


def _as_windows_1252(text: str) -> str:
    return text.encode().decode("cp1252", "replace")


def _without_what_is_not_ascii(text: str) -> str:
    return text.encode("ascii", "ignore").decode()


def _question_marks(text: str) -> str:
    return "".join("?" if ord(letter) > 0xFFFF else letter for letter in text)


_FORMS: Final[Sequence[tuple[str, Callable[[str], str]]]] = (
    ("was decoded as latin-1, and is UTF-8", _as_latin_1),
    ("was decoded as windows-1252, and is UTF-8", _as_windows_1252),
    ("lacks what is not ASCII", _without_what_is_not_ascii),
    ("lacks what UTF-8 writes in four bytes", _question_marks),
    ("has a space where a + was encoded", lambda text: text.replace("+", " ")),
    ("was decoded twice", unquote),
    ("was decoded twice", unquote_plus),
    ("has line feeds in place of CRLF", lambda text: text.replace("\r\n", "\n")),
    ("lacks the white space at its ends", str.strip),
    ("is in lower case", str.lower),
)
"""What is done to a text by mistake, and how that is said."""

_LEFT_OUT: Final[Sequence[tuple[str, Callable[[str], str]]]] = (
    ("still has + in place of spaces", lambda text: text.replace("+", " ")),
    ("is still percent-encoded, at least in part", unquote),
    ("is still percent-encoded, at least in part", unquote_plus),
)
"""What would still have to be done to it."""
