"""Owns how text is fitted into columns: measured, cut, wrapped, and set beside a label. Pure."""

from __future__ import annotations

import re
from enum import Enum
from itertools import accumulate, takewhile
from unicodedata import east_asian_width

from grader.text.escape import no_command
from grader.value import Value

_DOUBLE = frozenset("WF")
_ELLIPSIS = "..."
_TOKEN = re.compile(r" *[^ ]+| +$")  # a word and the blanks before it


class Setting(Enum):
    """How the lines of a row are to be set."""

    PROSE = "paragraphs, to be wrapped"
    BYTES = "escaped bytes, line by line"
    POINTED = "escaped bytes with a caret below one of the lines: not to be wrapped"
    PLAIN = "lines as they are"
    FLUSH = "lines as they are, from the margin: to be copied whole"


class LabelledRow(Value, frozen=True):
    """A label, the lines that stand beside it, and how they are set."""

    label: str
    lines: tuple[str, ...]
    setting: Setting = Setting.PLAIN


def columns(text: str) -> int:
    """The columns `text` takes in a terminal, or more: a mark that combines counts as one."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in _DOUBLE else 1 for char in text)


def cut(text: str, width: int) -> str:
    """`text` if it fits into `width` columns, else its beginning and three dots."""
    if columns(text) <= width:
        return text
    return text[: _fitting(text, width - len(_ELLIPSIS))] + _ELLIPSIS


def pad(text: str, width: int) -> str:
    """`text` and as many blanks as make it `width` columns wide."""
    return text + " " * (width - columns(text))


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at blanks, inside a word only where it
    must be."""
    lines = [""]
    for token in _TOKEN.findall(text):
        if columns(lines[-1] + token) <= width:
            lines[-1] += token
        else:
            lines += _pieces(token.lstrip(" "), width)
    kept = lines[1:] if not lines[0] and len(lines) > 1 else lines
    # A line that is a command to a CI is longer once that is escaped: so before it is measured.
    return [piece for line in kept for piece in _pieces(no_command(line), width)]


def hang(first: str, text: str, width: int) -> list[str]:
    """`first` and then `text`, wrapped to `width` columns in all and indented under its own
    beginning."""
    indent = columns(first)
    head, *rest = wrap(text, width - indent)
    return [(first + head).rstrip(), *(" " * indent + line for line in rest)]


def _pieces(word: str, width: int) -> list[str]:
    """`word` in pieces that fit into `width` columns: one, unless it is longer than a line."""
    pieces = []
    while columns(word) > width:
        end = max(_fitting(word, width), 1)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _fitting(text: str, width: int) -> int:
    """How many characters of `text` fit into `width` columns."""
    ends = accumulate(columns(char) for char in text)
    return sum(1 for _ in takewhile(lambda end: end <= width, ends))


def counted(count: int, noun: str) -> str:
    """`1 check`, `2 checks`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
