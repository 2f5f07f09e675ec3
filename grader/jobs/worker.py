"""The process that grades one submission of a class: it reads its job from standard input, and
ends with the exit code of `grade`. What it shows is kept for whoever asks the class for more than a
line. Its command line names the submission, for who looks at processes."""

from __future__ import annotations

import os
import sys

from grader.system.ending import exit_with


def _run() -> int:
    from grader import codec
    from grader.jobs.job import Job, run
    from grader.jobs.refusal import code_or_refusal
    from grader.reporters.terminal import Terminal, looks_on

    job = codec.from_json(sys.stdin.buffer.read(), Job)
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())  # it has the seed
    looks = looks_on(sys.stdout, no_color=True, verbosity=-1)
    shown = Terminal(sys.stdout, **looks, hints=job.hints)
    return code_or_refusal(lambda: run(job, shown).exit_code)


if __name__ == "__main__":
    exit_with(_run)
