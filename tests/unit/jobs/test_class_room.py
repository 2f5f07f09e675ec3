"""How many are graded at a time: more than processors only where these have nothing to do."""

from __future__ import annotations

import pytest

from grader.jobs.room import LOOK_S, MOST_FOR_EACH, Bounds, Room, bounds
from grader.limits import Limits


class Machine:
    """A clock, and processors of which a share has nothing to do."""

    def __init__(self) -> None:
        self.now = self.unused = 0.0

    def goes_on(self, seconds: float, idle: float) -> None:
        self.now += seconds
        self.unused += seconds * idle


def room(machine: Machine, least: int = 2, most: int = 4) -> Room:
    return Room(Bounds(least, most), lambda: machine.unused, lambda: machine.now)


def test_as_many_as_there_are_processors_begin_on_a_busy_machine_too() -> None:
    one = room(Machine())
    assert [one.has_one(number) for number in range(4)] == [True, True, False, False]


def test_one_more_begins_when_a_processor_has_had_nothing_to_do() -> None:
    machine = Machine()
    one = room(machine)
    machine.goes_on(LOOK_S / 2, idle=2.0)
    assert not one.has_one(2)
    machine.goes_on(LOOK_S, idle=2.0)
    assert one.has_one(2)
    assert not one.has_one(3)  # the last one has not had the time to show what it needs
    machine.goes_on(LOOK_S, idle=1.0)
    assert one.has_one(3)
    machine.goes_on(LOOK_S, idle=1.0)
    assert not one.has_one(4)


def test_none_begins_while_all_processors_are_busy() -> None:
    machine = Machine()
    one = room(machine)
    for _ in range(9):
        machine.goes_on(LOOK_S, idle=0.4)
        assert not one.has_one(2)
        assert one.next_look_s(2) == pytest.approx(LOOK_S)


def test_only_the_time_since_the_last_look_counts() -> None:
    machine = Machine()
    one = room(machine)
    machine.goes_on(10, idle=2.0)
    assert one.has_one(2)
    machine.goes_on(LOOK_S, idle=0.1)
    assert not one.has_one(2)


def test_who_has_asked_for_a_number_gets_it() -> None:
    machine = Machine()
    one = room(machine, 3, 3)
    machine.goes_on(10, idle=2.0)
    assert one.next_look_s(3) is None
    assert not one.has_one(3)


def test_what_all_may_use_fits_in_the_memory_that_is_free() -> None:
    assert bounds(3, Limits(memory=1 << 40)) == Bounds(3, 3)
    assert 3 <= bounds(3, Limits(memory=1)).most <= 3 * MOST_FOR_EACH


def test_how_it_is_said() -> None:
    assert [str(Bounds(2, 9).at_most(count)) for count in (1, 3, 20)] == ["1", "2 to 3", "2 to 9"]
