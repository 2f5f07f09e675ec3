"""How a process of ours ends: with an exit code, also when it is interrupted while it loads."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

from grader.system import signals

if TYPE_CHECKING:
    from collections.abc import Callable


def forget(stream: TextIO) -> None:
    """What is still in its buffer cannot be written: the interpreter must not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def exit_with(run: Callable[[], int]) -> NoReturn:
    """Exit with the code that this returns. It imports what it needs itself."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # it was closed before we began
            setattr(sys, stream, open(os.devnull, "w"))  # noqa: SIM115  (it stays open as long as we run)
    try:
        signals.install()
        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        from grader.outcomes import Ending

        code = Ending.INTERRUPTED.exit_code
        # CPython remembers an interrupt that came out of an exec() of text, as dataclasses do, and
        # would die by it at the end although it has been caught; the next exec() makes it forget.
        exec("")
    sys.exit(code)
