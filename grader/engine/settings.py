"""How a run grades: one frozen value, from the command line to the runner, whichever process it is
in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.check.declaration import Level
from grader.value import Value

if TYPE_CHECKING:
    from grader.budgets import Budgets
    from grader.check.declaration import Check
    from grader.course import Launch, Stage

ADVICE_WORD: Final = "advice"
"""What names all advice where stages are named."""


class RunSettings(Value, frozen=True):
    """How to grade. Every field has a type that JSON can carry.

    seed: of every random input. strict: advice counts as required. keep_going: grade on after a
    failed stage. port: instead of the course's, or None. timeout_scale: a factor on every budget.
    sandbox: "auto", "off" or a level's name. fresh: launch the program anew for every check.
    require_sandbox: grade nothing that is not contained. limits: instead of the course's, each as
    NAME=VALUE. host_network: let the program's port be reached from outside of the run.
    beside_others: grade nothing on a level without a network of its own. again: the words behind
    `grade launch --stage X` that start the same program. without_advice: the stages of which only
    the required checks are asked. hidden: what the program must not see, besides the grader and the
    course, by real path. checks: what the stages were narrowed to, as it was asked for. repeat: how
    many runs, each with another seed. hide: the stages of which learners see no more than names and
    points, by their slugs; `ADVICE_WORD` among them: the same of all advice. not_required,
    left_out: checks by their ids that a class counts as advice, and those and stages that it leaves
    out, where that has to be known before they are judged.
    """

    seed: int
    strict: bool = False
    keep_going: bool = False
    port: int | None = None
    timeout_scale: float = 1.0
    sandbox: str = "auto"
    fresh: bool = False
    require_sandbox: bool = False
    limits: tuple[str, ...] = ()
    host_network: bool = False
    beside_others: bool = False
    again: tuple[str, ...] = ()
    without_advice: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    repeat: int = 1
    hide: tuple[str, ...] = ()
    not_required: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def contract(self, stage: Stage) -> tuple[Launch, Budgets]:
        """How the program is launched for this stage, and how long it is waited for."""
        launch = stage.launch if self.port is None else replace(stage.launch, port=self.port)
        return launch, stage.budgets.scaled(self.timeout_scale)

    def hides(self, slug: str, check: Check) -> bool:
        """Whether learners do not see what this check of the stage finds."""
        return slug in self.hide or (ADVICE_WORD in self.hide and check.level is Level.ADVICE)
