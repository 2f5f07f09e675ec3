"""Has each process of the grader write down what it took, when it ends: seconds of processors, and
the most KiB of memory. What it starts in its own place by exec is not one of its processes."""

from __future__ import annotations

import atexit
import os
import resource
import sys
import time
from typing import NoReturn


def _is_grader() -> bool:
    words = sys.orig_argv
    return "-m" in words and words[words.index("-m") + 1].split(".")[0] == "grader"


if _is_grader() and "BENCHMARK_EXITS" in os.environ:
    _told = os.open(os.environ["BENCHMARK_EXITS"], os.O_WRONLY | os.O_APPEND)
    _exit_now = os._exit

    def _tell() -> None:
        own = resource.getrusage(resource.RUSAGE_SELF)
        os.write(_told, f"[{time.process_time()}, {own.ru_maxrss}]\n".encode())

    def _exit(code: int) -> NoReturn:
        _tell()
        _exit_now(code)

    os._exit = _exit
    atexit.register(_tell)
