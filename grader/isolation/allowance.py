"""What the machine itself allows the grader, and so a submission: less than the limits promise, or
too little to grade.

A limit that the machine holds lower is said; one that right servers could need all of is no limit
to grade by.
"""

from __future__ import annotations

import contextlib
import math
import os
import resource
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.errors import MachineError
from grader.isolation.limits import SLACK, threads_of
from grader.isolation.user import User
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.limits import Limits

_MIB: Final = 1 << 20
_FILES_OF_A_CLIENT: Final = 1024


class _Kind(Value, frozen=True):
    """least: what a right server may need. unit: as the rest of a sentence."""

    resource: int
    least: int
    unit: str


_KINDS: Final = {
    "processes": _Kind(resource.RLIMIT_NPROC, 256, "processes and threads (ulimit -u)"),
    "files": _Kind(resource.RLIMIT_NOFILE, 256, "open files (ulimit -n)"),
    "file_size": _Kind(resource.RLIMIT_FSIZE, 16, "MiB in a file (ulimit -f)"),
    "cpu": _Kind(resource.RLIMIT_CPU, 60, "s of processor time (ulimit -t)"),
}
"""Of the limits those that the kernel may hold lower, getrlimit(2)."""


class Allowance(Value, frozen=True):
    """limits: those in force. less: a sentence on each that is lower than promised. too_little: the
    same, when it is too low to grade by. names: of all these."""

    limits: Limits
    less: tuple[str, ...] = ()
    too_little: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def allowance(limits: Limits) -> Allowance:
    """What of these limits this machine allows the user as whom a submission will run."""
    return compared(limits, _allowed(User.for_submissions()))


def compared(limits: Limits, allowed: Mapping[str, float]) -> Allowance:
    """The limits as far as they are allowed. Pure."""
    lower = {
        name: max(1, int(most)) for name, most in allowed.items() if most < getattr(limits, name)
    }
    less, too_little = list[str](), list[str]()
    for name, most in lower.items():
        promised, kind = getattr(limits, name), _KINDS[name]
        said = f"a submission gets {most} {kind.unit}, not {promised}: this machine allows no more"
        if most >= (needed := min(promised, kind.least)):
            less.append(said)
        else:
            too_little.append(
                f"{said}, and a right server may need {needed} (--limit {name}={most} accepts that)"
            )
    return Allowance(replace(limits, **lower), tuple(less), tuple(too_little), tuple(lower))


def require(limits: Limits) -> tuple[Limits, tuple[str, ...]]:
    """The limits in force, and a sentence on each that is less than promised. Raises `MachineError`
    when one is too low for right servers. From now on the grader may use all that it is allowed."""
    _use_all()
    found = allowance(limits)
    if found.too_little:
        raise MachineError("; ".join(found.too_little))
    return found.limits, found.less


def _allowed(user: User | None) -> dict[str, float]:
    """By the names of the limits. The kernel counts all of a user's processes, and some are the
    grader's own; those of real root it does not count."""
    hard = {name: _hard(kind.resource) for name, kind in _KINDS.items()}
    if os.geteuid() == 0 and user is None:
        hard["processes"] = math.inf
    else:
        hard["processes"] -= threads_of(os.getuid() if user is None else user.uid) + 2 * SLACK
    return {**hard, "file_size": hard["file_size"] / _MIB}


def _hard(what: int) -> float:
    most = resource.getrlimit(what)[1]
    return math.inf if most == resource.RLIM_INFINITY else most


def _use_all() -> None:
    """A lower limit of our own on processes would hold for what is started in our user namespace,
    too; and a client opens as many files as a server."""
    for what, most in (
        (resource.RLIMIT_NPROC, resource.RLIM_INFINITY),
        (resource.RLIMIT_NOFILE, _FILES_OF_A_CLIENT),
    ):
        soft, hard = resource.getrlimit(what)
        bounds = [bound for bound in (most, hard) if bound != resource.RLIM_INFINITY]
        wanted = min(bounds, default=resource.RLIM_INFINITY)
        if soft != resource.RLIM_INFINITY and (wanted == resource.RLIM_INFINITY or soft < wanted):
            with contextlib.suppress(OSError, ValueError):  # macOS has others beside these
                resource.setrlimit(what, (wanted, hard))
