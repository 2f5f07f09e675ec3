"""The entry point of `grade` and of `python -m grader`: light, so that a Ctrl-C while the rest
loads is heard."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from grader.system import signals


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # it was closed before we began
            setattr(sys, stream, open(os.devnull, "w"))  # noqa: SIM115  (it stays open as long as we run)
    try:
        signals.install()
        from grader.commands.entry import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        from grader.outcomes import Ending

        code = Ending.INTERRUPTED.exit_code
        # CPython remembers an interrupt that came out of an exec() of text, as dataclasses do, and
        # would die by it at the end although it has been caught; the next exec() makes it forget.
        exec("")
    sys.exit(code)


if __name__ == "__main__":
    main()
