"""Tells the calls of a library from those of the submission in what a program printed, so that a
short look at it shows the learner's own lines. Pure.

A call of Python or Go is two lines or more, one of Node or Java is one. Where the library is can be
seen by its path: `node:` and `java.base/` are written by the language itself, Python and Go have
their libraries in folders of one name on every system.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_NODE: Final = re.compile(r" +at .*(?:\bnode:[\w/]+:\d+:\d+|<anonymous>)\)?(?P<fields> \{)?")
_JAVA: Final = re.compile(r"\s+at (?:[\w.]+@?[\d.]*/|javax?\.|jdk\.|sun\.).*")
_PYTHON: Final = re.compile(
    r'  File "(?:<frozen .*|.*/(?:lib/python3[\d.]*|site-packages|dist-packages)/.*)", line \d+.*'
)
_GO_PLACE: Final = re.compile(r"\t\S*/go[^/]*/(?:src|pkg/mod)/\S+\.go:\d+.*")
_OF_THE_PROGRAM: Final = re.compile(r"(?:created by )?main\..*")


def without_foreign(lines: Sequence[str]) -> list[str]:
    """The lines, with one in place of the calls of a library that follow each other."""
    library = _of_library(lines)
    found: list[str] = []
    for at, line in enumerate(lines):
        if at not in library:
            found.append(line)
        elif at - 1 not in library:
            found.append("    ... (library calls)")
        if at in library and (match := _NODE.fullmatch(line)) and match["fields"]:
            found.append("{")  # what follows are the fields of the error
    return found


def _of_library(lines: Sequence[str]) -> frozenset[int]:
    """The numbers of the lines that are calls of a library."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if _NODE.fullmatch(line) or _JAVA.fullmatch(line):
            found.add(at)
        elif _PYTHON.fullmatch(line):
            found.update((at, *_indented(lines, at + 1)))
        elif at and _GO_PLACE.fullmatch(line) and not _OF_THE_PROGRAM.fullmatch(lines[at - 1]):
            found.update((at - 1, at))
    return frozenset(found)


def _indented(lines: Sequence[str], first: int) -> range:
    """The source below a call of Python, and the marks below that."""
    last = first
    while last < len(lines) and lines[last].startswith("    "):
        last += 1
    return range(first, last)
