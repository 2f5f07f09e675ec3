"""The process that grades one submission of a class: it reads its job from standard input, and
ends with the exit code of `grade`. What it shows is kept for whoever asks the class for more than a
line. Its command line names the submission, for who looks at processes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from grader.system.ending import exit_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.course import Course
    from grader.warm.work import Work


def ahead_of(course: Course, stages: Sequence[str]) -> tuple[str, ...]:
    """What a warm process has to know to load all that gradings of these stages need."""
    return (str(course.root), *stages)


def loaded(ahead: Sequence[str]) -> Work:
    """Grading, with all loaded that it needs; `ahead`: as `ahead_of` says, or empty."""
    from pathlib import Path

    from grader import codec
    from grader.course import load_course
    from grader.jobs.job import Job, run
    from grader.jobs.left_behind import LeftBehind
    from grader.jobs.refusal import code_or_refusal
    from grader.reporters.terminal import Terminal, looks_on

    course = load_course(Path(ahead[0]), only=ahead[1:]) if ahead else None
    if course is not None:
        from contextlib import suppress

        from grader.errors import UsageError
        from grader.program.interpreter import interpreter
        from grader.warm.loading import load_all

        load_all()
        with suppress(UsageError):  # perhaps nobody needs one
            interpreter("python3")

    def work(_arguments: Sequence[str], _more: Sequence[int]) -> int:
        job = codec.from_json(sys.stdin.buffer.read(), Job)
        os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # it has the seed
        looks = looks_on(sys.stdout, no_color=True, verbosity=-1)
        shown = Terminal(sys.stdout, **looks, hints=job.hints)
        kept = LeftBehind(job.leaves)
        return code_or_refusal(
            lambda: kept.around(lambda: run(job, shown, kept, course=course).exit_code)
        )

    return work


if __name__ == "__main__":
    exit_with(lambda: loaded(())((), ()))
