"""A server that never sleeps is seen to be busy, however long its threads or ours had to queue."""

from __future__ import annotations

import time
from typing import Any, cast

import pytest

import grader.program.server as server_module
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


@pytest.mark.parametrize(("stolen", "spins"), [(0.0, False), (1.0, True)])
def test_what_the_machine_was_not_given_is_nobodys_sleep(
    monkeypatch: pytest.MonkeyPatch, stolen: float, spins: bool
) -> None:
    """A thread that computes is booked less than the clock shows where others have the processor of
    a virtual machine; of a wait no more than half is taken for that."""
    seen = iter([(0.0, 0.0), (0.0, stolen)])
    monkeypatch.setattr(server_module, "stolen_s", lambda: next(seen))
    program = Watched(share=0.6, looks=0)
    server = Server(cast("Any", program), "127.0.0.1", 4221, cast("Any", None))
    busy = server.busy(Deadline(0.0, program.look))
    assert busy is not None
    assert busy.spins is spins
