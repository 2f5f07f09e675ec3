"""The served directory of a conversation: as the conversation finds it, and whether anything was
written outside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .odd_rules import SIBLING
from .routes import ESCAPED_NAME, SECRET, SECRET_NAME, Route, file_of, route_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.program.served_directory import SharedFiles

    from .conversation import Conversation


def lay_out(conversation: Conversation, files: SharedFiles) -> None:
    """The directory as the conversation finds it. Raises `Failure` when the server does not let
    us."""
    for ask in conversation.asks:
        if (name := file_of(ask)) is not None and route_of(ask) is Route.FILE:
            files.remove(name)
    for name, content in conversation.files:
        files.put(name, content)
    if any(route_of(ask) is Route.OUTSIDE or ask.odd == "contained" for ask in conversation.asks):
        for folder in _folders(files):
            files.put_outside(f"{folder}{SECRET_NAME}", SECRET)
            files.remove(f"../{folder}{ESCAPED_NAME}")


def wrote_outside(files: SharedFiles) -> bool:
    """Whether a file lies outside the directory that only a request can have put there."""
    return any(files.exists(f"../{folder}{ESCAPED_NAME}") for folder in _folders(files))


def _folders(files: SharedFiles) -> Iterable[str]:
    """Above the directory, and next to it."""
    return "", f"{files.directory.name}{SIBLING}/"
