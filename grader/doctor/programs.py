"""Examines the programs that a grading needs or can use: interpreters, compilers, and py-spy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.doctor.finding import Finding, Remedy, State, missing, ok
from grader.errors import UsageError
from grader.program.find import interpreter

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERSIONS = {"node": ("--version",), "go": ("version",), "gcc": ("-dumpfullversion",)}
_LONGEST_S = 30.0
_LONGEST_SAID = 200
_PTRACE = Path("/proc/sys/kernel/yama/ptrace_scope")
_WAITING = "print(flush=True); input()"


def examine_interpreter(python: str | None) -> tuple[Finding, str | None]:
    """The interpreter for .py files, and its path where there is one."""
    try:
        found = interpreter(python or "python3")
    except UsageError as error:
        return missing("interpreter", str(error)), None
    version = said([found, "-I", "-c", "import platform; print(platform.python_version())"])
    if version is None:
        return missing("interpreter", f"{found} does not run a program"), None
    return ok("interpreter", f"{found}, Python {version}, for .py files"), found


def examine_others() -> Finding:
    """What else submissions are often written in. None of it is needed."""
    paths = {name: shutil.which(name) for name in _VERSIONS}
    there = [
        f"{name} {said([path, *_VERSIONS[name]]) or '(which does not run)'}"
        for name, path in paths.items()
        if path
    ]
    absent = [f"no {name}" for name, path in paths.items() if not path]
    return ok("others", "; ".join([*there, *absent]))


def examine_py_spy() -> Finding:
    """Whether py-spy is there and may look at a program that we started."""
    beside = Path(sys.executable).with_name("py-spy")
    program = str(beside) if beside.is_file() else shutil.which("py-spy")
    without = "the line at which a hanging Python program waits cannot be asked for"
    if program is None:
        remedy = Remedy("", f"{sys.executable} -m pip install py-spy")
        return Finding("py-spy", State.LESS, f"not installed: {without}", remedies=(remedy,))
    if not (problem := _cannot_look(program)):
        return ok("py-spy", f"{program} can look at a running program")
    return Finding("py-spy", State.LESS, f"{without}: {problem}", remedies=_ptrace_remedies())


def _cannot_look(program: str) -> str:
    """Why it cannot look at a child of ours that does nothing; empty when it can."""
    command = [sys.executable, "-I", "-c", _WAITING]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            tried = subprocess.run(
                [program, "dump", "--nonblocking", "--pid", str(child.pid)],
                capture_output=True,
                timeout=_LONGEST_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
        finally:
            child.kill()
    if not tried.returncode:
        return ""
    words = tried.stderr.decode(errors="replace").split()
    return " ".join(words)[:_LONGEST_SAID] or f"it ends with status {tried.returncode}"


def _ptrace_remedies() -> tuple[Remedy, ...]:
    try:
        scope = _PTRACE.read_text().strip()
    except OSError:
        return ()
    if scope not in ("1", "2"):
        return ()
    return (
        Remedy(f"kernel.yama.ptrace_scope is {scope}", "sudo sysctl kernel.yama.ptrace_scope=0"),
    )


def said(command: Sequence[str]) -> str | None:
    """The last word of what a program prints first, such as its version, or None."""
    try:
        asked = subprocess.run(
            command, capture_output=True, timeout=_LONGEST_S, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = asked.stdout.decode(errors="replace").splitlines()
    if asked.returncode or not lines:
        return None
    words = [word for word in lines[0].split() if any(char.isdecimal() for char in word)] or [
        lines[0]
    ]
    return words[0][:_LONGEST_SAID]
