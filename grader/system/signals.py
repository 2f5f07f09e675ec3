"""What Ctrl-C, SIGTERM and SIGHUP do: the first one ends the run in order, and nothing disturbs
that order.

Python swallows an exception that is raised while it runs a destructor, a callback of the garbage
collector or one of a weak reference, and prints it at most (`sys.unraisablehook`). A handler of a
signal may run right there. So an interruption that was swallowed is raised again a moment later, by
a timer, until it is raised in code that can fail.
"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_AGAIN_S: Final = 0.001

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def ignore() -> None:
    """From now on these signals change nothing."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def install() -> None:
    """From now on the first of these signals raises KeyboardInterrupt, and the ones after it are
    ignored, so that a second Ctrl-C costs neither the report nor the clean-up."""
    for number in SIGNALS:
        signal.signal(number, _interrupt)
    sys.unraisablehook = _swallowed


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    ignore()
    raise KeyboardInterrupt


def _swallowed(lost: sys.UnraisableHookArgs) -> None:
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(
        signal.ITIMER_REAL, _AGAIN_S, 10 * _AGAIN_S
    )  # at once may be in the same place


@contextmanager
def held() -> Iterator[None]:
    """Keep these signals waiting: around a fork, where an exception would come out in two processes
    or in none.

    A thread that is started in here never gets them, and leaves them to the main thread: one that
    got them would set the main thread's handler off, whether that holds them or not.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def hold() -> None:
    """From now on these signals wait, also in what is forked, until it releases them: one that is
    meant for it may come before it can be heard, and would be lost where it is ignored."""
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def release() -> None:
    """In a new process, before its program begins: nothing is held back, and signals mean what they
    usually do."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
