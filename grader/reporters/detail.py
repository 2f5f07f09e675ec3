"""Owns how much of a failure is shown: all, or so much that its block fits on a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from click import unstyle

from grader.text.layout import columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.text.style import Style

SCREEN = 12  # lines of a block: 24 but for what stands around it


@dataclass(frozen=True, slots=True)
class Detail:
    """acts: how many of the last acts on connections are shown. lines: of each one's bytes. around:
    of these, before the byte at fault. output: lines of what the program printed. command: lines on
    the screen that the commands by hand may take, which are whole or left out."""

    acts: int = 8
    lines: int = 12
    around: int = 8
    output: int = 15
    command: int | None = None


FULL = Detail()
"""As it is written where there is no screen."""

_SHORTER = (
    FULL,
    Detail(acts=4, lines=8, around=4, output=6, command=8),
    Detail(acts=4, lines=6, around=2, output=4, command=4),
    Detail(acts=2, lines=4, around=2, output=3, command=3),
    Detail(acts=2, lines=4, around=1, output=2, command=2),
    Detail(acts=2, lines=3, around=1, output=2, command=1),
    Detail(acts=2, lines=2, around=0, output=1, command=0),
)


@dataclass(frozen=True, slots=True)
class Room:
    """How a failure is shown: in this style, bytes in lines of `width` columns, and how much."""

    style: Style
    width: int
    detail: Detail = FULL


def fitting(lines: Callable[[Detail], list[str]], width: int) -> list[str]:
    """The lines with as much detail as fits on a screen; with the least where nothing does."""
    shown: list[str] = []
    for detail in _SHORTER:
        shown = lines(detail)
        if sum(-(-columns(unstyle(line)) // width) or 1 for line in shown) <= SCREEN:
            break
    return shown
