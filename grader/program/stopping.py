"""A program that is asked to stop, by the signal that a terminal or an init sends.

How it works. The signal goes to the process that listens. Where several do, such as a server and
the workers that it has forked, it goes to the one above them: what it tells them is its own
business. What only waits for the server, such as a shell or `go run`, gets none.

Why so. An init tells the first process alone or all of them, a terminal all, and npm passes on what
it gets, so that a server may hear of it twice and take the second one for "at once". A server that
stops when it is asked to, once, is right under each of them. Only of the first process the status
is seen; a shell above the server ends with one that it makes itself.
"""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, Literal

from grader.system import processes
from grader.system.sockets import inodes_of
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.program.program import Program
    from grader.system.sockets import SocketTable

StopSignal = Literal["SIGTERM", "SIGINT"]


class Asked(Value, frozen=True):
    """That a program was asked to stop. judged: its exit status is that of the process which got
    the signal. ignored: it ignores the signal (SIG_IGN)."""

    signal: StopSignal
    judged: bool
    ignored: bool = False

    @property
    def right(self) -> tuple[int, int]:
        """The statuses of a program that stops as it should: 0, or that of one which the signal
        itself ends, as `Program.exit_status` has it."""
        return 0, 128 + signal.Signals[self.signal]

    @property
    def note(self) -> str:
        """The clause that says that it is in vain; else empty."""
        return f"your program ignores {self.signal}" if self.ignored else ""


def ask_to_stop(program: Program, sockets: SocketTable, port: int, number: StopSignal) -> Asked:
    """Send the signal to the process of the program that listens on the port."""
    tree = program.tree()
    receivers = topmost(_holders(tree, sockets, port)) or tree[:1]
    if len(receivers) > 1:  # none of them is above the others
        receivers = tree
    ignored = bool(receivers) and all(_ignores(pid, number) for pid in receivers)
    for pid in receivers:
        processes.send(pid, signal.Signals[number])
    return Asked(number, judged=tree[:1] == tuple(receivers[:1]), ignored=ignored)


def topmost(pids: Sequence[int]) -> tuple[int, ...]:
    """Those of the processes that do not descend from another of them."""
    below = {descendant for pid in pids for descendant in processes.descendants(pid)}
    return tuple(pid for pid in pids if pid not in below)


def _ignores(pid: int, number: StopSignal) -> bool:
    """Whether a process ignores a signal; False where the system does not say."""
    with contextlib.suppress(OSError), open(f"{processes.place_of(pid)}/status") as file:
        masks = (line.split()[1] for line in file if line.startswith("SigIgn:"))
        return bool(int(next(masks, "0"), 16) >> (signal.Signals[number] - 1) & 1)
    return False


def _holders(tree: Iterable[int], sockets: SocketTable, port: int) -> list[int]:
    """The processes that hold a listening socket on the port, as far as they can be looked at."""
    listening = {it.inode for it in sockets.listeners(port) or ()}
    return [pid for pid in tree if listening & (inodes_of([pid]) or frozenset())]
