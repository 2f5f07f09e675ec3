"""How far this machine lets us contain a submission: each rung of the ladder in a file, tried and never assumed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.errors import MachineError, UsageError
from grader.isolation.bubblewrap import Bubblewrap
from grader.isolation.cgroup import delegated
from grader.isolation.landlock import Landlock
from grader.isolation.namespaces import Namespaces
from grader.isolation.network import Network
from grader.isolation.plain import Plain
from grader.isolation.rung import UNBOUNDED, Containment, Needs, Rung

LADDER: dict[str, Callable[[Path, Needs], Rung]] = {
    rung.name: rung for rung in (Bubblewrap, Namespaces, Network, Landlock, Plain)
}
"""Best first."""

__all__ = ["LADDER", "Containment", "Needs", "Rung", "best", "bounded", "enter", "refusal"]


def enter(rung: Rung) -> None:
    """Move the grader itself into the rung's private network, and into a cgroup whose children the kernel bounds.

    To be called once, early, while the process has a single thread. `rung.leave()` undoes it, and what was done of it
    when it was cut short.
    """
    bounded(rung).enter()


def bounded(rung: Rung) -> Rung:
    """This rung, with the kernel's own bounds on memory where we may make cgroups; moves us to one, if need be."""
    rung.cgroups = delegated()
    if rung.cgroups is not None:
        rung.loses = tuple(loss for loss in rung.loses if loss != UNBOUNDED)
    return rung


def best(wanted: str, scratch: Path, needs: Needs | None = None, *, required: bool = False) -> Rung:
    """The best rung that works here ("auto"), none of them ("off"), or exactly the one that is named.

    Each is tried in a child process, and nothing changes for us. `scratch` is an empty directory for what is written
    while grading. Raises `UsageError` when the named rung does not work here, with the reason, and `MachineError` when
    containment is `required` and the rung is none.
    """
    if wanted == "off":
        wanted = Plain.name
    reasons: list[str] = []
    for name in LADDER if wanted == "auto" else [wanted]:
        rung = LADDER[name](scratch, needs or Needs())
        if required and not rung.contains:
            why = "; ".join(reasons) or f"{name} is no containment"
            raise MachineError(f"--require-sandbox: nothing contains the program here: {why}")
        if not (reason := rung.missing()):
            return rung.because(tuple(reasons))
        reasons.append(f"no {name}: {reason}")
    raise UsageError(f"{refusal(wanted)}: {'; '.join(reasons)}")


def refusal(wanted: str) -> str:
    """How the sentence begins with which a named rung that does not work here is refused."""
    return f"the sandbox {wanted!r} does not work on this machine"
