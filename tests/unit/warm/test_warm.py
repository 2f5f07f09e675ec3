"""A warm process has children forked that are alone, and know nothing of each other."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from typing import IO, TYPE_CHECKING, Any

import pytest

from grader.outcomes import Ending
from grader.system import self_command
from grader.warm.asking import WarmProcess, available
from grader.warm.child import UNKNOWN, ForkedChild
from grader.warm.work import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.warm.asking import Started

MODULE = "tests.unit.warm.told"
LONGEST_S = 60.0

pytestmark = pytest.mark.skipif(not available(), reason="this system has none")


class Begun:
    """A work under way: what it told of itself, and what lets it end."""

    def __init__(self, warm: WarmProcess, order: WorkOrder, more: tuple[int, ...] = ()) -> None:
        (theirs, self._line), (self._said, out) = os.pipe(), os.pipe()
        self.process: Started = warm.begin(order, theirs, out, out, more)
        os.close(theirs)
        os.close(out)
        with open(self._said, closefd=False) as told:
            self.told: dict[str, Any] = json.loads(told.readline())

    def close(self) -> int:
        os.close(self._line)
        os.close(self._said)
        return self.process.wait(LONGEST_S)


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmProcess]:
    with WarmProcess(MODULE, ("a", "b")) as process:
        yield process


def test_a_child_is_alone_and_has_nothing_but_what_it_was_given(
    warm: WarmProcess, tmp_path: Path
) -> None:
    given, more = os.pipe()
    begun = Begun(warm, WorkOrder(("one", "two"), str(tmp_path)), (more,))
    os.close(more)
    told = begun.told
    assert os.read(given, 9) == b"given"
    os.close(given)
    assert isinstance(begun.process, ForkedChild)
    assert begun.process.poll() is None
    for name in ("warm", "parent"):  # of what nobody may trace, the files are root's (proc(5))
        assert os.stat(f"/proc/{told[name]}/mem").st_uid == 0
    assert begun.close() == 1
    assert told["pid"] == told["group"] == begun.process.pid != told["warm"]
    assert told["threads"] == told["dumpable"] == 1
    *usual, own = told["descriptors"]
    assert usual == [0, 1, 2]
    assert told["directory"] == str(tmp_path)
    assert (told["ahead"], told["arguments"]) == (["a", "b"], ["one", "two"])
    assert told["command"] == " ".join(self_command.command(MODULE, ["one", "two", str(own)]))


def test_nothing_of_a_work_reaches_the_next(warm: WarmProcess) -> None:
    first = Begun(warm, WorkOrder(("first",)))
    second = Begun(warm, WorkOrder(("second",)))
    assert first.close() == second.close() == 1
    third = Begun(warm, WorkOrder(("third",)))
    third.close()
    all_told = [begun.told for begun in (first, second, third)]
    for name in ("random", "name", "pid"):
        assert len({told[name] for told in all_told}) == 3
    for told in all_told:
        assert told["behind"] == []
        assert "LEFT" not in told["environment"]
        assert told["environment"] == all_told[0]["environment"]
        assert told["warm"] == all_told[0]["warm"]
        assert told["descriptors"] == [0, 1, 2]


def test_a_work_that_is_killed_is_the_only_one_that_is_lost(warm: WarmProcess) -> None:
    first, second = Begun(warm, WorkOrder(("first",))), Begun(warm, WorkOrder(("second",)))
    first.process.kill()
    assert first.close() == -signal.SIGKILL
    third = Begun(warm, WorkOrder(("third",)))
    assert second.close() == third.close() == 1


def test_a_work_that_has_hardly_begun_is_told_to_stop(warm: WarmProcess) -> None:
    line, held_open = os.pipe()
    with open(os.devnull, "wb") as nowhere, open(line) as never, open(held_open):
        for _ in range(50):
            process = warm.begin(WorkOrder(("one",)), never.fileno(), nowhere, nowhere)
            process.send_signal(signal.SIGINT)
            assert process.wait(LONGEST_S) in (-signal.SIGINT, Ending.INTERRUPTED.exit_code)


def test_a_work_whose_keeper_is_killed_ends_and_is_told(warm: WarmProcess) -> None:
    begun = Begun(warm, WorkOrder(("one",)))
    with open(os.pidfd_open(begun.told["pid"])) as ended:
        os.kill(begun.told["parent"], signal.SIGKILL)
        assert select.select([ended], [], [], LONGEST_S)[0]
    assert begun.close() == UNKNOWN


def test_a_warm_process_that_is_killed_takes_nothing_with_it() -> None:
    with WarmProcess(MODULE) as warm:
        first = Begun(warm, WorkOrder(("first",)))
        os.kill(first.told["warm"], signal.SIGKILL)
        second = Begun(warm, WorkOrder(("second",)))
        assert first.told["warm"] != second.told["warm"]
        assert first.close() == second.close() == 1


def test_where_none_can_be_started_a_work_is_done_all_the_same() -> None:
    with WarmProcess("tests.unit.warm.cold") as warm:
        begun = Begun(warm, WorkOrder(("one",)))
        assert isinstance(begun.process, subprocess.Popen)
        assert begun.told == {"arguments": ["one"]}
        assert begun.close() == 0


ASKS = """
import os, sys, time
from grader.warm.asking import WarmProcess
from grader.warm.work import WorkOrder
read, write = os.pipe()
child = WarmProcess("tests.unit.warm.told").begin(WorkOrder(("one",)), read, 1, 2)
child.wait()
"""


def test_when_who_asked_is_gone_nothing_is_left() -> None:
    with _asking() as (asking, told), ExitStack() as stack:
        found = [os.pidfd_open(told[name]) for name in ("pid", "parent", "warm")]
        for descriptor in found:
            stack.callback(os.close, descriptor)
        asking.kill()
        for descriptor in found:
            assert select.select([descriptor], [], [], LONGEST_S)[0]


@contextmanager
def _asking() -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any]]]:
    with subprocess.Popen(
        [sys.executable, "-c", ASKS], stdout=subprocess.PIPE, env=self_command.environment()
    ) as process:
        out: IO[bytes] | None = process.stdout
        assert out is not None
        try:
            yield process, json.loads(out.readline())
        finally:
            process.kill()
