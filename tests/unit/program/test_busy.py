"""A server that never sleeps is seen to be busy, however long its threads or ours had to queue."""

from __future__ import annotations

import time
from typing import Any, cast

import pytest

from grader.program.server import Server
from grader.system.patience import Deadline
from grader.system.processes import Look, Thread


class Watched:
    """A program with one thread that is always runnable and wants this share of the time. It queues
    for its first turn until so many looks were taken, and the kernel books that only then."""

    def __init__(self, share: float, looks: int) -> None:
        self.share, self.looks = share, looks
        self.began: float | None = None

    def look(self) -> Look:
        self.looks -= 1
        self.began = self.began or time.monotonic()
        wanted_s = 0.0 if self.looks > 0 else self.share * (time.monotonic() - self.began)
        return {(1, 1): Thread("R", 0, int(wanted_s * 1e9), 1)}

    def tree(self) -> list[int]:
        return []

    def wait_exit(self, _: float) -> bool:
        return False


@pytest.mark.parametrize(("share", "spins"), [(1.0, True), (0.95, True), (0.1, False)])
@pytest.mark.parametrize("looks", [0, 3, 12])
def test_a_turn_that_comes_late_is_waited_for(share: float, spins: bool, looks: int) -> None:
    program = Watched(share, looks)
    server = Server(cast("Any", program), "127.0.0.1", 4221, cast("Any", None))
    busy = server.busy(Deadline(0.0, program.look))
    assert busy is not None
    assert busy.spins is spins
