"""What a submission of a class is called: short, unique, safe in files and on terminals. Pure."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from grader.intake.suffixes import without_suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMELESS = "submission"
_KEPT = frozenset("._-+")
_NOT_FIRST = "._-+"  # a hidden file, or an option
# of the 255 that a file name may have: a parent's name, a number and an extension are added
_LONGEST_BYTES = 80


def names(paths: Sequence[str]) -> tuple[str, ...]:
    """A name for each path, in the same order: its last part without `.py` or the suffix of an
    archive. Those that would be called the same get their parent's name in front, and those that
    still would be, a number behind. Upper and lower case are the same.

    >>> names(["class/ann/server.py", "class/bob/server.py", "class/carl"])
    ('ann-server', 'bob-server', 'carl')
    """
    whole = [os.path.abspath(path) for path in paths]
    short = [_clean(_stem(path)) for path in whole]
    count = Counter(map(_key, short))
    wanted = [
        (
            name
            if count[_key(name)] == 1
            else f"{_clean(os.path.basename(os.path.dirname(path)))}-{name}"
        )
        for name, path in zip(short, whole, strict=True)
    ]
    return _numbered(wanted)


def _numbered(wanted: Sequence[str]) -> tuple[str, ...]:
    """The first of several keeps the name; a number never makes a name that somebody else wants."""
    taken: set[str] = set()
    asked_for = {_key(name) for name in wanted}
    found = []
    for name in wanted:
        chosen, number = name, 1
        while _key(chosen) in taken or (number > 1 and _key(chosen) in asked_for):
            number += 1
            chosen = f"{name}-{number}"
        taken.add(_key(chosen))
        found.append(chosen)
    return tuple(found)


def _stem(path: str) -> str:
    name = os.path.basename(path)
    short = without_suffix(name)
    short = short.removesuffix(".py") if short == name else short
    return short or name


def _clean(name: str) -> str:
    """Letters and digits of every script, and a few signs; a `_` for everything else, names not in
    UTF-8 included."""
    kept = "".join(char if _is_safe(char) else "_" for char in unicodedata.normalize("NFC", name))
    first = kept.lstrip(_NOT_FIRST)
    return first.encode()[:_LONGEST_BYTES].decode(errors="ignore") or _NAMELESS


def _is_safe(char: str) -> bool:
    return char in _KEPT or unicodedata.category(char)[0] in "LNM"


def _key(name: str) -> str:
    """Two names with one key are one file where file names ignore case."""
    return unicodedata.normalize("NFC", name.casefold())
