"""The entry point of `grade` and of `python -m grader`: light, so that a Ctrl-C while the rest
loads is heard."""

from __future__ import annotations

import sys
from typing import NoReturn

from grader.system.ending import exit_with


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    exit_with(_run)


def _run() -> int:
    from grader.commands.entry import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    main()
