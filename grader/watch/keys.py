"""The keyboard while a watch runs: every key at once and unseen, and the terminal as it was
whenever we do not run."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_LOCAL: Final = 3  # of what tcgetattr gives
_CONTROL: Final = 6


class Keys:
    """The keys that are pressed, where standard input is a terminal that is ours; none elsewhere.

    Signals are left as they are: Ctrl-C interrupts, Ctrl-Z stops, with the terminal as it was until
    `fg`.
    """

    def __init__(self) -> None:
        self.listening = False
        self._before: list[Any] = []
        self._stopped_by: Any = None
        self._lent = False

    def __enter__(self) -> Self:
        if not _is_ours():
            return self
        self._before = termios.tcgetattr(sys.stdin)
        self._stopped_by = signal.signal(signal.SIGTSTP, self._stop)
        self.listening = True
        self._quieten()
        return self

    def __exit__(self, *_: object) -> None:
        if self._before:
            self.listening = False
            self._restore()
            signal.signal(signal.SIGTSTP, self._stopped_by)

    def fileno(self) -> int:
        return sys.stdin.fileno()

    def pressed(self) -> str:
        """The keys since the last call. At the end of input there will be no more."""
        try:
            raw = os.read(self.fileno(), 64)
        except OSError:
            raw = b""
        if not raw:
            self.listening = False
        return "" if raw.startswith(b"\x1b") else raw.decode("ascii", "replace")

    @contextmanager
    def lent(self) -> Iterator[None]:
        """The terminal as it was, for a program that takes the keys meanwhile. Ctrl-C is for it
        alone."""
        if not self.listening:
            yield
            return
        self._lent = True
        self._restore()
        before = signal.signal(signal.SIGINT, _nothing)  # not ignored, which a program inherits
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            self._lent = False
            self._quieten()

    def _quieten(self) -> None:
        """Each key at once, without echo; what stops and interrupts still does, but Ctrl-\\ would
        leave it so."""
        attributes = termios.tcgetattr(sys.stdin)
        attributes[_LOCAL] &= ~(termios.ICANON | termios.ECHO)
        attributes[_CONTROL] = [*attributes[_CONTROL]]
        attributes[_CONTROL][termios.VMIN], attributes[_CONTROL][termios.VTIME] = 1, 0
        attributes[_CONTROL][termios.VQUIT] = b"\0"
        termios.tcsetattr(sys.stdin, termios.TCSANOW, attributes)

    def _restore(self) -> None:
        with contextlib.suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(sys.stdin, termios.TCSANOW, self._before)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._restore()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)  # here we stand still until somebody says `fg`
        signal.signal(signal.SIGTSTP, self._stop)
        with contextlib.suppress(termios.error):
            if not self._lent:
                self._before = termios.tcgetattr(sys.stdin)
                self._quieten()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """What Ctrl-C does here while another program has the keys."""


def _is_ours() -> bool:
    """Whether a terminal would give us its keys: to a job in the background it gives none."""
    try:
        return sys.stdin.isatty() and os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
