"""The Python interpreter that runs a submission."""

from __future__ import annotations

import atexit
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from grader.errors import UsageError


class NoInterpreter(UsageError):
    """The Python interpreter is not there, or does not work. Without --python it is the machine
    that lacks it."""


_QUESTION: Final = ("-I", "-c", "import sys; print(sys.executable)")
_PATIENCE_S: Final = 30.0


def ask_ahead(name: str) -> None:
    """Let the script behind a Python command, if it is one, begin to answer what `interpreter` will
    ask, while the caller does something else."""
    program = shutil.which(name)
    with suppress(OSError):  # who asks in earnest is told
        if program is not None and _is_script(program):
            atexit.register(_asked(program).kill)


def interpreter(name: str) -> str:
    """The real binary behind a Python command: version managers put shell scripts on PATH that cost
    90 ms a start."""
    program = shutil.which(name)
    if program is None:
        raise NoInterpreter(
            f"there is no Python interpreter {name!r} on PATH; name one with --python"
        )
    return _behind(program) if _is_script(program) else str(Path(program).absolute())


def _is_script(program: str) -> bool:
    if not Path(program).name.startswith("python"):
        return True
    with open(program, "rb") as stream:
        return stream.read(2) == b"#!"


@cache
def _behind(program: str) -> str:
    """What the script says that it starts. Kept: who asks before it forks spares its children
    that."""
    try:
        with _asked(program) as asked:
            _asked.cache_clear()
            try:
                said, complained = asked.communicate(timeout=_PATIENCE_S)
            except BaseException:
                asked.kill()
                raise
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoInterpreter(f"{program} is not a working Python interpreter: {error}") from error
    real = said.strip()
    if asked.returncode or not Path(real).is_file():
        reason = (complained.strip().splitlines() or ["it does not print its path"])[-1]
        raise NoInterpreter(f"{program} is not a working Python interpreter: {reason}")
    return real


@cache
def _asked(program: str) -> subprocess.Popen[str]:
    """The script, which begins to answer: kept until its answer is taken."""
    return subprocess.Popen(
        [program, *_QUESTION],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
