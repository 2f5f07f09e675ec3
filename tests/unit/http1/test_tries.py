"""How long one try of a check waits: by budgets that a made-up clock counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.check.failure import Failure
from grader.net.tries import Habits, Try, Undecided
from grader.system.patience import Deadline, wait
from tests.unit.system.test_patience import World
from tests.unit.tiny_servers import CONCURRENT, PATIENT, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.tiny_servers import Scene

TURNS = """
turns = [threading.Lock(), threading.Lock()]
def tick(number):
    while True:
        turns[number].acquire()
        for _ in range(5): select.select([], [], [], 0.08)
        turns[1 - number].release()
turns[1].acquire()
for number in range(2): threading.Thread(target=tick, args=(number,), daemon=True).start()
"""
NAPS_LONG = """
def nap():
    while True: time.sleep(3)
threading.Thread(target=nap, daemon=True).start()
"""
UNENDED = "head(client); client.sendall(b'HTTP/1.1 200 OK\\r\\n\\r\\nabc')"


def never() -> bool:
    return False


def after(world: World, seconds: float) -> Callable[[float], bool]:
    return lambda timeout_s: world.block(timeout_s) or world.now >= seconds


def test_a_try_that_counts_waits_for_its_budget() -> None:
    world = World()
    assert not Try().sees(world.block, world.deadline, 5, never)
    assert world.now == pytest.approx(5)


def test_a_first_try_is_broken_off_before() -> None:
    world = World()
    with pytest.raises(Undecided):
        Try(first=True).sees(world.block, world.deadline, 5, never)
    assert world.now == pytest.approx(0.5)


def test_a_first_try_fails_when_waiting_is_in_vain() -> None:
    world = World()
    assert not Try(first=True).sees(world.block, world.deadline, 5, lambda: True)
    assert world.now < 0.5


def test_a_server_that_answered_late_is_waited_for_from_then_on() -> None:
    world, habits = World(), Habits()
    assert Try(habits).sees(after(world, 3), world.deadline, 5, never)
    assert habits.is_slow
    world.now = 0.0
    assert Try(habits, first=True).sees(after(world, 3), world.deadline, 5, never)


def test_a_server_that_answers_soon_is_not_slow() -> None:
    world, habits = World(), Habits()
    assert Try(habits).sees(after(world, 0.3), world.deadline, 5, never)
    assert not habits.is_slow


def test_what_need_not_come_is_waited_for_in_full_once() -> None:
    world, habits = World(), Habits()
    assert not Try(habits).sees_any(world.block, world.deadline, 5, never)
    assert (world.now, habits.ignores_some) == (pytest.approx(5), True)
    assert not Try(habits).sees_any(world.block, world.deadline, 5, never)
    assert world.now == pytest.approx(5.5)


def test_a_slow_server_is_waited_for_although_it_ignores_some() -> None:
    world, habits = World(), Habits()
    habits.ignores_some = habits.is_slow = True
    assert Try(habits).sees_any(after(world, 3), world.deadline, 5, never)


def test_a_server_that_rests_has_not_been_waited_for_in_full() -> None:
    world, habits = World(), Habits()
    assert not Try(habits).sees_any(world.block, world.deadline, 5, lambda: True)
    assert not habits.ignores_some


def test_a_first_try_learns_nothing_of_what_it_breaks_off() -> None:
    world, habits = World(), Habits()
    with pytest.raises(Undecided):
        Try(habits, first=True).sees_any(world.block, world.deadline, 5, never)
    assert not habits.ignores_some


def waits_for_rest(attempt: Try, world: World, *, patiently: bool = False) -> float:
    """How long it waits for a server that never rests."""
    began = world.now
    attempt.waits_for_rest(world.block, world.deadline, 1, never, patiently=patiently)
    return world.now - began


def test_a_server_that_never_rests_is_waited_for_in_full_twice() -> None:
    world, attempt = World(), Try()
    took = [waits_for_rest(attempt, world) for _ in range(4)]
    assert took == [pytest.approx(it) for it in (1, 1, 0.1, 0.1)]
    assert waits_for_rest(attempt, world, patiently=True) == pytest.approx(1)
    assert attempt.habits.did_not_rest


def test_one_that_rests_again_is_waited_for_in_full_again() -> None:
    world, attempt = World(), Try()
    for _ in range(2):
        waits_for_rest(attempt, world)
    assert not attempt.waits_for_rest(world.block, world.deadline, 1, lambda: True)
    assert waits_for_rest(attempt, world) == pytest.approx(1)


def test_one_that_rests_already_is_seen_after_one_step() -> None:
    world, looks = World(), iter([False, True])  # nobody is known to rest by the first look alone
    assert not Try().waits_for_rest(world.block, world.deadline, 1, lambda: next(looks))
    assert world.now == pytest.approx(0.001)


def test_what_comes_is_no_sign_of_a_server_that_never_rests() -> None:
    world, attempt = World(), Try()
    assert attempt.waits_for_rest(after(world, 0.5), world.deadline, 1, never)
    assert (attempt.in_vain, attempt.habits.did_not_rest) == (0, False)


@pytest.mark.parametrize("first", [True, False])
def test_only_a_first_try_relies_on_a_server_that_is_known_to_spin(first: bool) -> None:
    world, habits = World(), Habits()
    habits.spins = True
    attempt = Try(habits, first=first)
    assert attempt.stays_beside(0) == first
    assert waits_for_rest(attempt, world) == pytest.approx(0.1 if first else 1)


@pytest.mark.parametrize(
    ("spins", "first", "served", "most", "stay"),
    [
        (True, True, 5, 200, 6),
        (True, False, 5, 200, 5),
        (True, True, 5, 3, 3),
        (False, True, 5, 9, 0),
    ],
)
def test_as_many_clients_stay_as_were_served_beside_another(
    spins: bool, first: bool, served: int, most: int, stay: int
) -> None:
    habits = Habits()
    habits.spins, habits.served_beside, habits.most_beside = spins, served, most
    assert [Try(habits, first=first).stays_beside(guests) for guests in range(8)] == [
        guests < stay for guests in range(8)
    ]


def test_answers_without_an_end_are_waited_for_in_full_twice_where_nothing_tells_their_end() -> (
    None
):
    attempt = Try()
    for full in (True, True, False):
        assert attempt.end_s(5) == pytest.approx(5 if full else 0.5)
        attempt.leaves_open(seen=False)
    attempt.habits.is_slow = True
    assert attempt.end_s(5) == 5


def test_an_end_that_was_seen_counts_as_no_wait() -> None:
    attempt = Try()
    for _ in range(3):
        attempt.leaves_open(seen=True)
    assert attempt.habits.leaves_answers_open
    assert attempt.end_s(5) == 5


def test_an_answer_without_an_end_is_waited_for_in_full_once(tmp_path: Path) -> None:
    """Then the server rests when it has said all, although it ticks."""
    ticks = "\nwhile True: time.sleep(0.01)"
    with serving(UNENDED + ticks, tmp_path, loop=CONCURRENT) as snapshot:
        attempt = Try(first=True)
        first = snapshot.asked(answer=0.2)
        first.attempt = attempt
        assert not attempt.takes_rest_for_an_end
        assert first.read(ends=False).body == b"abc"
        second = snapshot.asked(answer=300)  # which is not waited for
        second.attempt = attempt
        assert attempt.takes_rest_for_an_end
        assert second.read(ends=False).body == b"abc"


def test_a_try_that_counts_waits_in_full_each_time(tmp_path: Path) -> None:
    """What comes after a pause belongs to the answer."""
    handler = UNENDED + "; time.sleep(0.1); client.sendall(b'def'); client.close()"
    with serving(handler, tmp_path, loop=CONCURRENT) as snapshot:
        connection = snapshot.asked()
        habits = Habits()
        habits.leaves_answers_open = True
        connection.attempt = Try(habits)
        assert connection.read(ends=False).body == b"abcdef"


@pytest.mark.parametrize("habit", ["is_slow", "pauses"])
def test_a_server_that_makes_pauses_is_not_hurried(habit: str) -> None:
    habits = Habits()
    habits.leaves_answers_open = True
    assert Try(habits, first=True).takes_rest_for_an_end
    setattr(habits, habit, True)
    assert not Try(habits, first=True).takes_rest_for_an_end


def test_what_is_known_to_be_left_open_is_so_once_the_server_only_ticks(tmp_path: Path) -> None:
    ticks = "\nwhile True: time.sleep(0.01)"
    with serving(UNENDED + ticks, tmp_path, loop=CONCURRENT) as snapshot:
        habits = Habits()
        habits.leaves_answers_open = True
        kept, ended = (snapshot.asked(answer=6) for _ in range(2))
        kept.attempt = ended.attempt = Try(habits)
        assert kept.read(ends=False).body == b"abc"
        with pytest.raises(Failure, match="The connection stays open"):
            ended.read()


def test_a_first_try_does_not_say_that_an_answer_is_left_open(tmp_path: Path) -> None:
    with serving(UNENDED + "; rest()", tmp_path, loop=CONCURRENT) as snapshot:
        connection = snapshot.asked()
        habits = Habits()
        habits.leaves_answers_open = True
        connection.attempt = Try(habits, first=True)
        with pytest.raises(Undecided):
            connection.read()


def test_who_closes_late_is_waited_for_although_others_were_left_open(tmp_path: Path) -> None:
    """It sleeps before it closes: that is no tick."""
    handler = UNENDED + "; time.sleep(1); client.close()"
    ticking = "threading.Thread(target=lambda: [time.sleep(0.01) for _ in iter(int, 1)]).start()\n"
    with serving(handler, tmp_path, loop=ticking + CONCURRENT) as snapshot:
        connection = snapshot.asked(answer=5)
        habits = Habits()
        habits.leaves_answers_open = True
        connection.attempt = Try(habits)
        assert connection.read().body == b"abc"


@pytest.mark.parametrize(("more", "only_ticks"), [("", True), (NAPS_LONG, False)])
def test_threads_that_take_turns_with_the_ticks(
    more: str, only_ticks: bool, tmp_path: Path
) -> None:
    """As those of Go do; a longer sleep beside them is no tick."""
    with serving("rest()", tmp_path, loop=TURNS + more + "\nsignal.pause()") as snapshot:
        server, seen = snapshot.server, snapshot.server.only_ticks(5)
        deadline = Deadline(PATIENT.answer if only_ticks else 1.5, server.look)
        assert wait(lambda timeout_s: server.program.wait_exit(timeout_s) or seen(), deadline) == (
            only_ticks
        )


def test_requests_is_not_kept_waiting_by_what_is_known_to_be_left_open(tmp_path: Path) -> None:
    """It parses by itself; what it waits for is seen all the same."""
    ticks = "\nwhile True: time.sleep(0.01)"
    with serving(UNENDED + ticks, tmp_path, loop=CONCURRENT) as snapshot:
        attempt = Try()
        for answer_s in (0.2, 6):
            with pytest.raises(Failure, match="The connection stays open"):
                get(snapshot, attempt, answer=answer_s)
            assert attempt.habits.leaves_answers_open
        with pytest.raises(Undecided):
            get(snapshot, Try(attempt.habits, first=True), answer=10)


def test_requests_gets_what_is_closed_late_although_others_were_left_open(tmp_path: Path) -> None:
    handler = UNENDED + "; time.sleep(1); client.close()"
    with serving(handler, tmp_path, loop=CONCURRENT) as snapshot:
        habits = Habits()
        habits.leaves_answers_open = True
        assert get(snapshot, Try(habits), answer=5) == b"abc"


def test_requests_learns_nothing_of_answers_with_an_end(tmp_path: Path) -> None:
    """Less came than the length says: that answer is left open, but has an end."""
    handler = UNENDED.replace("OK", "OK\\r\\nContent-Length: 9") + "; rest()"
    with serving(handler, tmp_path, loop=CONCURRENT) as snapshot:
        attempt = Try()
        with pytest.raises(Failure):
            get(snapshot, attempt)
        assert not attempt.habits.leaves_answers_open


def get(snapshot: Scene, attempt: Try, **budgets: float) -> bytes:
    """The body that `requests` gets."""
    with snapshot.session(attempt, **budgets).requests_client() as client:
        return bytes(client.get(f"http://localhost:{snapshot.server.port}/").content)
