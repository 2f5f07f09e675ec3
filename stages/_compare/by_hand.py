"""Commands that repeat a conversation by hand. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.http1 import reproduce
from grader.reproduce.printing import written

from .odd_rules import ROOT, SERVED, SIBLING
from .routes import SECRET, SECRET_NAME, Route, route_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .conversation import Conversation

SEEN_BY_CURL = frozenset({Kind.MISMATCH, Kind.FILES, Kind.SILENCE})
"""What a client that checks little shows as well as the bare bytes."""

_PLACE = "/tmp/www"  # as the pages of the course call the directory


def by_hand(
    conversation: Conversation, entries: Sequence[Entry], port: int, *, raw: bool
) -> str | None:
    """Commands that repeat the conversation: the files, who is silent, and one for each connection
    after that, in the order of their first bytes."""
    lines = [
        f"{written(content)} > {_PLACE}/'{name}'  # and start the server with --directory {_PLACE}"
        for name, content in conversation.files
    ]
    silent = len(conversation.beside)  # they are the first to be connected
    for data in conversation.beside:
        said = f"{written(data)}; " if data else ""
        lines.append(f"({said}sleep 5) | nc -w 8 localhost {port} &")
    spoken = (entry.connection for entry in entries if entry.direction is Direction.SENT)
    for number in dict.fromkeys(number for number in spoken if number > silent):
        own = [entry for entry in entries if entry.connection == number]
        if (command := reproduce.command(own, port, raw=raw)) is not None:
            lines.append(command)
    return _elsewhere(conversation, "\n".join(lines)) or None


def _elsewhere(conversation: Conversation, commands: str) -> str:
    """The commands for a served directory where the reader has it, with what lies outside of it."""
    root, _, name = _PLACE.rpartition("/")
    leading = [ask.target for ask in conversation.asks if route_of(ask) is Route.OUTSIDE]
    for target in leading:
        pattern = re.escape(target).replace("%", "%%?")
        for place in (ROOT, SERVED):
            pattern = pattern.replace(re.escape(place.decode()), r"[^\s']+?")
        here = target.replace(ROOT.decode(), root).replace(SERVED.decode(), name)
        commands = re.sub(pattern, here.replace("\\", r"\\"), commands)
    if not leading or not commands:
        return commands
    outside = f"mkdir -p {_PLACE}{SIBLING}; {written(SECRET)} | tee {root}/{SECRET_NAME}"
    return (
        f"{outside} > {_PLACE}{SIBLING}/{SECRET_NAME}  # outside --directory {_PLACE}\n{commands}"
    )
