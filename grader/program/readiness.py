"""Waits until a program listens where it should, or is bound to its UDP port, without using up a
connection; says why not."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from grader.course.protocols import UDP
from grader.diagnosis import NOTHING_SEEN, Start, explain_daemon, explain_exit, explain_start
from grader.program.launch import watch
from grader.program.take_snapshot import scene_of, what_it_raised
from grader.system.blocked import blocked_for
from grader.system.patience import Deadline, wait
from grader.system.processes import Look, stood_still
from grader.system.sockets import SocketTable, inodes_of, listeners_of
from grader.system.waits import awaits_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.failure import Failure
    from grader.course import Launch
    from grader.program.program import Program
    from grader.system.tcp_socket import TcpSocket

_STEPS_S = (0.001, 0.010)  # the first and the longest pause between two looks


class Readiness:
    """Watches one program until its own process tree listens on the port of a launch, of a loopback
    or wildcard address."""

    def __init__(self, program: Program, launch: Launch, sockets: SocketTable) -> None:
        self._program = program
        self._port = launch.port
        self._udp = launch.transport == UDP
        self._sockets = sockets
        self._step_s = _STEPS_S[0]
        self._last: Look | None = None

    def wait(self, budget_s: float) -> str:
        """The address to connect to ("127.0.0.1" or "::1"). Raises `Failure` when the program does
        not get there."""
        found: list[TcpSocket] = []

        def ready(timeout_s: float) -> bool:
            if self._program.wait_exit(min(timeout_s, self._step_s)):
                return True
            self._step_s = min(self._step_s * 1.2, _STEPS_S[1])
            found[:] = [listener for listener in self._listeners(self._port) if _local(listener)]
            return bool(found)

        wait(ready, Deadline(budget_s, watch(self._program)), lambda: self._hopeless(budget_s))
        if found:
            self._program.remember_interpreters()
            return "127.0.0.1" if any(_speaks_ipv4(listener) for listener in found) else "::1"
        raise self._failure(budget_s)

    def _listeners(self, port: int = 0) -> Sequence[TcpSocket]:
        return listeners_of(self._sockets, self._program.tree(), port, udp=self._udp)

    def _others(self) -> Sequence[TcpSocket] | None:
        port = self._port
        return self._sockets.takers(port) if self._udp else self._sockets.listeners(port)

    def _has_the_other_transport(self) -> bool:
        """It has a socket on the port, of TCP in place of UDP, or the other way round."""
        tree = self._program.tree()
        found = listeners_of(self._sockets, tree, self._port, udp=not self._udp)
        own = inodes_of(tree)
        return own is not None and any(one.inode in own and _local(one) for one in found)

    def _hopeless(self, seconds: float) -> bool:
        """It waits for something that does not come so soon, and does not listen."""
        now = self._program.look()
        before, self._last = self._last, now
        if before is None or now is None or not stood_still(before, now):
            return False
        return blocked_for(self._program.tree(), seconds) and self._program.look() == now

    def _failure(self, budget_s: float) -> Failure:
        if not self._program.alive:
            return exit_failure(self._program, "before it listened")
        others = [(listener.address, listener.port) for listener in self._listeners()]
        at_once = self._last is not None and self._program.look() == self._last
        return explain_start(
            Start(
                port=self._port,
                listeners=others,
                taken=bool(self._others()),
                udp=self._udp,
                waited_s=None if at_once else budget_s,
                other_transport=not others and self._has_the_other_transport(),
                snapshot=NOTHING_SEEN if others else scene_of(self._program, {}),
                awaits_keyboard=not others and awaits_terminal(self._program.tree()),
            )
        )


def exit_failure(program: Program, when: str) -> Failure:
    """The failure for a program that has ended; `when` as in `explain_exit`."""
    program.output.finish(1.0)
    output = program.output.tail()
    status, raised = program.exit_status or 0, what_it_raised(program)
    missed = program.sources.missed(output.decode("utf-8", "replace")) if program.sources else ""
    failure = explain_exit(
        status, output, when, raised, missed=missed, node="node" in program.interpreters
    )
    quietly = status == 0 and raised is None and not missed
    place = program.sources.background() if program.sources and quietly else None
    return explain_daemon(failure, place) if place else failure


def _local(listener: TcpSocket) -> bool:
    address = ipaddress.ip_address(listener.address)
    mapped = getattr(address, "ipv4_mapped", None) or address
    return str(mapped) in ("127.0.0.1", "::1") or mapped.is_unspecified


def _speaks_ipv4(listener: TcpSocket) -> bool:
    address = ipaddress.ip_address(listener.address)
    return address.version == 4 or getattr(address, "ipv4_mapped", None) is not None
