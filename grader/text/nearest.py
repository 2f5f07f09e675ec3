"""The nearest right word for a typing error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that `word` was probably meant to be, whatever its case; None when none is
    close."""
    from difflib import get_close_matches  # where nothing is mistyped, nobody waits for it

    by_lower_case = {candidate.lower(): candidate for candidate in words}
    close = get_close_matches(word.lower(), by_lower_case, n=1)
    return by_lower_case[close[0]] if close else None


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """What to append to a complaint about `word`: "; did you mean 'echo'?", or nothing.

    >>> did_you_mean("ehco", ["echo", "gzip"])
    "; did you mean 'echo'?"
    """
    meant = nearest(word, words)
    return "" if meant is None else f"; did you mean {meant!r}?"
