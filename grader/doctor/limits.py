"""Examines what this machine allows the grader, and so a submission: less than the limits promise,
or too little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.doctor.finding import Finding, Remedy, State, missing, ok
from grader.doctor.sandbox import as_root
from grader.errors import MachineError
from grader.isolation.allowance import Allowance, allowance
from grader.system.processes import require_processes

if TYPE_CHECKING:
    from grader.limits import Limits

_OPTIONS = {"processes": "--nproc", "files": "--nofile", "file_size": "--fsize", "cpu": "--cpu"}


def examine(limits: Limits) -> Finding:
    """limits: those of the course."""
    try:
        require_processes()
    except MachineError as error:
        return missing("limits", str(error), Remedy("", as_root("mount -t proc proc /proc")))
    return found(limits, allowance(limits))


def found(limits: Limits, allowed: Allowance) -> Finding:
    """What is said of it. Pure."""
    if not allowed.names:
        return ok(
            "limits",
            f"{limits.processes} processes and {limits.files} open files, as the course asks",
        )
    state = State.MISSING if allowed.too_little else State.LESS
    first, *others = (*allowed.too_little, *allowed.less)
    options = " ".join(
        f"{_OPTIONS[name]}={limits.files if name == 'files' else 'unlimited'}"
        for name in allowed.names
    )
    remedy = Remedy("", as_root(f"prlimit --pid $$ {options}"))
    return Finding("limits", state, first, bool(allowed.too_little), tuple(others), (remedy,))
