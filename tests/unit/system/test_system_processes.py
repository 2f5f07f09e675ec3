"""A tree of processes seen from outside: who is in it, what its threads do, what it holds."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from grader.system.processes import (
    Look,
    Thread,
    all_pids,
    asleep,
    command_of,
    descendants,
    descriptor_count,
    look,
    queued_s,
    ran_s,
    signal_that_ended_one,
    starved,
    stood_still,
    wanted_s,
)
from tests.unit.system.watched import python, running, until

linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
GONE = 4_194_304 + 1  # beyond the greatest process id that Linux gives


def one(state: str, ran: int = 0, queued: int = 0, turns: int = 0) -> Look:
    return {(1, 1): Thread(state, ran, queued, turns)}


@linux
def test_parents_come_before_children() -> None:
    source = (
        "if not os.fork():\n"
        "    if not os.fork():\n"
        "        signal.pause()\n"
        "    os.wait()\n"
        "ready(); os.wait()"
    )
    with running(python(source)) as watched:
        child, grandchild = until(
            lambda: found if len(found := watched.tree[1:]) == 2 else (), "both of them"
        )
        assert descendants(child) == (grandchild,)
        assert descendants(grandchild) == ()


@linux
def test_children_of_any_thread_are_found() -> None:
    source = (
        "def fork():\n    if not os.fork():\n        signal.pause()\n    os.wait()\n"
        "threading.Thread(target=fork).start(); ready()"
    )
    with running(python(source)) as watched:
        until(lambda: len(watched.tree) == 2, "the child of its second thread")


@linux
def test_nobody_has_no_descendants_and_no_threads() -> None:
    assert descendants(GONE) == ()
    assert look([GONE]) == {}
    assert look([]) == {}
    assert command_of(GONE) == ""


@linux
def test_every_thread_is_looked_at() -> None:
    source = (
        "threading.Thread(target=signal.sigwait, args=([10],), daemon=True).start(); ready();"
        " signal.pause()"
    )
    with running(python(source)) as watched:
        until(lambda: len(watched.look()) == 2 and asleep(watched.look()), "two threads asleep")
        assert {pid for pid, _ in watched.look()} == {watched.process.pid}
        before = watched.look()
        assert stood_still(before, watched.look())
        assert wanted_s(before, since={}) > 0


@linux
def test_a_name_with_a_bracket_does_not_mislead() -> None:
    source = "ctypes.CDLL(None).prctl(15, b'a) R (b', 0, 0, 0); ready(); signal.pause()"
    with running(python(source)) as watched:
        until(
            lambda: [t.state for t in watched.look().values()] == ["S"],
            "asleep, whatever its name says",
        )


@linux
def test_descriptors_are_counted() -> None:
    source = "ready()\nfor line in sys.stdin:\n    kept = [os.pipe() for _ in range(5)]; ready()"
    with running(python(source)) as watched:
        before = descriptor_count(watched.tree)
        assert before is not None
        assert watched.process.stdin is not None
        watched.process.stdin.write(b"more\n")
        watched.process.stdin.flush()
        assert watched.line() == "ready"
        assert descriptor_count(watched.tree) == before + 10
    assert descriptor_count([GONE]) is None


@linux
def test_how_a_process_was_started() -> None:
    with running(
        [sys.executable, "-c", "print('ready', flush=True); input()", "a b", "\x1b"]
    ) as watched:
        assert command_of(watched.process.pid).endswith("a b \x1b")
        assert watched.process.pid in all_pids()
        assert os.getpid() in all_pids()


@pytest.mark.parametrize(
    ("before", "after", "still"),
    [
        (one("S"), one("S"), True),
        (one("Z"), one("Z"), False),
        (one("S"), one("S", turns=1), False),
        (one("S"), one("S", queued=1), False),
        (one("S"), one("S", ran=1), False),
        (one("R"), one("R"), False),
        (one("R"), one("S"), False),
        (one("D"), one("D"), False),
        (one("T"), one("T"), True),
        (one("S"), {}, False),
        ({}, {}, False),
        (one("S"), {**one("S"), (1, 2): Thread("S", 0, 0, 0)}, False),
        ({**one("S"), (1, 2): Thread("S", 0, 0, 0)}, one("S"), False),
    ],
)
def test_stood_still(before: Look, after: Look, still: bool) -> None:
    assert stood_still(before, after) is still


@pytest.mark.parametrize(
    ("before", "after", "hungry"),
    [
        (one("R", 5), one("R", 5), True),
        (one("R", 5), one("R", 6), False),
        (one("S", 5), one("R", 5), False),
        (one("S", 5), one("S", 5), False),
        ({}, one("R", 5), False),
        (one("R", 5), {}, False),
    ],
)
def test_starved(before: Look, after: Look, hungry: bool) -> None:
    assert starved(before, after) is hungry


def test_time_is_summed_up_over_threads() -> None:
    seen = {
        (1, 1): Thread("S", 2_000_000_000, 500_000_000, 3),
        (1, 2): Thread("R", 1_000_000_000, 250_000_000, 1),
    }
    assert queued_s(seen, since={}) == 0.75
    assert queued_s(seen, since={(1, 1): seen[1, 1], (2, 2): seen[1, 1]}) == 0.25
    assert wanted_s(seen, since={}) == 3.75
    assert wanted_s(seen, since={(1, 1): seen[1, 1], (2, 2): seen[1, 1]}) == 1.25
    assert ran_s(seen) == 3.0
    assert not asleep(seen)
    assert not asleep({})
    assert not asleep(one("Z")), "on its way out"
    assert asleep(one("T")), "stopped by a signal"
    assert asleep(one("t")), "stopped by a debugger"
    assert asleep({**one("Z"), (1, 2): Thread("S", 0, 0, 0)})


@linux
def test_what_ended_a_process_that_nobody_has_waited_for() -> None:
    ended = [os.posix_spawn("/bin/sh", ["sh", "-c", how], {}) for how in ("kill -SEGV $$", ":")]
    for pid in ended:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert signal_that_ended_one([*ended, os.getpid(), GONE]) == signal.SIGSEGV
    assert signal_that_ended_one(ended[1:]) == 0
    for pid in ended:
        os.waitpid(pid, 0)
    assert signal_that_ended_one(ended) == 0
