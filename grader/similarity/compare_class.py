"""Compares the submissions of a class: each is read, and then all are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.jobs.names import names
from grader.jobs.neighbours import told_of
from grader.similarity.comparison import Comparison, comparison
from grader.similarity.programs import Program
from grader.similarity.reading import read_program

if TYPE_CHECKING:
    from collections.abc import Set
    from pathlib import Path

    from grader.intake.gather import Intake


def compare_class(intake: Intake, starters: Set[int], threshold: int, place: Path) -> Comparison:
    """starters: as `given_code` makes it. threshold: in percent. place: a directory of ours. Raises
    `MachineError`."""
    programs: list[Program] = []
    refused: dict[str, str] = {}
    called = names([it.name or it.path for it in intake.given])
    told = told_of(intake.given, [])
    for name, given, its in zip(called, intake.given, told, strict=True):
        found = read_program(name, given, its, starters, place / "submission")
        if isinstance(found, Program):
            programs.append(found)
        else:
            refused[name] = found
    return comparison(programs, threshold, refused, intake.notes)
