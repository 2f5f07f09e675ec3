"""How far this machine lets us contain a submission: each rung of the ladder in a file, tried and never assumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.errors import UsageError
from grader.isolation.namespaces import Namespaces
from grader.isolation.plain import Plain
from grader.isolation.rung import Containment, Rung

LADDER: dict[str, Callable[[Path], Rung]] = {"namespaces": Namespaces, "plain": Plain}
"""Best first."""

__all__ = ["LADDER", "Containment", "Rung", "choose"]


def choose(wanted: str, scratch: Path) -> Rung:
    """Enter the best rung that works here ("auto"), none of them ("off"), or exactly the one that is named.

    To be called once, early, while the process has a single thread: the grader itself moves into the rung's private
    network. `scratch` is an empty directory for what is written while grading. Raises `UsageError` when the named
    rung does not work here, with the reason.
    """
    if wanted == "off":
        wanted = Plain.name
    reasons: list[str] = []
    for name in LADDER if wanted == "auto" else [wanted]:
        rung = LADDER[name](scratch)
        if not (reason := rung.missing()):
            rung.enter()
            return rung.because(tuple(reasons))
        reasons.append(f"no {name}: {reason}")
    raise UsageError(f"the sandbox {wanted!r} does not work on this machine: {'; '.join(reasons)}")
