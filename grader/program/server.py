"""A program that listens, as the checks meet it: its address, its sockets, and whether it is doing
anything."""

from __future__ import annotations

import array
import fcntl
import math
import operator
import socket
import termios
import time
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.program.busy import Busy
from grader.program.guests import Guests
from grader.program.launch import watch
from grader.program.stopping import ask_to_stop
from grader.program.take_snapshot import scene_of
from grader.system import processes
from grader.system.blocked import blocked_for
from grader.system.patience import Deadline, wait
from grader.system.processor_time import stolen_s
from grader.system.sockets import MOST_SOCKETS, SocketTable, inodes_of
from grader.system.tcp_socket import CLOSE_WAIT, ESTABLISHED, LISTEN, TcpSocket

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.diagnosis import Silence, Snapshot
    from grader.program.program import Program
    from grader.program.stopping import Asked, StopSignal

_TURN_S: Final = 1.0
"""How long a thread may queue for its next turn, at the end of a time in which it is watched."""

_LOOKS, _APART_S = 4, 0.05


class Server:
    """One running server and where it listens. Its owner closes it by `program.kill()`."""

    def __init__(self, program: Program, address: str, port: int, sockets: SocketTable) -> None:
        self.program = program
        self.address = address
        self.port = port
        self._sockets = sockets
        self.look: Callable[[], processes.Look | None] = watch(program)
        """The threads of the program and of the grader: what a deadline takes into account."""
        self.ends: set[int] = set()
        """Our ports of the connections that were made to it."""
        self.guests = Guests()
        self.asked: Asked | None = None
        """That it was asked to stop; `None` while it was not."""

    def connect(self, timeout_s: float) -> socket.socket:
        """A new connection, small writes sent at once. Raises OSError."""
        opened = socket.socket(socket.AF_INET6 if ":" in self.address else socket.AF_INET)
        # What is left of it must keep no other grader from ending its own connections on this port
        # (see port.py).
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.settimeout(timeout_s)
        try:
            opened.connect((self.address, self.port))
        except ConnectionResetError:
            pass  # opened, and reset before we looked: whoever reads will be told
        except OSError:
            opened.close()
            raise
        self.ends.add(opened.getsockname()[1])
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def stop(self, number: StopSignal) -> Asked:
        """Ask it to stop, as a terminal or an init does."""
        self.asked = ask_to_stop(self.program, self._sockets, self.port, number)
        return self.asked

    @property
    def listening(self) -> bool:
        """Whether somebody still listens on the port; True where the system does not say."""
        found = self._sockets.listeners(self.port)
        return found is None or bool(found)

    def peer_of(self, connection: socket.socket) -> TcpSocket | None:
        """The server's end of a connection of ours; `None` when it is closed, or cannot be seen, or
        when there is none: datagrams have no connection."""
        if connection.family == socket.AF_UNIX or connection.type == socket.SOCK_DGRAM:
            return None
        found = self._sockets.look(port=self.port, peer_port=connection.getsockname()[1]) or ()
        return next((s for s in found if s.state != LISTEN), None)

    def seen(
        self,
        silence: Silence,
        connection: socket.socket,
        ports: Mapping[int, int],
        *,
        since: int,
        hopeless: bool = False,
    ) -> Silence:
        """What was told of a connection, with what the kernel and the program's threads show of the
        other end.

        ports: our ends of the check's connections, with their numbers. since: as in
        `sight.scene_of`. hopeless: as in `Silence`.
        """
        peer = self.peer_of(connection)
        return replace(
            silence,
            unread=peer.unread if peer else 0,
            accepted=peer is None or peer.inode != 0,
            hopeless=hopeless,
            snapshot=self.snapshot(ports, since=since),
        )

    def snapshot(self, ports: Mapping[int, int], *, since: int = 0) -> Snapshot:
        """What its threads do. ports: as above. since: as in `scene_of`."""
        return scene_of(self.program, self._numbers(ports), since=since)

    def _numbers(self, ports: Mapping[int, int]) -> Mapping[int, int]:
        """The inodes of the program's ends of these connections, with the numbers of ours."""
        table = self._sockets.look(port=self.port) or ()
        ours = (s for s in table if s.inode and s.state != LISTEN)
        return {s.inode: ports[s.peer_port] for s in ours if s.peer_port in ports}

    def kept_ends(self) -> int:
        """How many connections the program holds that it has read to the end: their clients have
        left."""
        found = self._sockets.look(port=self.port) or ()
        return sum(s.state == CLOSE_WAIT and s.inode != 0 and not s.unread for s in found)

    def not_taken_in(self, connection: socket.socket) -> int:
        """How many bytes that we have sent lie in the kernel, here or there: at least those that it
        has not read."""
        # what has arrived and is not yet acknowledged counts twice
        waiting = _unacknowledged(connection)
        peer = self.peer_of(connection)
        return waiting + (peer.unread if peer else 0)

    def not_accepted(self) -> int:
        """How many connections wait in the listener's queue for the program to accept them."""
        return sum(s.unread for s in self._sockets.listeners(self.port) or ())

    @property
    def is_asleep(self) -> bool:
        """Whether no thread wants to run just now. One look is not enough: they take turns."""
        look, again = self.program.look(), self.program.look()
        return look is None or again is None or processes.stood_still(look, again)

    def comes_to_rest(self, deadline: Deadline) -> bool:
        """Whether every thread sleeps at a moment before the deadline."""
        exits = self.program.wait_exit
        wait(exits, deadline, lambda: self.is_asleep, step_s=0.001, longest_step_s=0.002)
        return self.is_asleep

    def still(self) -> Callable[[], bool]:
        """A question to ask again and again: has nothing run since, with every thread asleep?"""
        before: processes.Look | None = None

        def question() -> bool:
            nonlocal before
            now = self.program.look()
            same = before is not None and now is not None and processes.stood_still(before, now)
            before = now
            return same

        return question

    def busy(self, deadline: Deadline) -> Busy | None:
        """How long its threads wanted the processor until the deadline, of the time in which this
        machine had any; `None` when they were once seen asleep meanwhile, or cannot be seen."""
        stolen, before = stolen_s(), self.program.look()
        began = time.monotonic()
        if wait(self.program.wait_exit, deadline, lambda: self.is_asleep) or self.is_asleep:
            return None
        self._let_it_run()
        # as little as lies between the two looks: who looks may have to queue, too
        span_s = time.monotonic() - began
        after = self.program.look()
        if not (before and after):
            return None
        # no thread has lost more than one processor has
        lost_s = max(map(operator.sub, stolen_s(), stolen), default=0.0)
        able_s = max(span_s / 2, span_s - lost_s)
        return Busy(processes.wanted_s(after, since=before), able_s)

    def _let_it_run(self) -> None:
        """The kernel books a wait in the queue only when it ends."""
        last = self.program.look() or {}

        def has_run() -> bool:
            nonlocal last
            before, last = last, self.program.look() or {}
            return not processes.starved(before, last)

        wait(self.program.wait_exit, Deadline(_TURN_S, self.look), has_run)

    def asleep_for(self, seconds: float) -> Callable[[], bool]:
        """A question to ask again and again: will every thread sleep for so many seconds from now,
        unless a client wakes it?"""
        still = self.still()
        return lambda: still() and blocked_for(self.program.tree(), seconds) and still()

    def only_ticks(self, seconds: float) -> Callable[[], bool]:
        """A question to ask again and again: is every thread one that sleeps for so many seconds
        from now, or that has run again and again since this was asked first? What has slept for
        longer than ticks are apart does not count, nor does a burst of work. Where threads take
        turns with the ticks, as Go's do, one counts that sleeps until the next.
        """
        before, seen_at = self.program.look() or {}, time.monotonic()
        ticking, looks, ran = set[tuple[int, int]](), 0, set[tuple[int, int]]()
        always = True

        def note(now: processes.Look) -> None:
            nonlocal before, looks, ran, always, ticking
            ran |= {key for key in before if key in now and now[key].turns != before[key].turns}
            looks += 1
            if looks % _LOOKS == 0:
                ticking = ran if looks == _LOOKS else ticking & ran
                always, ran = always and bool(ran), set()
            before = now

        def question() -> bool:
            nonlocal seen_at
            now = self.program.look() or {}
            if time.monotonic() - seen_at >= _APART_S:
                note(now)
                seen_at = time.monotonic()
            seen = looks >= 2 * _LOOKS
            beside = {tid for _, tid in ticking} if seen else ()
            nap_s = _LOOKS * _APART_S if seen and always else 0.0
            tree = self.program.tree()
            return processes.asleep(now) and blocked_for(tree, seconds, beside=beside, nap_s=nap_s)

        return question

    def silent_for(
        self,
        connection: socket.socket,
        seconds: float,
        *,
        sent_s: float | None = None,
        held_up: bool = False,
    ) -> Callable[[], bool]:
        """A question to ask again and again: will no byte come on this connection of ours for so
        many seconds from now?

        Yes only when every thread of the tree sleeps in a wait without a time limit, or with one
        that lasts as long, nothing ran between two looks, and nothing is under way between the two
        ends: our bytes have arrived there and it has sent all of its own.

        sent_s: for so many seconds we have sent nothing. When the only thread of the program has
        read all that we have sent, it has gone to sleep since. held_up: what it has sent on this
        connection is ours to take, and does not count as under way.
        """
        still, asked = self.still(), time.monotonic()

        def since_sent(unread: int) -> float:
            return math.inf if unread or sent_s is None else time.monotonic() - asked + sent_s

        def question() -> bool:
            if not still():
                return False
            peer = self.peer_of(connection)
            if peer is None or peer.state != ESTABLISHED or (peer.unsent and not held_up):
                return False
            if not peer.unread and _unacknowledged(connection):
                return False
            return (
                self._only_we_can_wake_it(peer if held_up else None)
                and blocked_for(self.program.tree(), seconds, alone_since_s=since_sent(peer.unread))
                and still()
            )

        return question

    def _only_we_can_wake_it(self, held_up: TcpSocket | None) -> bool:
        """No byte is under way between its own processes, and it waits for no other server."""
        own = inodes_of(self.program.tree())
        table = self._sockets.look()
        if own is None or table is None or len(table) >= MOST_SOCKETS:
            return False
        connected = [s for s in table if s.inode in own and s.state != LISTEN]
        inner = {s.port for s in connected}
        return not any(
            (s.unsent and s != held_up) or (s.port != self.port and s.peer_port not in inner)
            for s in connected
        )


def _unacknowledged(connection: socket.socket) -> int:
    """How many of our bytes have not yet reached the other end."""
    count = array.array("i", [0])
    fcntl.ioctl(connection, termios.TIOCOUTQ, count)
    return count[0]
