"""An aim of speed: what was measured, and what it may be. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, the most that it may be, and what both count."""

    value: float
    most: float
    unit: str

    @property
    def reached(self) -> bool:
        return self.value <= self.most


@dataclass(frozen=True, slots=True)
class Aim:
    """What was aimed at. told: of what the figure is made."""

    name: str
    figure: Figure
    told: str

    def line(self) -> str:
        """Of the table that is printed."""
        figure = self.figure
        mark = "    " if figure.reached else "OVER"
        limit = f"at most {figure.most:g} {figure.unit}"
        return f"{mark} {self.name:<32} {figure.value:7.2f}  {limit:<28} {self.told}"
