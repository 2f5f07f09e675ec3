"""A command that was typed wrong, or stands in the wrong place: it is not graded as a file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from grader.commands.table import COMMANDS, HELP
from grader.errors import UsageError
from grader.text.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


def require_no_typo(words: Sequence[str]) -> None:
    """Raises `UsageError` for the first of these words that names no file, and is a command or
    nearly one."""
    for word in words:
        is_a_file = os.path.lexists(word) or os.sep in word or "." in word
        if is_a_file or word.startswith("-") or not (meant := nearest(word, [*COMMANDS, HELP])):
            continue
        if word == meant:
            raise UsageError(f"there is no file {word!r}; a command comes first: grade {word} ...")
        raise UsageError(f"there is no command or file {word!r}; did you mean 'grade {meant}'?")
