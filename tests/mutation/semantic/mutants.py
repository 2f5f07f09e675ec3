"""All servers with one semantic fault, as mutants: each is a program of two lines that names the
step and the fault."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.mutation.mutants import Mutant
from tests.mutation.semantic.steps import STEPS, Step

LISTED: Final = Path(__file__).with_name("known.yaml")
FILE: Final = "server.py"
UNMUTATED: Final = "from tests.mutation.semantic.server import serve\nserve()\n"


class StepMutant(Mutant):
    """A server of which one step has a fault."""

    __slots__ = ()

    @property
    def id(self) -> str:
        """The step and the fault: the same in every run."""
        return f"{self.where}:{self.operator}"


def step_mutants() -> list[Mutant]:
    """Every fault of every step, in the order of the steps."""
    return [_mutant(step, fault) for step in STEPS for fault in step.faults]


def _mutant(step: Step, fault: str) -> Mutant:
    text = UNMUTATED.replace("serve()", f"serve({step.id!r}, {fault!r})")
    return StepMutant(FILE, 2, 0, fault, 1, step.id, step.id, f"{fault}({step.id})", text)
