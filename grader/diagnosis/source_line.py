"""A line of the submission, and an exception at one, as they are named in a sentence. Pure."""

from __future__ import annotations

from typing import Final

from grader.text.escape import printable
from grader.value import Value

_LONGEST_TEXT: Final = 100
_LONGEST_ERROR: Final = 160
_LONGEST_SOURCE: Final = 55  # a line of the terminal, after the widest labels


def shown(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Text from a submission, bounded and on one line, whatever is in it."""
    text = printable(" ".join(text.split()))
    return text if len(text) <= longest else text[: longest - 3] + "..."


def shown_ends(text: str, longest: int = _LONGEST_TEXT) -> str:
    """As `shown`, with both ends of what is too long: an error often ends with the path that it is
    about."""
    text = printable(" ".join(text.split()))
    half = (longest - 3) // 2
    return text if len(text) <= longest else f"{text[:half]}...{text[-half:]}"


class SourceLine(Value, frozen=True):
    """A line of the submission. path: relative to its directory. line: from 1. text: the line
    itself, as far as it could be read. function: where it is; empty at the top level, or when
    unknown."""

    path: str
    line: int
    function: str = ""
    text: str = ""

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}"

    def under(self, sentence: str) -> str:
        """The sentence, and below it the source line, as far as it could be read."""
        return (
            f"{sentence}\n    {shown(self.text, _LONGEST_SOURCE)}"
            if self.text.strip()
            else sentence
        )


class Raised(Value, frozen=True):
    """A traceback that the program printed. error: its last line. place: the innermost line of the
    submission."""

    error: str
    place: SourceLine | None = None

    def __str__(self) -> str:
        """As in "KeyError at x.py:8 ('path')"."""
        name, colon, message = shown_ends(self.error, _LONGEST_ERROR).partition(": ")
        if not self.place:
            return name + colon + message
        return f"{name} at {self.place}" + (f" ({message})" if message else "")
