"""The entry point of `grade` and of `python -m grader`: light, so that a Ctrl-C while the rest
loads is heard."""

from __future__ import annotations

import gc
import sys
from typing import NoReturn

from grader.system.ending import exit_with

_COLLECT_AFTER = 50_000
"""New objects, instead of 700: what is loaded stays, and to look through it again and again for
garbage takes a twentieth of a grading of one stage."""


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    gc.set_threshold(_COLLECT_AFTER)
    exit_with(_run)


def _run() -> int:
    from grader.commands.entry import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
