"""Examines how a submission would be contained: every level is tried in a child process."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from grader.doctor.finding import Finding, Remedy, Sandbox, State
from grader.isolation import LEVELS, Needs, bounded, tried
from grader.isolation.cgroup import Standing, look
from grader.isolation.level import ALONE, UNBOUNDED
from grader.isolation.remedies import obstacles
from grader.jobs.options import cores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_INSTALLERS = {
    "apt-get": "apt-get install bubblewrap", "dnf": "dnf install bubblewrap",
    "pacman": "pacman -S bubblewrap", "apk": "apk add bubblewrap",
    "zypper": "zypper install bubblewrap",
}  # fmt: skip
_ABSENT = "bwrap is not installed"
_UNKNOWN = "the grader could not find out why this machine gives no private network"


def examine(scratch: Path, needs: Needs, *, required: bool) -> tuple[Sandbox, tuple[Finding, ...]]:
    """Try the levels as a grading does, in a `scratch` directory as it has; moves us to a cgroup of
    our own where it would."""
    before = look()
    levels = [*tried(LEVELS, scratch, needs)]
    chosen = bounded(next(level for level, missing in levels if not missing))
    found = Sandbox(
        chosen.name,
        chosen.contains,
        chosen.private_network,
        chosen.cgroups is not None,
        cores() if chosen.private_network else 1,
        tuple(chosen.weaknesses),
        tuple((level.name, missing or None) for level, missing in levels),
    )
    ways = (
        tuple(Remedy(way.seen, way.command) for way in obstacles())
        if not found.private_network
        else ()
    )
    return found, (
        contained(found, ways, required=required),
        side_by_side(found),
        memory(found, before),
    )


def contained(found: Sandbox, ways: tuple[Remedy, ...], *, required: bool) -> Finding:
    """Which level, why no better one, and its weaknesses."""
    names = [name for name, _ in found.levels]
    better = found.levels[: names.index(found.level)]
    remedies = (*ways, *_bubblewrap(better))
    told = {remedy.why for remedy in remedies}
    details = [said for name, why in better if (said := f"no {name}: {why}") not in told]
    details += [f"left open: {loss}" for loss in found.weaknesses if loss not in (ALONE, UNBOUNDED)]
    if not found.private_network and not ways:
        details.append(_UNKNOWN)
    if found.contains:
        where = "in its own network" if found.private_network else "in the machine's own network"
        state = State.OK if found.private_network else State.LESS
        says = f"{found.level} isolates the program, {where}"
        return Finding("sandbox", state, says, required, tuple(details), remedies)
    state = State.MISSING if required else State.LESS
    return Finding(
        "sandbox", state, "programs cannot be isolated here", required, tuple(details), remedies
    )


def _bubblewrap(better: tuple[tuple[str, str | None], ...]) -> Iterator[Remedy]:
    if not any(name == "bubblewrap" and why == _ABSENT for name, why in better):
        return
    for program, command in _INSTALLERS.items():
        if shutil.which(program):
            yield Remedy(f"no bubblewrap: {_ABSENT}", as_root(command))
            return


def as_root(command: str) -> str:
    return command if os.geteuid() == 0 else f"sudo {command}"


def side_by_side(found: Sandbox) -> Finding:
    """How many submissions of a class are graded at a time."""
    if found.private_network:
        return Finding(
            "side by side",
            State.OK,
            f"{found.at_once} or more in parallel, each in its own network",
        )
    says = "one at a time: here submissions share one network, and all need one port; see sandbox"
    return Finding("side by side", State.LESS, says)


def memory(found: Sandbox, before: Standing) -> Finding:
    """Whether the kernel bounds memory. before: our place in the tree of cgroups at first."""
    if found.bounded:
        return Finding(
            "memory", State.OK, f"limited by the kernel, in cgroups below {before.place}"
        )
    says = "checked 20 times a second, but not limited by the kernel"
    why = before.missing or f"a cgroup below {before.place} could not be used"
    remedies = (Remedy(why, _scope()),) if before.shared and _has_systemd() else ()
    return Finding(
        "memory", State.LESS, says, details=() if remedies else (why,), remedies=remedies
    )


def _has_systemd() -> bool:
    return os.path.isdir("/run/systemd/system") and shutil.which("systemd-run") is not None


def _scope() -> str:
    return f"systemd-run {'' if os.geteuid() == 0 else '--user '}--scope -p Delegate=yes grade ..."
