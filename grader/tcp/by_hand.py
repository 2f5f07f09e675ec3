"""What shows a fault of a TCP server by hand. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.reproduce.choice import netcat, readable, shown
from grader.reproduce.script import script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry

_FLOOD: Final = 2 << 20
"""Bytes: a server need not take so many from a client that reads none of them."""

_POURED: Final = re.compile(r"(c\d+)\.sendall\(b'x' \* \d{7,}\)")
_BESIDE: Final = (
    r"threading.Thread(target=\1.sendall, args=(b'x' * 67108864,), daemon=True).start();"
    " time.sleep(2)"
)


def by_hand(kind: Kind, entries: Sequence[Entry], port: int) -> str | None:
    """A command that shows the failure; None where there is none.

    Silence is shown by a script: most netcats close their half when their input ends, and a server
    that waits for that would answer.
    """
    floods = any(
        entry.direction is Direction.SENT and len(entry.data) + entry.left_out > _FLOOD
        for entry in entries
    )
    if (floods or kind is Kind.SILENCE) and (text := script(entries, port, ends=False)):
        return _beside(text)
    end = readable(entries, kind)
    return shown(entries, port, kind, lambda sent, _last: netcat(sent, port) + end)


def _beside(text: str) -> str:
    """The script; what pours is a thread, because it may have to wait for ever."""
    poured = _POURED.sub(_BESIDE, text)
    if poured == text:
        return text
    before, _, after = poured.partition("\nimport ")
    imports, _, acts = after.partition("\n")
    names = sorted({*imports.split(", "), "threading", "time"})
    return f"{before}\nimport {', '.join(names)}\n{acts}"
