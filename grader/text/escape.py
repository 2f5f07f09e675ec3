"""Owns how hostile bytes and text are made visible: ASCII for bytes, safe text for output."""

import re
import unicodedata

from grader.value import Value

_NAMED = {0x5C: r"\\", 0x0D: r"\r", 0x0A: r"\n", 0x09: r"\t"}
_VISIBLE = tuple(
    _NAMED.get(byte, chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}") for byte in range(256)
)
_BYTES = {text: bytes((byte,)) for byte, text in enumerate(_VISIBLE)}
_TOKEN = re.compile(r"\\x[0-9a-f]{2}|\\[\\rnt]|[ -\[\]-~]")
# Zl and Zp end a line in some viewers; Cf holds the bidi overrides and the invisible characters.
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MAY_BE_KEPT = frozenset("\n\t")
MINIMUM_WIDTH = 60
# What GitHub, Azure and TeamCity obey in a log: the first at the beginning of a line alone.
_COMMAND = re.compile(r"^(\s*)(:)(?=:.*::)|(#)(?=#(?:\[|vso\[|teamcity\[))")


def visible(data: bytes | bytearray) -> str:
    r"""Return `data` as one line of printable ASCII: `\\`, `\r`, `\n`, `\t`, and `\xNN` for every
    other byte.

    Injective: `unescape(visible(data)) == data` for all bytes.
    """
    return "".join([_VISIBLE[byte] for byte in data])


def unescape(text: str) -> bytes:
    """Return the bytes that `visible` made `text` from; ValueError when it cannot have made it."""
    parts: list[bytes] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        raw = _BYTES.get(token.group()) if token else None
        if token is None or raw is None:
            raise ValueError(f"not an escape that visible() writes, at character {position}")
        parts.append(raw)
        position = token.end()
    return b"".join(parts)


def shown(data: bytes | bytearray, limit: int = 40) -> str:
    """Return the first `limit` bytes of `data`, visible and in quotes, for a sentence."""
    return f"'{visible(data[:limit])}'" + ("..." if len(data) > limit else "")


class Excerpt(Value, frozen=True):
    """One line of visible bytes, and the column (from 0) at which the byte in question begins."""

    text: str
    caret: int

    @property
    def pointer(self) -> str:
        """The line to print below `text`: blanks and a `^`."""
        return " " * self.caret + "^"


def excerpt(
    data: bytes | bytearray, around: int, width: int = 100, *, hidden: tuple[int, int] = (0, 0)
) -> Excerpt:
    """Return at most `width` columns of `data`, visible, with the byte at offset `around` in them.

    Cuts are marked with their sizes, as in `[120 bytes] ... [7 bytes]`, and never split an escape.
    `around` may be `len(data)`: the caret is then behind the last byte. ValueError for an offset
    outside or a width under 60 columns. hidden: how many bytes come before and after `data` that
    are not at hand.
    """
    if not 0 <= around <= len(data):
        raise ValueError(f"offset {around} is outside of {len(data)} bytes")
    if width < MINIMUM_WIDTH:
        raise ValueError(f"an excerpt needs at least {MINIMUM_WIDTH} columns, not {width}")
    first, last = _window(data, around, width, sum(hidden))
    ahead, rest = first + hidden[0], len(data) - last + hidden[1]
    before = f"[{ahead} bytes] " if ahead else ""
    after = f" [{rest} bytes]" if rest else ""
    left = before + visible(data[first:around])
    return Excerpt(left + visible(data[around:last]) + after, len(left))


def _window(data: bytes | bytearray, around: int, width: int, hidden: int) -> tuple[int, int]:
    """Return the slice of `data` to show: all of it if it fits, else what fits around the offset
    beside two marks.
    """
    if not hidden and len(data) <= width and len(visible(data)) <= width:
        return 0, len(data)
    room = width - 2 * len(f"[{len(data) + hidden} bytes] ")
    first = _back(data, around, room // 2)
    used = len(visible(data[first:around]))
    last = _forth(data, around, room - used)
    used += len(visible(data[around:last]))
    return _back(data, first, room - used), last


def _back(data: bytes | bytearray, end: int, room: int) -> int:
    """Return the smallest start for which `data[start:end]` takes at most `room` columns."""
    start = end
    while start > 0 and (room := room - len(_VISIBLE[data[start - 1]])) >= 0:
        start -= 1
    return start


def _forth(data: bytes | bytearray, start: int, room: int) -> int:
    """Return the largest end for which `data[start:end]` takes at most `room` columns."""
    end = start
    while end < len(data) and (room := room - len(_VISIBLE[data[end]])) >= 0:
        end += 1
    return end


def printable(text: str, *, keep: str = "") -> str:
    r"""Return `text` with every character that could steer a terminal written as an escape (`\x1b`,
    `\u202e`,
    ...).

    Escaped are C0, DEL, C1, bidi and other format characters, line separators and lone surrogates;
    letters of every script stay. `keep` names controls to leave alone: `"\n"`, `"\t"` or both;
    anything else in it is a ValueError. Idempotent, and not reversible: a backslash stays as it is.
    """
    if not _MAY_BE_KEPT.issuperset(keep):
        raise ValueError(f"only a newline and a tab may be kept, not {keep!r}")
    if text.isprintable():
        return text
    return "".join([char if char in keep else _safe(char) for char in text])


def _safe(char: str) -> str:
    if unicodedata.category(char) not in _UNSAFE_CATEGORIES:
        return char
    code = ord(char)
    if code < 0x100:
        return _VISIBLE[code]
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def no_command_in_json(text: str) -> str:
    """Return JSON that means the same, and in which no string is such a command to the log of a CI;
    its lines begin with none."""
    return _COMMAND.sub(lambda found: f"\\u{ord(found[0]):04x}" if found[3] else found[0], text)


def no_command(line: str) -> str:
    r"""Return `line` so that the log of no CI takes it for a command to itself: `::error::` at its
    beginning and `##[error]` have their first character as an escape, `\x3a` or `\x23`.

    A line is what is written in the end: wrapping can bring anything to the beginning of one.
    """
    return _COMMAND.sub(
        lambda found: f"{found[1] or ''}\\x{ord(found[found.lastindex or 0]):02x}", line
    )
