"""Commands that print exact bytes, short where the bytes repeat. Pure."""

from __future__ import annotations

import re
from itertools import accumulate, takewhile

_LONGEST_PRINTF = 1800  # characters
_LAST_BYTES = 24  # of what is too long: the end of a chunked body, for one
_FILLED = re.compile(rb"x{200,}")
_REPEATED = re.compile(rb"(?<![^\n])([^\r\n]{1,200}\r\n)\1{19,}")


def is_long(data: bytes) -> bool:
    """Whether it is long by repetition, which a few words can say."""
    return bool(_FILLED.search(data) or _REPEATED.search(data))


def written(content: bytes) -> str:
    """A command that prints exactly these bytes, or where they are many, as many."""
    return _print(content)


def _print(data: bytes) -> str:
    """Exactly these bytes when they are few, or long by repetition. Of others the beginning and the
    end, with x in between."""
    if long := _FILLED.search(data) or _REPEATED.search(data):
        sides = data[: long.start()], data[long.end() :]
        middle = _fill(len(long[0])) if long.re is _FILLED else _repeat(long[1], len(long[0]))
        return "; ".join(
            part for part in (_unless_empty(sides[0]), middle, _unless_empty(sides[1])) if part
        )
    if len(whole := _printf(data)) <= _LONGEST_PRINTF:
        return whole
    end = data[-_LAST_BYTES:]
    start = data[: _first(data, _LONGEST_PRINTF - len(_printf(end)))]
    return f"{_printf(start)}; {_fill(len(data) - len(start) - len(end))}; {_printf(end)}"


def _first(data: bytes, room: int) -> int:
    """How many bytes a printf of at most `room` characters has."""
    lengths = accumulate(len(_printf_character(byte)) for byte in data)
    return min(sum(1 for _ in takewhile(lambda end: end <= room, lengths)), len(data) - _LAST_BYTES)


def _unless_empty(data: bytes) -> str:
    return _print(data) if data else ""


def _fill(size: int) -> str:
    return f"head -c {size} /dev/zero | tr '\\0' x"


def _repeat(line: bytes, size: int) -> str:
    """`yes` itself ends what it repeats with the line feed."""
    return f'yes "$({_printf(line[:-1])})" | head -c {size}'


def _printf(data: bytes) -> str:
    text = "".join(_printf_character(byte) for byte in data)
    return "printf '" + text.replace("-", "\\055", data[:1] == b"-") + "'"


def _printf_character(byte: int) -> str:
    """One byte inside printf's single-quoted format (POSIX: octal escapes)."""
    named = {10: "\\n", 13: "\\r", 9: "\\t", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    return chr(byte) if 32 <= byte < 127 and byte != 0x27 else f"\\{byte:03o}"
