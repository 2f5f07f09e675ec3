"""Looks at a program that owes an answer: what each of its threads does, and what it raised.

How it works: a thread that sleeps is seen in one look, one that moves only in several. So the
program is looked at until all of its threads can be seen asleep, or sleep in the same calls twice,
six times at most; otherwise the threads that ran in every look are those that compute. The lines at
which threads are come later, from the program itself (`ask_for_stacks`).
"""

from __future__ import annotations

import select
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.diagnosis import (
    KEYBOARD,
    Activity,
    Raised,
    Snapshot,
    last_traceback,
    last_unawaited,
)
from grader.system.processes import ran_s
from grader.system.waits import MOST_THREADS, WAITS_FOR_CHILDREN, Wait, threads_of, waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from grader.program.program import Program

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})
_MOST_LOOKS: Final = 6
_PAUSE_S: Final = 0.004
_READ: Final = ("read", "readv")


def scene_of(program: Program, connections: Mapping[int, int], *, since: int = 0) -> Snapshot:
    """What the program does, looked at until its threads can be seen asleep, six times at most.

    connections: the inodes of sockets of the program, with the numbers of the check's connections
    that they belong to. since: what the program had printed, in bytes, when the part began that is
    to be explained.
    """
    looks: list[tuple[Wait, ...]] = []
    settled = False
    while len(looks) < _MOST_LOOKS and not settled:
        if looks:
            select.select([], [], [], _PAUSE_S)  # between two samples of something that moves
        before, after = waits(program.tree()), waits(program.tree())
        looks.append(after)
        settled = (before == after and _asleep(after)) or _is_the_same(looks)
    raised = what_it_raised(program, since)
    used_s = ran_s(program.look() or {})
    unseen = max(0, sum(1 for _ in threads_of(program.tree())) - MOST_THREADS)
    threads = len(_own(looks[-1])) + unseen
    found = _sleepers(looks[-1], connections) if settled else _computing(looks)
    return Snapshot(tuple(found), threads, used_s, raised, unseen)


def what_it_raised(
    program: Program, since: int = 0, names: Mapping[str, str] = NO_NAMES
) -> Raised | None:
    """The last traceback that the program has printed after so many bytes, with its own innermost
    line. names: of paths, in place of them."""
    found = last_traceback(program.output.since(since).decode("utf-8", "replace"))
    if found is None:
        return None
    error = _with_names(found.error, names)
    return Raised(error, program.sources.innermost(found.steps) if program.sources else None)


def what_was_not_awaited(program: Program) -> Raised | None:
    """What Python has warned of a coroutine that never ran, with the line of the submission."""
    found = last_unawaited(program.output.tail().decode("utf-8", "replace"))
    if found is None:
        return None
    place = program.sources.innermost(found.steps) if program.sources else None
    return Raised(found.error, place)


def what_it_complained_of(
    program: Program, since: int, exchanged: Iterable[str], names: Mapping[str, str] = NO_NAMES
) -> str:
    """The last line that the program has printed after so many bytes and that says that something
    went wrong. exchanged: lines that were sent or received. names: as above."""
    from grader.diagnosis.complaints import complaint  # only a failure waits for it to load

    printed = program.output.since(since).decode("utf-8", "replace")
    return complaint(_with_names(printed, names), exchanged)


def _with_names(text: str, names: Mapping[str, str]) -> str:
    for path, name in names.items():
        text = text.replace(path, name)
    return text


def _asleep(found: Sequence[Wait]) -> bool:
    return all(wait.state in "STt" for wait in found)


def _is_the_same(looks: Sequence[tuple[Wait, ...]]) -> bool:
    """Whether every thread was asleep in the last two looks, and in the same call."""
    if len(looks) < 2:
        return False
    first, second = ([replace(wait, turns=0) for wait in found] for found in looks[-2:])
    return first == second and _asleep(second)


def _own(found: Sequence[Wait]) -> Sequence[Wait]:
    """The threads that do the work: not those that only wait for others to end, such as a shell
    that started it."""
    return [wait for wait in found if wait.call not in WAITS_FOR_CHILDREN] or found


def _sleepers(found: Sequence[Wait], connections: Mapping[int, int]) -> Iterator[Activity]:
    for wait in _own(found):
        yield Activity(
            _call_of(wait), None, connections.get(wait.inode), main=wait.main, stopped=wait.stopped,
            thread=(wait.pid, wait.number),
        )  # fmt: skip


def _call_of(wait: Wait) -> str:
    """The system call; what reads from the terminal waits for somebody who types."""
    return KEYBOARD if wait.terminal and wait.call in _READ else wait.call


def _computing(looks: Sequence[tuple[Wait, ...]]) -> Iterator[Activity]:
    """The threads that ran, or wanted to, in every look."""
    always = set.intersection(*({w.tid for w in found if w.state == "R"} for found in looks))
    for wait in (w for w in looks[-1] if w.tid in always):
        yield Activity("", None, computes=True, main=wait.main, thread=(wait.pid, wait.number))
