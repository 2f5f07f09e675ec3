"""Random inputs from one printed seed: the same seed gives the same bytes, from a space too large
to hard-code."""

from __future__ import annotations

import random
import string
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

_Item = TypeVar("_Item")
_WORD = string.ascii_lowercase + string.digits
_SHORT = 4
_WORD_LENGTH = 10  # 36 ** 10 is more than 2 ** 51


def new_seed() -> int:
    """A seed nobody can foresee: one of 2 ** 41, so that no program can know all the words
    beforehand."""
    return random.SystemRandom().randrange(1 << 41)


class RandomInputs:
    """One check's source of randomness: what it gives depends on the seed and the check's id, on
    nothing else."""

    def __init__(self, seed: int, check_id: str) -> None:
        self._random = random.Random(f"{seed}/{check_id}")
        self._drawn: list[str] = []

    @property
    def drawn(self) -> tuple[str, ...]:
        """The words that were drawn, but for the short ones, which stand in many places by chance:
        what differs in two checks for no reason."""
        return tuple(self._drawn)

    def word(self, length: int = _WORD_LENGTH, *, letters: str = _WORD) -> str:
        """A word of `length` characters drawn from `letters`."""
        drawn = "".join(self._random.choices(letters, k=length))
        if length >= _SHORT:
            self._drawn.append(drawn)
        return drawn

    def name(self, suffix: str = ".txt") -> str:
        """A file name that no program knows beforehand."""
        return self.word() + suffix

    def page(self, text: str = "") -> bytes:
        """An HTML document that no program knows beforehand, in UTF-8, with `text` in its body."""
        title = self.word()
        return f"<!doctype html>\n<title>{title}</title>\n<p>{text}</p>\n".encode()

    def blob(self, size: int) -> bytes:
        """`size` random bytes of every value."""
        return self._random.randbytes(size)

    def beyond_ascii(self, size: int) -> bytes:
        """`size` random bytes from 80 to FF, which RFC 9110 5.5 calls obs-text."""
        return bytes(self._random.choices(range(0x80, 0x100), k=size))

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def choice(self, options: Sequence[str]) -> str:
        return self._random.choice(options)

    def shuffled(self, items: Sequence[_Item]) -> list[_Item]:
        return self._random.sample(items, len(items))
