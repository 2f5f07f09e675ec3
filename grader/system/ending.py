"""How a process of ours ends: with an exit code, also when it is interrupted while it loads; and
without taking itself apart.

Why so. At its end Python frees object by object what it has loaded: a tenth of the time that it
takes to grade one stage, and in a forked process each page is copied for that. The kernel takes all
of it back at once. mypy ends in the same way.
"""

from __future__ import annotations

import atexit
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
    code: int | None = None

    def end() -> None:
        """Called after all else that `run` leaves to be done at the end."""
        if code is not None and "coverage" not in sys.modules:  # which is not done yet
            _end_at_once(code)

    atexit.register(end)
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


def _end_at_once(code: int) -> None:
    """Unless an output cannot be written, of which Python tells."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        return
    os._exit(code)
