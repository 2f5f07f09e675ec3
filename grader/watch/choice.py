"""How a stage is chosen by typing its number. Pure."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from grader.value import Value

_ENTER: Final = "\r\n"
_BACK: Final = "\x7f\b"


class StageChoice(Value, frozen=True):
    """stages: how many there are; they are counted from 1. typed: the digits so far. over: whether
    the choice has ended, with a number or without."""

    stages: int
    typed: str = ""
    over: bool = False

    @property
    def number(self) -> int | None:
        """The number that was chosen, once the choice is over."""
        number = int(self.typed or 0) if self.over else 0
        return number if 1 <= number <= self.stages else None

    @property
    def question(self) -> str:
        return f"Go to stage (1-{self.stages}, Enter): {self.typed}"

    def after(self, key: str) -> StageChoice | None:
        """The choice after this key; None for a key that has nothing to do with it. A number that
        cannot go on needs no Enter."""
        if key in _ENTER:
            return replace(self, over=True)
        if key in _BACK:
            return replace(self, typed=self.typed[:-1])
        if not (key.isascii() and key.isdecimal()):
            return None
        typed = self.typed + key
        if not 1 <= int(typed) <= self.stages:
            return self
        return replace(self, typed=typed, over=int(typed) * 10 > self.stages)
