"""The Python interpreter that runs a submission."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from grader.errors import UsageError


class NoInterpreter(UsageError):
    """The Python interpreter is not there, or does not work. Without --python it is the machine
    that lacks it."""


def interpreter(name: str) -> str:
    """The real binary behind a Python command: version managers put shell scripts on PATH that cost
    90 ms a start."""
    program = shutil.which(name)
    if program is None:
        raise NoInterpreter(
            f"there is no Python interpreter {name!r} on PATH; name one with --python"
        )
    with open(program, "rb") as stream:
        if stream.read(2) != b"#!" and Path(program).name.startswith("python"):
            return str(Path(program).absolute())
    return _behind(program)


@cache
def _behind(program: str) -> str:
    """What the script says that it starts. Kept: who asks before it forks spares its children
    that."""
    try:
        asked = subprocess.run(
            [program, "-I", "-c", "import sys; print(sys.executable)"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoInterpreter(f"{program} is not a working Python interpreter: {error}") from error
    real = asked.stdout.strip()
    if asked.returncode or not Path(real).is_file():
        said = (asked.stderr.strip().splitlines() or ["it does not print its path"])[-1]
        raise NoInterpreter(f"{program} is not a working Python interpreter: {said}")
    return real
