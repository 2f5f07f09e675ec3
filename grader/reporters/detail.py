"""Owns how much of a failure is shown: all, or so much that its block fits on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from click import unstyle

from grader.text.layout import columns
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.text.style import Style

SCREEN = 12  # lines of a block: 24 but for what stands around it


class Detail(Value, frozen=True):
    """acts: how many of the last acts on connections are shown. sent: lines of what was sent, which
    a failure is about as a rule. lines: of all other bytes. around: of them, before the byte at
    fault. output: lines of what the program printed. command: lines on the screen that the commands
    by hand may take, which are whole or left out. prose: lines of what was found, where it is
    said in words; None: all."""

    acts: int = 8
    sent: int = 12
    lines: int = 12
    around: int = 8
    output: int = 15
    command: int | None = None
    prose: int | None = None


FULL = Detail()
"""As it is written where there is no screen."""

_SHORTER = (
    FULL,
    Detail(acts=4, sent=12, lines=8, around=4, output=6, command=8),
    Detail(acts=4, sent=8, lines=6, around=2, output=4, command=4, prose=6),
    Detail(acts=2, sent=6, lines=4, around=2, output=3, command=3, prose=5),
    Detail(acts=2, sent=6, lines=3, around=1, output=2, command=2, prose=4),
    Detail(acts=2, sent=5, lines=2, around=1, output=1, command=1, prose=3),
    Detail(acts=2, sent=4, lines=2, around=0, output=1, command=0, prose=2),
    Detail(acts=2, sent=2, lines=2, around=0, output=1, command=0, prose=2),
)


class Room(Value, frozen=True):
    """How a failure is shown: in this style, bytes in lines of `width` columns, and how much."""

    style: Style
    width: int
    detail: Detail = FULL


def fitting(lines: Callable[[Detail], list[str]], width: int, *, more: int = 0) -> list[str]:
    """The lines with as much detail as fits on a screen; with the least where nothing does. more:
    lines that were asked for, and have not to fit."""
    shown: list[str] = []
    for detail in _SHORTER:
        shown = lines(detail)
        if sum(-(-columns(unstyle(line)) // width) or 1 for line in shown) <= SCREEN + more:
            break
    return shown
