"""Deadlines: how long a wait lasts, by a clock and looks that are made up."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import pytest

from grader.system.patience import CAP, Deadline, wait
from grader.system.processes import Look, Thread

SECOND = 1_000_000_000


@dataclass
class World:
    """A clock, and what a look shows: `None` where nobody can look."""

    now: float = 0.0
    look: Look | None = None
    looks: int = 0
    processors: int = 100
    blocked: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.now

    def seen(self) -> Look | None:
        self.looks += 1
        return self.look

    def deadline(self, budget_s: float) -> Deadline:
        return Deadline(budget_s, self.seen, self.clock, self.processors)

    def block(self, timeout_s: float) -> bool:
        """A question that is never answered, however long it is waited for."""
        self.blocked.append(timeout_s)
        # a clock always goes on
        self.now = max(self.now + timeout_s, math.nextafter(self.now, math.inf))
        return False


def thread(state: str = "S", ran: float = 0, queued: float = 0) -> Look:
    return {(1, 1): Thread(state, int(ran * SECOND), int(queued * SECOND), 0)}


def test_a_budget_is_what_is_left_of_it() -> None:
    world = World()
    deadline = world.deadline(5)
    assert (deadline.left_s(), deadline.spent_s) == (5, 0)
    world.now += 2
    assert (deadline.left_s(), deadline.spent_s) == (3, 2)
    world.now += 3
    assert (deadline.left_s(), deadline.spent_s) == (0, 5)


def test_looking_is_left_alone_while_there_is_time() -> None:
    world = World(look=thread())
    deadline = world.deadline(5)
    world.now += 4.9
    assert deadline.left_s() > 0
    assert world.looks == 0


def test_time_in_the_queue_is_given_back() -> None:
    world = World(look=thread(queued=100))
    deadline = world.deadline(5)
    deadline.observe()
    world.now += 5
    world.look = thread(queued=102)
    assert deadline.left_s() == pytest.approx(2)
    world.now += 1
    assert deadline.left_s() == pytest.approx(1)


def test_one_deadline_of_many_waits_gives_back_what_was_queued_in_them() -> None:
    world = World(look=thread(queued=100))
    deadline = world.deadline(5)
    assert deadline.goes_on()
    assert world.looks == 0, "nobody looks at a wait that is short"
    world.now += 1
    assert deadline.goes_on()
    world.now += 4
    world.look = thread(queued=102)
    assert deadline.goes_on()
    world.now += 2
    assert [deadline.goes_on(), deadline.goes_on()] == [True, False], "the last look"


def test_time_that_was_queued_before_is_not_given_back() -> None:
    world = World(look=thread(queued=100))
    deadline = world.deadline(5)
    deadline.observe()
    world.look = thread(queued=101)
    deadline.observe()  # the first one counts
    world.now += 5
    world.look = thread(queued=105)
    assert deadline.left_s() == pytest.approx(5), "the whole of what was queued meanwhile"


def test_threads_that_queue_at_the_same_time_wait_once() -> None:
    """Two that compute, on processors that others have half of the time: each gets half of what it
    wants, so all takes twice as long, and not for ever."""

    def both(seconds: float) -> Look:
        half = int(seconds / 2 * SECOND)
        return {(1, 1): Thread("R", half, half, 0), (2, 2): Thread("R", half, half, 0)}

    world = World(look=both(0), processors=2)
    deadline = world.deadline(5)
    deadline.observe()
    world.now, world.look = 5, both(5)
    assert deadline.left_s() == pytest.approx(2.5)
    world.now, world.look = 9, both(9)
    assert deadline.left_s() == pytest.approx(0.5)
    world.now, world.look = 10, both(10)
    assert deadline.left_s() == 0.001, "the last look"


def test_a_starved_thread_gets_all_back_although_another_computes() -> None:
    world = World(look={(1, 1): Thread("R", 0, 0, 0), (2, 2): Thread("R", 0, 0, 0)}, processors=2)
    deadline = world.deadline(5)
    deadline.observe()
    world.now = 5
    world.look = {
        (1, 1): Thread("R", SECOND // 2, 9 * SECOND // 2, 0),
        (2, 2): Thread("R", 5 * SECOND, 0, 0),
    }
    assert deadline.left_s() == pytest.approx(4.5)


def test_threads_that_queue_one_after_the_other_wait_for_each() -> None:
    world = World(look={(1, 1): Thread("S", 0, 0, 0), (2, 2): Thread("S", 0, 0, 0)})
    deadline = world.deadline(5)
    deadline.observe()
    world.now = 5
    world.look = {
        (1, 1): Thread("S", 0, 2 * SECOND, 0),
        (2, 2): Thread("S", 0, 3 * SECOND, 0),
    }
    assert deadline.left_s() == pytest.approx(5)


@pytest.mark.parametrize("ran", [0, 5], ids=["it slept", "it ran"])
def test_sleeping_and_spinning_gain_nothing(ran: float) -> None:
    world = World(look=thread())
    deadline = world.deadline(5)
    deadline.observe()
    world.now += 5
    world.look = thread("R" if ran else "S", ran=ran)
    assert deadline.left_s() == 0.001, "the last look"
    world.look = thread("R" if ran else "S", ran=ran * 1.001)
    assert deadline.left_s() == 0


def test_who_waits_for_the_processor_just_now_is_waited_for() -> None:
    """The kernel books a wait in the queue only when it ends."""
    world = World(look=thread("R"))
    deadline = world.deadline(5)
    deadline.observe()
    for _ in range(100):
        world.now += 0.1
        if deadline.spent_s >= 5:
            assert deadline.left_s() == 0.01
    world.look = thread("R", ran=0.1)
    assert deadline.left_s() == 0.001
    world.look = thread("R", ran=0.101)
    assert deadline.left_s() == 0


@pytest.mark.parametrize("look", [thread("R"), thread(queued=1000)], ids=["starved", "queued"])
def test_a_hard_cap_ends_every_wait(look: Look) -> None:
    world = World(look=thread("R"))
    deadline = world.deadline(5)
    deadline.observe()
    world.look = look
    world.now += 5 * CAP - 1
    assert 0 < deadline.left_s() <= 1
    world.now += 1
    assert deadline.left_s() == 0


def crowd(state: str, ran: float, queued: float, many: int = 900) -> Look:
    """As many threads that have run and queued so long, all together."""
    return {
        (1, n): Thread(state, int(ran / many * SECOND), int(queued / many * SECOND), 0)
        for n in range(many)
    }


@pytest.mark.parametrize("state", ["R", "S"])
def test_threads_that_queue_behind_each_other_gain_nothing(state: str) -> None:
    """Two processors, and nobody else had them: they were able to run all the time."""
    world = World(look=crowd("R", 0, 0), processors=2)
    deadline = world.deadline(5)
    deadline.observe()
    world.now += 5
    world.look = crowd(state, ran=9.99, queued=4000)
    assert deadline.left_s() == pytest.approx(0.01)
    world.now += 0.05
    world.look = crowd(state, ran=10.09, queued=4045)
    assert [deadline.left_s(), deadline.left_s()] == [0.001, 0], "the last look"


def test_threads_get_back_what_others_had_of_the_processors() -> None:
    """Two processors, and half of the time others had both."""
    world = World(look=crowd("R", 0, 0), processors=2)
    deadline = world.deadline(5)
    deadline.observe()
    for spent in range(1, 10):
        world.now = spent
        world.look = crowd("R", ran=spent, queued=900 * spent)
        assert deadline.left_s() > 0
    world.now = 5 * CAP
    assert deadline.left_s() == 0


@pytest.mark.parametrize("observed", [True, False])
def test_without_looks_the_budget_alone_decides(observed: bool) -> None:
    world = World()
    deadline = world.deadline(5)
    if observed:
        deadline.observe()
    world.now += 5
    assert deadline.left_s() == 0


def test_a_wait_nobody_observed_has_no_grace() -> None:
    world = World(look=thread(queued=100))
    deadline = world.deadline(0.5)
    world.now += 0.5
    assert deadline.left_s() == 0


def test_a_thread_that_ends_takes_nothing_away() -> None:
    world = World(look={(1, 1): Thread("S", 0, 0, 0), (1, 2): Thread("S", 0, 3 * SECOND, 0)})
    deadline = world.deadline(5)
    deadline.observe()
    world.now += 5
    world.look = thread(queued=2)
    assert deadline.left_s() == pytest.approx(2)


# --- wait -----------------------------------------------------------------------------------------


def test_what_is_ready_is_not_waited_for() -> None:
    world = World()
    assert wait(lambda _timeout_s: True, world.deadline(5))
    assert world.now == 0


def test_a_wait_is_as_long_as_its_budget() -> None:
    world = World(look=thread())
    assert not wait(world.block, world.deadline(1))
    assert sum(world.blocked) == pytest.approx(1.001)
    assert world.blocked[-1] == 0, "the last word"
    assert max(world.blocked) <= 0.05
    assert world.blocked[:4] == pytest.approx([0.01, 0.02, 0.04, 0.05])


def test_steps_begin_as_short_as_asked() -> None:
    world = World()
    assert not wait(world.block, world.deadline(1), step_s=0.001)
    assert world.blocked[:4] == pytest.approx([0.001, 0.002, 0.004, 0.008])


def test_short_waits_are_never_looked_at() -> None:
    world = World(look=thread())
    assert not wait(world.block, world.deadline(0.009))
    assert world.looks <= 1


def test_hopeless_ends_a_wait_early() -> None:
    world = World()
    asked = []

    def hopeless() -> bool:
        asked.append(world.now)
        return len(asked) == 3

    assert not wait(world.block, world.deadline(5), hopeless)
    assert len(asked) == 3
    assert world.now < 1


def test_what_came_while_it_seemed_hopeless_counts() -> None:
    world = World()
    came = False

    def ready(timeout_s: float) -> bool:
        return came or world.block(timeout_s)

    def hopeless() -> bool:
        nonlocal came
        came = True
        return True

    assert wait(ready, world.deadline(5), hopeless)


def test_a_deadline_that_has_passed_is_asked_once() -> None:
    world = World()
    deadline = world.deadline(0)
    assert not wait(world.block, deadline)
    assert world.blocked == [0]
    assert wait(lambda timeout_s: timeout_s == 0, deadline)


def test_a_starved_server_is_waited_for_until_it_has_run() -> None:
    world = World(look=thread("R"))

    def ready(timeout_s: float) -> bool:
        world.block(timeout_s)
        return deadline.spent_s > 3

    deadline = world.deadline(1)
    assert wait(ready, deadline)
    assert deadline.spent_s == pytest.approx(3, abs=0.1)
