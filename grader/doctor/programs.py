"""Examines the programs that a grading needs or can use: interpreters and compilers."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from grader.doctor.finding import Finding, missing, ok
from grader.errors import UsageError
from grader.program.interpreter import interpreter
from grader.reproduce.present_clients import BASH, CURL, NETCAT

if TYPE_CHECKING:
    from collections.abc import Sequence

_VERSIONS = {"node": ("--version",), "go": ("version",), "gcc": ("-dumpfullversion",)}
_LONGEST_S = 30.0
_LONGEST_SAID = 200


def examine_interpreter(python: str | None) -> tuple[Finding, str | None]:
    """The interpreter for .py files, and its path where there is one."""
    try:
        found = interpreter(python or "python3")
    except UsageError as error:
        return missing("interpreter", str(error)), None
    version = said([found, "-I", "-c", "import platform; print(platform.python_version())"])
    if version is None:
        return missing("interpreter", f"{found} cannot run a program"), None
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


def examine_clients() -> Finding:
    """What the commands by hand of a failure use; without them, they use bash or Python."""
    missing_ones = [name for name in (CURL, NETCAT) if shutil.which(name) is None]
    if not missing_ones:
        return ok("by hand", "curl and nc are there: failures show commands with them")
    instead = "bash" if shutil.which(BASH) else "python3"
    listed = " and ".join(missing_ones)
    verb = "is" if len(missing_ones) == 1 else "are"
    return ok("by hand", f"{listed} {verb} missing: failures show commands with {instead} instead")


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
