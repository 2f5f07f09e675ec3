"""The one way in which values become JSON and come back: typed values in, the same values out, and
a sentence for whatever else is read.

How it works: msgspec turns frozen values of declared types into plain ones and back, and checks
each on the way in. The text itself is made and read by the standard library, because it has to be
ASCII, and because names of files need not be UTF-8, which `json` survives. Bytes are written as
escaped text (`grader.text.escape`); a field says so by its type, `Escaped`. Other text is written
as it is, or, where people and other programs read it, without what could steer a terminal.
"""

from __future__ import annotations

import json
from typing import Any, TypeVar

from grader.text.escape import no_command_in_json, printable, unescape, visible

_Value = TypeVar("_Value")


class Escaped(bytes):
    """Bytes that are written as escaped text: every sequence of bytes has one such text."""


class BrokenJson(ValueError):
    """A text is not what was to be read. The message is the end of a sentence, and bounded."""


def to_json(value: object, *, indent: int | None = None, shown: bool = False) -> str:
    """The value as JSON: ASCII, no command to a CI that logs it, and without a final line break.
    shown: escape what could steer a terminal."""
    import msgspec  # it takes 11 ms, and most runs do without

    plain = msgspec.to_builtins(value, enc_hook=_plain)
    text = json.dumps(
        _shown(plain) if shown else plain, indent=indent, ensure_ascii=True, allow_nan=False
    )
    return no_command_in_json(text)


def from_json(text: str | bytes, kind: type[_Value]) -> _Value:
    """The value that `to_json` has written. Raises `BrokenJson`."""
    import msgspec

    try:
        return msgspec.convert(json.loads(text), kind, dec_hook=_read)
    except msgspec.ValidationError as error:
        raise BrokenJson(_sentence(str(error))) from error
    except (ValueError, RecursionError) as error:
        raise BrokenJson("it is not valid JSON") from error


def schema_of(kind: type[object]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The JSON Schema of what `to_json` writes of this type, and those of its parts by name."""
    import msgspec

    (found,), parts = msgspec.json.schema_components(
        [kind], schema_hook=_schema, ref_template="#/$defs/{name}"
    )
    return found, parts


def _plain(value: object) -> str:
    if isinstance(value, Escaped):
        return visible(value)
    raise NotImplementedError(f"{type(value).__name__} is not written as JSON")


def _read(kind: type[object], value: object) -> object:
    if kind is not Escaped:
        raise NotImplementedError(f"{kind.__name__} is not read from JSON")
    if not isinstance(value, str):
        raise TypeError("Expected bytes, written as escaped text")
    return Escaped(unescape(value))


def _schema(kind: type[object]) -> dict[str, Any]:
    assert kind is Escaped, kind
    return {"type": "string"}


def _shown(value: Any) -> Any:  # noqa: ANN401  (what JSON can hold)
    match value:
        case str():
            return printable(value, keep="\n\t")
        case dict():
            return {key: _shown(one) for key, one in value.items()}
        case list() | tuple():
            return [_shown(one) for one in value]
    return value


_LONGEST = 200


def _sentence(said: str) -> str:
    """msgspec's words, with the place first: `points: expected int, got bool`."""
    what, _, place = said.replace("`", "").partition(" - at ")
    path = place.removeprefix("$.").removeprefix("$")
    what = what[:1].lower() + what[1:].partition(" matching regex ")[0]
    return printable(f"{path}: {what}" if path else what)[:_LONGEST]
