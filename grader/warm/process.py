"""The warm process itself: it loads, then has a child forked for each order.

It forks a keeper, and that the child: who tells of the child's life and end is another one for each
child. Nobody may trace the warm process, whoever has the same user: what is changed in its memory
would be in all that it forks.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from grader import codec
from grader.isolation.limits import die_with
from grader.isolation.syscalls import SET_DUMPABLE, prctl
from grader.system import self_command, signals
from grader.system.ending import exit_with
from grader.warm.title import rename
from grader.warm.work import WorkOrder, work_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_ORDER = 1 << 16
_MOST_DESCRIPTORS = 8
Ordered = tuple[WorkOrder, list[int]]


def main() -> None:
    """Load, and serve until nobody can ask any more; in a child, do what was ordered."""
    module, *ahead, descriptor, _room = sys.argv[1:]
    channel = int(descriptor)
    os.set_inheritable(channel, False)
    signals.hold()  # they may be for all of a process group: who asks ends us, and the keepers
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # of keepers that have ended nothing is kept
    rename(self_command.command("grader.warm.process", [module]))
    work = work_of(module, ahead)
    prctl(SET_DUMPABLE, 0)
    # Else each child looks through all of it, and has every page copied for that.
    gc.collect()
    gc.freeze()
    if (ordered := _served(channel)) is not None:
        order, descriptors = ordered
        kept = _become(order, descriptors, module)
        exit_with(lambda: work(order.arguments, kept))


def _served(number: int) -> Ordered | None:
    """Fork for order after order; in a child what it has to do, None when all is over.

    With an order comes first where its keeper tells, then what its child gets.
    """
    channel = socket.socket(fileno=number)
    while True:
        said, descriptors, _, _ = socket.recv_fds(channel, _LONGEST_ORDER, _MOST_DESCRIPTORS)
        if not said:
            return None
        try:
            keeper = os.fork()
        except OSError as error:
            _tell(descriptors[0], _said(error))
        else:
            if keeper == 0:
                channel.close()
                told, *given = descriptors
                _keep(told, given)
                return codec.from_json(said, WorkOrder), given
        _close(*descriptors)


def _keep(told: int, given: Sequence[int]) -> None:
    """Fork the child, in which alone this returns. Tell its number, and how it ended; as long as
    somebody may ask for that, its number is nobody else's."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    keeper = os.getpid()
    try:
        child = os.fork()
    except OSError as error:
        _tell(told, _said(error))
        os._exit(0)
    if child == 0:
        os.close(told)
        signals.release()
        die_with(keeper, signal.SIGTERM)
        return
    _close(*given)  # each may be a pipe, whose end somebody waits for
    _tell(told, b"%d" % child)
    _wait(told, child)


def _wait(told: int, child: int) -> NoReturn:
    seen = select.poll()
    seen.register(told, 0)  # which says only when nobody listens any more
    seen.register(ended := os.pidfd_open(child), select.POLLIN)
    if told in dict(seen.poll()):
        os.kill(child, signal.SIGTERM)
    found = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    assert found is not None
    _tell(told, b"%d" % (found.si_status if found.si_code == os.CLD_EXITED else -found.si_status))
    seen.unregister(ended)
    seen.poll()
    os._exit(0)


def _become(order: WorkOrder, descriptors: Sequence[int], module: str) -> tuple[int, ...]:
    """Be the process that does this; the descriptors that it has besides the usual three."""
    prctl(SET_DUMPABLE)
    for number, given in enumerate(descriptors[:3]):
        os.dup2(given, number)
    _close(*descriptors[:3])
    kept = tuple(descriptors[3:])
    for own in kept:  # what is received is inherited by default
        os.set_inheritable(own, False)
    if order.own_group:
        os.setpgid(0, 0)
    if order.directory is not None:
        os.chdir(order.directory)
    words = [*order.arguments, *map(str, kept)]
    rename(self_command.command(module, words))
    sys.argv = [module, *words]
    return kept


def _tell(told: int, what: bytes) -> None:
    with contextlib.suppress(ConnectionError):
        os.write(told, what)


def _close(*descriptors: int) -> None:
    for own in descriptors:
        os.close(own)


def _said(error: OSError) -> bytes:
    return (error.strerror or "no process").encode()


if __name__ == "__main__":
    main()
