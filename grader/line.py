"""A TCP connection to a server, before any HTTP: opens it, and waits on it with patience."""

from __future__ import annotations

import select
import socket
import time
from collections.abc import Callable

from grader.budgets import Budgets
from grader.errors import MachineError, lack
from grader.failure import Failure, Kind
from grader.patience import Deadline, wait
from grader.submission.readiness import exit_failure
from grader.submission.server import Server

_QUIET_STEP_S = 0.001
_BESIDE_STEP_S = 0.010  # while others talk to it: between two of them it rests for moments only


class Line:
    """An open connection. Raises `Failure` when the server does not take it, and `MachineError` when we cannot ask."""

    def __init__(self, server: Server, budgets: Budgets) -> None:
        self._server = server
        self.budgets = budgets
        self._sent_at: float | None = None  # when we began to send what was sent last
        self._socket = self._open()

    def _open(self) -> socket.socket:
        try:
            opened = self._server.connect(self.budgets.answer)
        except OSError as error:
            if lacks := lack(error):
                raise MachineError(lacks) from error
            if not self._server.program.alive:
                raise exit_failure(self._server.program, "before this connection") from error
            raise Failure(
                Kind.CONNECTION,
                f"a connection to port {self._server.port} was not accepted: {error.strerror or error}",
                expected="a TCP connection",
                hint="The listening socket has to stay open while clients come and go.",
            ) from error
        opened.setblocking(False)
        return opened

    def fileno(self) -> int:
        """The socket's descriptor; -1 once closed."""
        return self._socket.fileno()

    @property
    def under_way(self) -> int:
        """How many bytes of what was sent lie in the kernel, on either side: at least those the server has not read."""
        return self._server.not_taken_in(self._socket)

    def deadline(self, budget_s: float) -> Deadline:
        """So many seconds from now, in time that the server is able to run."""
        return Deadline(budget_s, self._server.look)

    def settle(self) -> None:
        """Wait until the server has come to rest, or something comes (or the `quiet` budget passes); take nothing in:
        whether it has closed its end, or is about to, must not depend on who is faster."""
        self._comes_before_rest()

    def stall(self, seconds: float) -> None:
        """Take nothing for so long, or until the server is seen to wait for us at least as long."""
        hopeless = self._server.silent_for_ever(self._socket, or_for_s=self._since_sent(seconds), held_up=True)
        exits, deadline = self._server.program.wait_exit, self.deadline(seconds)
        wait(exits, deadline, hopeless, step_s=_QUIET_STEP_S, longest_step_s=_BESIDE_STEP_S)

    def _since_sent(self, seconds: float) -> float | None:
        """So many seconds from now, counted from when something was sent last."""
        return None if self._sent_at is None else time.monotonic() + seconds - self._sent_at

    def _comes_before_rest(self, also: Callable[[], bool] = lambda: True) -> bool:
        """Whether something comes before the server has come to rest, and this is so (or the `quiet` budget passes)."""
        still, deadline = self._server.still(), self.deadline(self.budgets.quiet)
        return wait(self._poll(select.POLLIN), deadline, lambda: still() and also(), step_s=_QUIET_STEP_S)

    def _comes_within(self, seconds: float, *, strictly: bool) -> bool:
        """Whether something comes so soon; False at once when the server sleeps longer than that."""
        return wait(
            self._poll(select.POLLIN),
            Deadline(seconds, self._server.program.look if strictly else self._server.look),
            self._server.silent_for_ever(self._socket, or_for_s=self._since_sent(seconds)),
            step_s=_QUIET_STEP_S,
            longest_step_s=_BESIDE_STEP_S,
        )

    def _comes(self, deadline: Deadline | None = None, mask: int = select.POLLIN) -> bool:
        """Whether something comes in the `answer` budget, or before another deadline; False at once when nothing ever
        will. mask: of poll(2), what is waited for instead."""
        deadline = deadline or self.deadline(self.budgets.answer)
        return wait(self._poll(mask), deadline, self._server.silent_for_ever(self._socket))

    def _poll(self, mask: int) -> Callable[[float], bool]:
        poller = select.poll()
        poller.register(self._socket, mask)
        return lambda timeout_s: bool(poller.poll(timeout_s * 1000))
