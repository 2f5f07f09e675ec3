"""The process that grades one run of a watch: prepared while nothing happens, it waits for the
order.

A process of its own for every run, because the grader moves itself into the sandbox, and into it
only once; it is forked from one that has loaded the course. It reads two lines from its standard
input, what to prepare and later the order, and writes what it finds to the descriptor that it is
given. When the watch ends, so does its input, and so does it.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from grader.system.ending import exit_with

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.warm.work import Work


def loaded(ahead: Sequence[str]) -> Work:
    """One run, with all loaded that it needs. ahead: the course's directory, and the slugs of the
    stages whose checks are loaded; or empty."""
    from pathlib import Path

    from grader.course import load_course
    from grader.warm.loading import load_all
    from grader.watch.grading import work

    course = load_course(Path(ahead[0]), only=ahead[1:]) if ahead else None
    if ahead:
        load_all()

    def run(_arguments: Sequence[str], more: Sequence[int]) -> int:
        with open(more[0], "wb", buffering=0) as told:
            return _quietly(lambda: work(sys.stdin, told, course))

    return run


def _quietly(run: Callable[[], None]) -> int:
    """An interruption ends it in order and without a word: the watch says what there is."""
    try:
        run()
    except (KeyboardInterrupt, BrokenPipeError):
        exec("")  # as in grader.system.ending
    return 0


def _cold() -> None:
    os.set_inheritable(results := int(sys.argv[1]), False)
    loaded(())((), (results,))


if __name__ == "__main__":
    exit_with(lambda: _quietly(_cold))
