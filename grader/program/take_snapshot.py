"""Looks at a program that owes somebody an answer: what each of its threads does, at which line,
what it raised."""

from __future__ import annotations

import select
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from grader.diagnosis import Activity, Raised, Snapshot, SourceLine, last_traceback
from grader.system.processes import ran_s
from grader.system.python_stacks import LONGEST_S, Frame, Stacks, python_stacks
from grader.system.waits import MOST_THREADS, Wait, threads_of, waits

if TYPE_CHECKING:
    from grader.program.program import Program
    from grader.program.sources import Step

_MOST_LOOKS: Final = 6
_PAUSE_S: Final = 0.004
# for the lines in all looks together, whatever a hostile program makes of them
_LONGEST_S: Final = 2 * LONGEST_S
_MOST_INTERPRETERS: Final = 4

LookedAt = tuple[tuple[Wait, ...], Mapping[int, Stacks]]
"""The threads, and the lines of each process that runs Python."""


def scene_of(program: Program, connections: Mapping[int, int], *, since: int = 0) -> Snapshot:
    """What the program does, looked at until its threads can be seen asleep, six times at most.

    connections: the inodes of sockets of the program, with the numbers of the check's connections
    that they belong to. since: what the program had printed, in bytes, when the part began that is
    to be explained.
    """
    looks: list[LookedAt] = []
    settled = False
    ends_at = time.monotonic() + _LONGEST_S
    while len(looks) < _MOST_LOOKS and not settled:
        if looks:
            select.select([], [], [], _PAUSE_S)  # between two samples of something that moves
        before, stacks, after = _look(program, ends_at)
        looks.append((after, stacks))
        settled = (before == after and _asleep(after)) or _is_the_same(looks)
    raised = what_it_raised(program, since)
    used_s = ran_s(program.look() or {})
    found, lines = looks[-1]
    unseen = max(0, sum(1 for _ in threads_of(program.tree())) - MOST_THREADS)
    threads = len(_own(found)) + unseen
    if settled:
        activities = tuple(_sleeper(wait, lines, connections, program) for wait in _own(found))
        return Snapshot(activities, threads, used_s, raised, unseen)
    return Snapshot(tuple(_computing(looks, program)), threads, used_s, raised, unseen)


def what_it_raised(program: Program, since: int = 0) -> Raised | None:
    """The last traceback that the program has printed after so many bytes, with its own innermost
    line."""
    found = last_traceback(program.output.since(since).decode("utf-8", "replace"))
    if found is None:
        return None
    return Raised(found.error, program.sources.innermost(found.steps) if program.sources else None)


def _asleep(found: Sequence[Wait]) -> bool:
    return all(wait.state in "STt" for wait in found)


def _is_the_same(looks: Sequence[LookedAt]) -> bool:
    """Whether every thread was asleep in the last two looks, and at the same line."""
    if len(looks) < 2 or looks[-1][1] != looks[-2][1]:
        return False
    first, second = ([replace(wait, turns=0) for wait in found] for found, _ in looks[-2:])
    return first == second and _asleep(second)


def _own(found: Sequence[Wait]) -> Sequence[Wait]:
    """The threads that do the work: not those that only wait for others to end, such as a shell
    that started it."""
    return [wait for wait in found if wait.call not in ("wait4", "waitid")] or found


def _look(
    program: Program, ends_at: float
) -> tuple[tuple[Wait, ...], Mapping[int, Stacks], tuple[Wait, ...]]:
    tree = program.tree()
    before = waits(tree)
    stacks = {
        pid: found
        for pid in tree[:_MOST_INTERPRETERS]
        if (left_s := ends_at - time.monotonic()) > 0
        and (found := python_stacks(pid, min(LONGEST_S, left_s)))
    }
    return before, stacks, waits(program.tree())


def _sleeper(
    wait: Wait, stacks: Mapping[int, Stacks], connections: Mapping[int, int], program: Program
) -> Activity:
    frames = stacks.get(wait.pid, {}).get(wait.number, ())
    return Activity(
        wait.call, _place(frames, program), connections.get(wait.inode),
        loop=_in_event_loop(frames), main=wait.main, stopped=wait.stopped,
    )  # fmt: skip


def _computing(looks: Sequence[LookedAt], program: Program) -> Iterator[Activity]:
    """The threads that ran, or wanted to, in every look. Their lines change: what stays is told."""
    always = set.intersection(*({w.tid for w in found if w.state == "R"} for found, _ in looks))
    for wait in (w for w in looks[-1][0] if w.tid in always):
        stacks = [
            frames for _, seen in looks if (frames := seen.get(wait.pid, {}).get(wait.number, ()))
        ]
        yield Activity("", _common(stacks, program), computes=True, main=wait.main)


def _common(stacks: Sequence[tuple[Frame, ...]], program: Program) -> SourceLine | None:
    """The innermost function that all of these stacks are in, by where it begins; at the top level,
    the line if it is always the same."""
    if not stacks or program.sources is None:
        return None
    outer = [[(frame.path, frame.function) for frame in reversed(stack)] for stack in stacks]
    depth = 0
    while depth < min(map(len, outer)) and len({tuple(stack[: depth + 1]) for stack in outer}) == 1:
        depth += 1
    shared = [stack[len(stack) - depth :] for stack in stacks]
    places = [_place(frames, program) for frames in shared]
    first = places[0]
    if first is None:
        return None
    if first.function:
        return program.sources.definition(first)
    return first if len(set(places)) == 1 else None


def _place(frames: Iterable[Frame], program: Program) -> SourceLine | None:
    steps: list[Step] = [(frame.path, frame.line, frame.function) for frame in frames]
    return program.sources.innermost(steps) if program.sources else None


def _in_event_loop(frames: Iterable[Frame]) -> bool:
    return any(
        frame.function == "_run_once" and frame.path.endswith("asyncio/base_events.py")
        for frame in frames
    )
