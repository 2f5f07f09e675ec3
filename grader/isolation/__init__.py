"""How far this machine lets us contain a submission: each level of the levels in a file, tried and
never assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.errors import MachineError, UsageError
from grader.isolation.level import UNBOUNDED, Containment, IsolationLevel, Needs
from grader.isolation.try_in_child import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


# A level is loaded when it is its turn: mostly the first one works.


def _bubblewrap(scratch: Path, needs: Needs) -> IsolationLevel:
    from grader.isolation.bubblewrap import Bubblewrap

    return Bubblewrap(scratch, needs)


def _namespaces(scratch: Path, needs: Needs) -> IsolationLevel:
    from grader.isolation.namespaces import Namespaces

    return Namespaces(scratch, needs)


def _network(scratch: Path, needs: Needs) -> IsolationLevel:
    from grader.isolation.network import Network

    return Network(scratch, needs)


def _landlock(scratch: Path, needs: Needs) -> IsolationLevel:
    from grader.isolation.landlock import Landlock

    return Landlock(scratch, needs)


def _plain(scratch: Path, needs: Needs) -> IsolationLevel:
    from grader.isolation.plain import Plain

    return Plain(scratch, needs)


PLAIN: Final = "plain"
"""The level that is always there, and contains nothing."""

LEVELS: dict[str, Callable[[Path, Needs], IsolationLevel]] = {
    "bubblewrap": _bubblewrap,
    "namespaces": _namespaces,
    "network": _network,
    "landlock": _landlock,
    PLAIN: _plain,
}
"""Best first."""

NOT_BESIDE_OTHERS = (
    "it cannot be graded in parallel with others: it would have no network of its own"
)
"""How the sentence begins with which a submission is refused that has to be graded alone."""

__all__ = [
    "LEVELS",
    "NOT_BESIDE_OTHERS",
    "Containment",
    "IsolationLevel",
    "Needs",
    "best",
    "bounded",
    "enter",
    "refusal",
    "tried",
]  # fmt: skip


def enter(level: IsolationLevel) -> None:
    """Move the grader itself into the level's private network, and into a cgroup whose children the
    kernel bounds.

    To be called once, early, while the process has a single thread. `level.leave()` undoes it, and
    what was done of it when it was cut short.
    """
    bounded(level).enter()


def bounded(level: IsolationLevel) -> IsolationLevel:
    """This level, with the kernel's own bounds on memory where we may make cgroups; moves us to
    one, if need be."""
    from grader.isolation.cgroup import delegated

    level.cgroups = delegated()
    if level.cgroups is not None:
        level.weaknesses = tuple(loss for loss in level.weaknesses if loss != UNBOUNDED)
    return level


def best(
    wanted: str,
    scratch: Path,
    needs: Needs | None = None,
    *,
    required: bool = False,
    beside_others: bool = False,
    meanwhile: Callable[[], object] = nothing,
) -> IsolationLevel:
    """The best level that works here ("auto"), none of them ("off"), or exactly the one that is
    named.

    Raises `UsageError` when the named level does not work here, with the reason, and `MachineError`
    when containment is `required` and the level is none, or when others are graded beside this one
    and it would share its network with them. meanwhile: as in `IsolationLevel.missing`.
    """
    if wanted == "off":
        wanted = PLAIN
    reasons: list[str] = []
    names = LEVELS if wanted == "auto" else [wanted]
    for level, reason in tried(names, scratch, needs or Needs(), meanwhile):
        if required and not level.contains:
            why = "; ".join(reasons) or f"the level {level.name} does not isolate"
            raise MachineError(f"--require-sandbox: the program cannot be isolated here: {why}")
        if beside_others and not level.private_network:
            raise MachineError("; ".join([NOT_BESIDE_OTHERS, *reasons]))
        if not reason:
            return level.because(tuple(reasons))
        reasons.append(f"no {level.name}: {reason}")
    raise UsageError(f"{refusal(wanted)}: {'; '.join(reasons)}")


def tried(
    names: Iterable[str],
    scratch: Path,
    needs: Needs,
    meanwhile: Callable[[], object] = nothing,
) -> Iterator[tuple[IsolationLevel, str]]:
    """Each of these levels, and why it does not work here; empty when it does.

    It is tried in a child process when it is its turn, and nothing changes for us. `scratch` is an
    empty directory as a grading has it (`grader.isolation.scratch`): what works depends on who gets
    there. meanwhile: as in `IsolationLevel.missing`.
    """
    for name in names:
        level = LEVELS[name](scratch, needs)
        yield level, level.missing(meanwhile)


def refusal(wanted: str) -> str:
    """How the sentence begins with which a named level that does not work here is refused."""
    return f"the isolation level {wanted!r} does not work on this machine"
