"""A TCP connection to a server, before any HTTP: opens it, and waits on it with patience."""

from __future__ import annotations

import select
import socket
import time
from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.diagnosis import BEFORE_CONNECTING
from grader.errors import MachineError, lack
from grader.net.tries import Noted, Try
from grader.program.readiness import exit_failure
from grader.system.patience import Deadline, wait
from grader.text.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.budgets import Budgets
    from grader.program.guests import Guests
    from grader.program.server import Server

_QUIET_STEP_S = 0.001
_RESTING_STEP_S = 0.002  # a program that ticks rests between two of its ticks
_BESIDE_STEP_S = 0.010  # while others talk to it: between two of them it rests for moments only


class TcpStream:
    """An open connection. Raises `Failure` when the server does not take it, and `MachineError`
    when we cannot ask."""

    def __init__(self, server: Server, budgets: Budgets) -> None:
        self._server = server
        self.budgets = budgets
        self._sent_at: float | None = None  # when we began to send what was sent last
        self.attempt = Try()
        """The try of a check that holds this connection: how patient it is."""
        self._in_vain = False  # it was waited for already
        self._socket = self._open()

    def _open(self) -> socket.socket:
        try:
            opened = self._server.connect(self.budgets.answer)
        except OSError as error:
            if lacks := lack(error):
                raise MachineError(lacks) from error
            # a program that is about to end has closed its sockets first
            if self._ends():
                raise self._ended(BEFORE_CONNECTING) from error
            raise Failure(
                Kind.CONNECTION,
                sentence(f"{self._no_way()}: {(error.strerror or str(error)).lower()}"),
                expected="a TCP connection",
                hint="Keep the listening socket open while clients come and go.",
            ) from error
        opened.setblocking(False)
        return opened

    def _no_way(self) -> str:
        """That no connection can be made, as a clause: why, as far as it can be seen."""
        port = self._server.port
        if self._server.listening:
            return f"the client cannot connect to port {port}"
        return f"your server no longer listens on port {port} {self._when_clients_left()}".rstrip()

    def _when_clients_left(self) -> str:
        """After how many clients; empty when that is not known."""
        return ""

    def _ends(self) -> bool:
        """Whether the program ends, now or in a moment (the `close` budget at most)."""
        deadline = self.deadline(self.budgets.close)
        return wait(self._server.program.wait_exit, deadline, self._server.still())

    def _ended(self, when: str) -> Failure:
        """Why there is no server any more; `when` as in `exit_failure`."""
        return exit_failure(self._server.program, when)

    def fileno(self) -> int:
        """The socket's descriptor; -1 once closed."""
        return self._socket.fileno()

    @property
    def under_way(self) -> int:
        """How many bytes of what was sent lie in the kernel, on either side: at least those the
        server has not read."""
        return self._server.not_taken_in(self._socket)

    def deadline(self, budget_s: float) -> Deadline:
        """So many seconds from now, in time that the server is able to run."""
        return Deadline(budget_s, self._server.look)

    def silent_for(self, seconds: float, *, held_up: bool = False) -> Callable[[], bool]:
        """A question to ask again and again: will no byte come here for so many seconds? As
        `Server.silent_for`."""
        sent_s = None if self._sent_at is None else time.monotonic() - self._sent_at
        return self._server.silent_for(self._socket, seconds, sent_s=sent_s, held_up=held_up)

    def stays_with(self, guests: Guests) -> bool:
        """Let it stay open for the server when it is closed here: whether it does."""
        return guests.keep(self._socket)

    def settle(self, *, read: bool = False) -> None:
        """Wait until the server has come to rest, or something comes (or the `quiet` budget
        passes); take nothing in: whether it has closed its end, or is about to, must not depend on
        who is faster. read: at rest only once it has read what was sent."""
        self._comes_before_rest(read=read)

    def _is_read(self) -> bool:
        return (peer := self._server.peer_of(self._socket)) is None or not peer.unread

    def is_kept_waiting(self) -> bool:
        """Whether nothing comes here since the server waits for us: it has read all of what was
        sent, and every thread sleeps for a tenth of the `answer` budget at least. What comes after
        that is what its own time-out does."""
        seconds = self.attempt.enough_s(self.budgets.answer)
        silent = self.silent_for(seconds)
        waits = Noted(lambda: silent() and self._is_read())
        return not self._comes_within(seconds, strictly=False, hopeless=waits) and waits.answer

    def let_go_within(self, seconds: float) -> bool:
        """Whether the program closes its end within so many seconds, although nothing is read here:
        what it has sent before may still be under way. True where that cannot be seen."""
        ends = self._server.program.wait_exit

        def gone(timeout_s: float) -> bool:
            return ends(timeout_s) or self._server.peer_of(self._socket) is None

        hopeless = self.silent_for(seconds, held_up=True)
        return wait(gone, self.deadline(seconds), hopeless, step_s=_QUIET_STEP_S)

    def stall(self, seconds: float) -> None:
        """Take nothing for so long, or until the server is seen to wait for us at least as long."""
        hopeless = self.silent_for(seconds, held_up=True)
        exits, deadline = self._server.program.wait_exit, self.deadline(seconds)
        wait(exits, deadline, hopeless, step_s=_QUIET_STEP_S, longest_step_s=_BESIDE_STEP_S)

    def _comes_before_rest(self, *, read: bool = False, patiently: bool = False) -> bool:
        """Whether something comes before the server has come to rest (or the `quiet` budget
        passes). read: as above. patiently: as in `Try.waits_for_rest`."""
        still = self._server.still()

        def at_rest() -> bool:
            return still() and (not read or self._is_read())

        return self.attempt.waits_for_rest(
            self._poll(select.POLLIN), self.deadline, self.budgets.quiet, at_rest,
            steps_s=(_QUIET_STEP_S, _RESTING_STEP_S), patiently=patiently,
        )  # fmt: skip

    def _comes_with_the_last(self, data: bytes) -> bool:
        """Whether something comes once all of these bytes have been sent, and not before the last.
        They are not recorded: for a try whose failure is not the last word."""
        try:
            if self._socket.send(data[:-1]) < len(data) - 1 or self._comes_before_rest(read=True):
                return False
            self._socket.send(data[-1:])
        except OSError:
            return False
        return self._comes_before_rest(read=True)

    def _comes_within(
        self, seconds: float, *, strictly: bool, hopeless: Callable[[], bool] | None = None
    ) -> bool:
        """Whether something comes so soon; False at once if the server sleeps longer. hopeless:
        asked in place of that."""
        return wait(
            self._poll(select.POLLIN),
            Deadline(seconds, self._server.program.look if strictly else self._server.look),
            hopeless or self.silent_for(seconds),
            step_s=_QUIET_STEP_S,
            longest_step_s=_BESIDE_STEP_S,
        )

    def _comes(self, deadline: Deadline | None = None) -> bool:
        """Whether something comes before a deadline; False at once when nothing will."""
        deadline = deadline or self.deadline(self.budgets.answer)
        return wait(self._poll(select.POLLIN), deadline, self.silent_for(deadline.budget_s))

    def _comes_in_time(self, mask: int = select.POLLIN) -> bool:
        """Whether something comes in the `answer` budget; False at once when nothing will, or when
        that was waited for already. mask: of poll(2), what is waited for instead. Raises
        `Undecided` in a try that is in a hurry."""
        if self._in_vain:
            return self._poll(mask)(0)
        budget_s = self.budgets.answer
        return self.attempt.sees(self._poll(mask), self.deadline, budget_s, self._hopeless())

    def is_heeded(self, *, matters: bool = True) -> bool:
        """Whether anything comes for what need not be answered; takes nothing in. A server that has
        left such a client without a word for a whole budget is not waited for as long again; where
        it does not matter what comes, only until it rests."""
        ready = self._poll(select.POLLIN)
        if not matters and self.attempt.habits.ignores_some:
            self.settle(read=True)
            return bool(ready(0))
        in_vain = self._hopeless()
        if not matters and self.attempt.hurries:
            in_vain = self._unless_a_tick_finds_it(in_vain)
        return self.attempt.sees_any(ready, self.deadline, self.budgets.answer, in_vain)

    def _unless_a_tick_finds_it(self, silent: Callable[[], bool]) -> Callable[[], bool]:
        """The same question, answered by yes, too, where all that is not blocked as long ticks."""
        ticks = self._server.only_ticks(self.budgets.answer)
        return lambda: silent() or ticks()

    def _hopeless(self) -> Callable[[], bool]:
        """A question to ask again and again: does nothing come here in the `answer` budget?"""
        return self.silent_for(self.budgets.answer)

    def give_up(self) -> None:
        """It was waited for in vain: the next to read from it is not to wait once more."""
        self._in_vain = True

    def peek(self, size: int) -> bytes:
        """What has come and was not taken in yet; b"" when that is nothing, or the end."""
        try:
            return self._socket.recv(size, socket.MSG_PEEK)
        except OSError:  # nothing there, or we have closed it
            return b""

    def _poll(self, mask: int) -> Callable[[float], bool]:
        poller = select.poll()
        poller.register(self._socket, mask)
        return lambda timeout_s: bool(poller.poll(timeout_s * 1000))
