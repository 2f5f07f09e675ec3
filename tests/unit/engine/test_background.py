"""Checks that run beside the others are waited for before their server is replaced."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from grader.engine.background import Background

if TYPE_CHECKING:
    from grader.engine.tried import Tried


def test_all_are_done_once_they_have_settled() -> None:
    begun, go_on, done = threading.Barrier(3), threading.Event(), list[int]()

    def attempt(number: int) -> Tried:
        begun.wait(20)
        go_on.wait(20)
        done.append(number)
        raise ValueError(number)  # whoever asks for its result is told

    with Background() as beside:
        beside.start("first", lambda: attempt(1))
        beside.start("second", lambda: attempt(2))
        begun.wait(20)
        go_on.set()
        beside.settle()
        assert sorted(done) == [1, 2]
