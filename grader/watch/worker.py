"""The process that grades one run of a watch: prepared while nothing happens, it waits for the
order.

A process of its own for every run, because the grader moves itself into the sandbox, and into it
only once. It reads two lines from its standard input, what to prepare and later the order, and
writes what it finds to the descriptor that it is given. When the watch ends, so does its input, and
so does it.
"""

from __future__ import annotations

import os
import sys

from grader.system import signals


def main() -> None:
    """Prepare, wait, grade, end. An interruption ends it in order and without a word: the watch
    says what there is."""
    signals.install()
    try:
        os.set_inheritable(results := int(sys.argv[1]), False)
        with open(results, "wb", buffering=0) as told:
            from grader.watch.grading import work

            work(sys.stdin, told)
    except (KeyboardInterrupt, BrokenPipeError):
        exec("")  # as in grader.__main__


if __name__ == "__main__":
    main()
