"""Commands and expressions that make exact bytes, short where the bytes are many. Pure.

How it works. What repeats is said in a few words: one character many times, one line many times,
every byte value in a row. Of what does not repeat but is long, only the sizes matter for the fault:
a long word keeps its beginning and goes on with x, lines of one length become one line many times.
So the request keeps its lines, its lengths and its end.

Why so. A learner pastes what is printed, and reads it before. Nobody reads 4,000 random letters.
"""

from __future__ import annotations

import re
from itertools import accumulate, groupby, takewhile
from typing import Final

LONGEST: Final = 300
"""Characters of a command that prints bytes as they are: what is longer is made shorter."""

_LONGEST_REST: Final = 1200  # of what no generator makes shorter
_LAST_BYTES: Final = 24  # of what is too long: the end of a chunked body, for one
_LEAST_FILLED: Final = 60  # a command that fills has 35 characters itself
_WORD_KEPT: Final = 10
_END: Final = 4096  # bytes in which a line that repeats is looked for
_LEAST_LINES: Final = 20
_EVERY: Final = bytes(range(256))

_FILLED: Final = re.compile(rb"([0-9A-Za-z])\1{%d,}" % (_LEAST_FILLED - 1))
_REPEATED: Final = re.compile(rb"(?<![^\n])([^\r\n]{1,200}\r\n)\1{19,}")
_EVERY_BYTE: Final = re.compile(b"(?:" + re.escape(_EVERY) + b")+", re.DOTALL)
_LONG_WORD: Final = re.compile(rb"[0-9A-Za-z]{%d,}" % (_LEAST_FILLED + _WORD_KEPT))
_LINES: Final = re.compile(rb"(?<![^\n])(?:[^\r\n]++\r\n){20,}")


def is_long(data: bytes) -> bool:
    """Whether a command that prints all of it is too long to be read."""
    return not _fits(data, LONGEST)


def _fits(data: bytes, longest: int) -> bool:
    return len(data) <= longest and len(_printf(data)) <= longest


def written(content: bytes) -> str:
    """A command that prints these bytes; where they are many and do not repeat, as many, with the
    same lines."""
    return "; ".join(_commands(_simplified(content))) or _printf(b"")


def literal(content: bytes) -> str:
    """The same as an expression of Python."""
    parts = [_expression(part, how) for part, how in _parts(_simplified(content))]
    return " + ".join(parts) or "b''"


def continued(data: bytes, more: int) -> bytes:
    """With so many bytes more: what began as one line many times goes on so, all else with x.

    >>> continued(b"a: 1\\r\\na: 1\\r\\na:", 6), continued(b"GET", 2)
    (b'a: 1\\r\\na: 1\\r\\na: 1\\r\\na:', b'GETxx')
    """
    *before, begun = data[-_END:].split(b"\r\n")
    if len(before) < 2 or before[-1] != before[-2] or not before[-1].startswith(begun):
        return data + b"x" * more
    line = before[-1] + b"\r\n"
    return data + (line * (more // len(line) + 2))[len(begun) : len(begun) + more]


def _simplified(data: bytes) -> bytes:
    """As many bytes in the same lines, that take fewer words to say; the same when it is short."""
    if not is_long(data):
        return data
    data = _LINES.sub(lambda lines: _alike(lines[0]), data)
    return _LONG_WORD.sub(lambda word: _begun(word[0]), data)


def _begun(word: bytes) -> bytes:
    """One character repeated is left as it is."""
    same = word.count(word[:1]) == len(word)
    return word if same else word[:_WORD_KEPT] + b"x" * (len(word) - _WORD_KEPT)


def _alike(block: bytes) -> bytes:
    """Lines of one length, twenty of them in a row or more, as the first of them many times."""
    found: list[bytes] = []
    for _, run in groupby((line + b"\r\n" for line in block.split(b"\r\n")[:-1]), key=len):
        lines = list(run)
        found += lines[:1] * len(lines) if len(lines) >= _LEAST_LINES else lines
    return b"".join(found)


def _commands(data: bytes) -> list[str]:
    return [_command(part, how) for part, how in _parts(data)]


def _parts(data: bytes) -> list[tuple[bytes, re.Pattern[bytes] | None]]:
    """The bytes in order, each stretch with the pattern that it repeats by, if it does."""
    for pattern in (_REPEATED, _EVERY_BYTE, _FILLED):
        if is_long(data) and _may_hold(pattern, data) and (long := pattern.search(data)):
            before, behind = data[: long.start()], data[long.end() :]
            return [*_parts(before), (long[0], pattern), *_parts(behind)]
    if not data:
        return []
    if _fits(data, _LONGEST_REST):
        return [(data, None)]
    end = data[-_LAST_BYTES:]
    start = data[: _first(data, LONGEST)]
    middle = data[len(start) : -_LAST_BYTES]
    return [(start, None), (_stuffed(middle), _stuffing(middle)), (end, None)]


def _may_hold(pattern: re.Pattern[bytes], data: bytes) -> bool:
    """Asked first, for a pattern takes a second to be missed in ten megabytes."""
    if pattern is _REPEATED:
        lines = groupby(data.split(b"\n"))
        return any(sum(1 for _ in run) >= _LEAST_LINES for _, run in lines)
    return pattern is _FILLED or _EVERY in data


def _stuffing(data: bytes) -> re.Pattern[bytes]:
    """Bytes that are no text are replaced by bytes that are none."""
    return _FILLED if data.isascii() else _EVERY_BYTE


def _stuffed(data: bytes) -> bytes:
    if data.isascii():
        return b"x" * len(data)
    return (_EVERY * (len(data) // 256 + 1))[: len(data)]


def _first(data: bytes, room: int) -> int:
    """How many bytes a printf of at most `room` characters has."""
    lengths = accumulate(len(_printf_character(byte)) for byte in data)
    return min(sum(1 for _ in takewhile(lambda end: end <= room, lengths)), len(data) - _LAST_BYTES)


def _command(part: bytes, how: re.Pattern[bytes] | None) -> str:
    if how is _FILLED:
        return f"head -c {len(part)} /dev/zero | tr '\\0' {chr(part[0])}"
    if how is _REPEATED:  # `yes` itself ends what it repeats with the line feed
        line = part[: part.index(b"\n")]
        return f'yes "$({_printf(line)})" | head -c {len(part)}'
    if how is _EVERY_BYTE:
        return f"python3 -c 'import sys; sys.stdout.buffer.write({_every(len(part))})'"
    return _printf(part)


def _expression(part: bytes, how: re.Pattern[bytes] | None) -> str:
    if how is _FILLED:
        return f"{part[:1]!r} * {len(part)}"
    if how is _REPEATED:
        line = part[: part.index(b"\n") + 1]
        return f"{line!r} * {len(part) // len(line)}"
    if how is _EVERY_BYTE:
        return _every(len(part))
    return repr(part)


def _every(size: int) -> str:
    whole, rest = divmod(size, 256)
    every = "bytes(range(256))"
    if rest:
        return f"({every} * {whole + 1})[:{size}]"
    return every if whole == 1 else f"{every} * {whole}"


def _printf(data: bytes) -> str:
    text = "".join(_printf_character(byte) for byte in data)
    return "printf '" + text.replace("-", "\\055", data[:1] == b"-") + "'"


def _printf_character(byte: int) -> str:
    """One byte inside printf's single-quoted format (POSIX: octal escapes)."""
    named = {10: "\\n", 13: "\\r", 9: "\\t", 0x25: "%%", 0x5C: "\\\\"}
    if byte in named:
        return named[byte]
    return chr(byte) if 32 <= byte < 127 and byte != 0x27 else f"\\{byte:03o}"
