"""What is special about a text: traits by which it differs from others. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_UTF_8: Final = "bytes that are not UTF-8"
_LINE_ENDS: Final = b"\r\n"
_MOST_SIGNS: Final = 6
_LONGER: Final = 16
"""Bytes: a text that is longer by fewer than these is as long as the other."""


def traits(text: bytes) -> frozenset[str]:
    """What can be said of its bytes, each as what it has: "digits", "a NUL byte", "the sign :".

    >>> sorted(traits(b"Fig:7"))
    ['capital letters', 'digits', 'small letters', 'the sign :']
    """
    if not text:
        return frozenset({"no byte"})
    if not _is_utf_8(text):  # what else is in it is by chance
        return frozenset({NO_UTF_8})
    return frozenset(map(_trait_of, set(text)))


def new_traits(text: bytes, others: Iterable[bytes]) -> tuple[str, ...]:
    """What this text has, and none of the others; its signs as one.

    >>> new_traits(b"fig-7", [b"fig", b"pear"])
    ('digits', 'a hyphen')
    """
    known = frozenset[str]().union(*map(traits, others))
    found = sorted(traits(text) - known)
    signs = [trait.removeprefix(_SIGN) for trait in found if trait.startswith(_SIGN)]
    rest = [trait for trait in found if not trait.startswith(_SIGN)]
    if not signs:
        return tuple(rest)
    shown = " ".join(signs) if len(signs) <= _MOST_SIGNS else " ".join(signs[:_MOST_SIGNS]) + " ..."
    if len(signs) == 1:
        return (*rest, _NAMED_SIGNS.get(shown, f"{_SIGN}{shown}"))
    return (*rest, f"the signs {shown}")


def is_longer(text: bytes, others: Iterable[bytes]) -> bool:
    """Whether it is clearly longer than each of the others."""
    longest = max(map(len, others), default=0)
    return len(text) > longest + _LONGER and 2 * len(text) > 3 * longest


_SIGN: Final = "the sign "
_NAMED_SIGNS: Final = {
    ".": "a dot", ":": "a colon", "-": "a hyphen", "+": "a plus sign", ",": "a comma",
    ";": "a semicolon", "?": "a question mark", "&": "an ampersand", "=": "an equals sign",
}  # fmt: skip


def _trait_of(byte: int) -> str:
    letter = chr(byte)
    if letter.isascii() and letter.isalnum():
        return _of_letter(letter)
    named = {0: "a NUL byte", 0x20: "a space", 0x2F: "a slash", 0x25: "a percent sign"}
    if byte in named:
        return named[byte]
    if byte in _LINE_ENDS:
        return "a line end"
    if byte >= 0x80:
        return "non-ASCII characters"
    return f"{_SIGN}{letter}" if letter.isprintable() else "control characters"


def _of_letter(letter: str) -> str:
    if letter.isdigit():
        return "digits"
    return "capital letters" if letter.isupper() else "small letters"


def _is_utf_8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
