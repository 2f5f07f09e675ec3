"""The lines at which the threads of a program are, put into what a look at it showed. Pure."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.check.failure import Failure
    from grader.diagnosis.snapshot import Activity, Snapshot
    from grader.diagnosis.source_line import SourceLine


class ThreadLine(Value, frozen=True):
    """Where one thread is. line: the innermost one of the submission; None where there is none.
    begins: where the function of this line begins. loop: it is inside an event loop."""

    line: SourceLine | None
    begins: SourceLine | None = None
    loop: bool = False


class Lines(Value, frozen=True):
    """Where the threads of a program are, as it says itself. threads: by process and number.
    goroutines: what those of Go do, which have no threads of their own."""

    threads: Mapping[tuple[int, int], ThreadLine]
    goroutines: tuple[Activity, ...] = ()


def lined(snapshot: Snapshot, lines: Lines) -> Snapshot:
    """The same, with the lines. A thread that computes may be anywhere in its function, so the
    function is what is known."""
    if lines.goroutines:
        many = len(lines.goroutines)
        return replace(snapshot, activities=lines.goroutines, threads=many, unseen=0)
    found = []
    for one in snapshot.activities:
        at = lines.threads.get(one.thread, ThreadLine(None))
        place = at.begins if one.computes else at.line
        found.append(dataclasses.replace(one, place=place, loop=at.loop))
    return replace(snapshot, activities=tuple(found))


def retellable(failure: Failure, again: Callable[[Lines], Failure]) -> Failure:
    """The failure, which `again` tells with the lines. The hint of a check stays in its place."""
    general = failure.hint

    def retell(lines: Lines) -> Failure:
        told = again(lines)
        if failure.hint != general:
            told.hint, told.hint_alone = failure.hint, failure.hint_alone
        return told

    failure.retell = retell
    return failure
