"""What a tree of processes uses, and who is stopped for it."""

from __future__ import annotations

import math
import os
import sys
import threading

import pytest

from grader.limits import Limits
from grader.program.watchdog import Usage, Watchdog, at_its_limit, shared_out, usage

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux says what processes use"
)
NEVER = math.inf


def test_what_this_process_uses() -> None:
    used = usage([os.getpid()])
    assert used.memory > 10 << 20
    assert used.threads >= 1
    assert used.cpu_s > 0
    assert usage([os.getpid(), os.getpid()]).memory >= 2 * used.memory
    assert 0 < (shared_out([os.getpid()]) or 0) <= usage([os.getpid()]).memory


def test_who_is_gone_uses_nothing() -> None:
    assert usage([2**22 + 1]) == Usage()
    assert shared_out([2**22 + 1]) == 0


def test_files() -> None:
    count = len(os.listdir("/proc/self/fd"))
    assert at_its_limit([os.getpid()], Limits(files=count + 100)) == ""
    assert "the limit is 1" in at_its_limit([os.getpid()], Limits(files=1))


@pytest.mark.parametrize(
    ("limits", "ends_at", "sentence"),
    [
        (Limits(memory=1), NEVER, "used more than 1 MiB of memory and was stopped"),
        (Limits(cpu=10**6), 0.0, "was stopped: the run may last at most 3600 s"),
    ],
)
def test_it_stops_what_is_over_its_limit(limits: Limits, ends_at: float, sentence: str) -> None:
    stopped = threading.Event()
    watchdog = Watchdog(lambda: (os.getpid(),), 0, stopped.set, limits, ends_at)
    assert stopped.wait(60)
    watchdog.close()
    assert watchdog.hit == sentence


def test_it_leaves_alone_what_is_below() -> None:
    looked = threading.Event()

    def tree() -> tuple[int, ...]:
        looked.set()
        return (os.getpid(),)

    watchdog = Watchdog(
        tree, 0, lambda: pytest.fail("stopped"), Limits(memory=10**6, cpu=10**6), NEVER
    )
    assert looked.wait(60)
    watchdog.close()
    assert watchdog.hit == ""


def test_the_memory_of_what_keeps_the_program_does_not_count() -> None:
    looked = threading.Semaphore(0)

    def tree() -> tuple[int, ...]:
        looked.release()
        return (os.getpid(),)

    watchdog = Watchdog(tree, 1, lambda: pytest.fail("stopped"), Limits(memory=1, cpu=10**6), NEVER)
    assert all(looked.acquire(timeout=60) for _ in range(2)), "it has looked twice, so judged once"
    watchdog.close()
    assert watchdog.hit == ""
