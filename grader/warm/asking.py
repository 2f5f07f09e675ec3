"""The side of a warm process that asks for work: it is started, asked, and started anew where it
has died."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from typing import IO, TYPE_CHECKING, Self

from grader import codec
from grader.errors import MachineError
from grader.isolation.limits import die_with
from grader.system import self_command
from grader.system.signals import held, release
from grader.warm.child import ForkedChild
from grader.warm.title import ROOM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.warm.work import WorkOrder

Started = ForkedChild | subprocess.Popen[bytes]
"""A process that works: forked, or started in the usual way."""

_LONGEST_REPLY = 1024


def available() -> bool:
    """Whether this system lets one process wait for another without a look now and then."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False
    return True


class WarmProcess:
    """Where work of one kind is begun: by a fork of a warm process, or, where that is not possible,
    in a process that loads everything itself.

    module: what does the work (`grader.warm.work`); ahead: what it may load before there is any. It
    starts at once, and loads while we do something else.
    """

    def __init__(self, module: str, ahead: Sequence[str] = ()) -> None:
        self._module = module
        self._ahead = tuple(ahead)
        self._warm: tuple[subprocess.Popen[bytes], socket.socket] | None = None
        if available():
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                self._warm = self._started()

    def begin(
        self,
        order: WorkOrder,
        stdin: IO[bytes] | int,
        stdout: IO[bytes] | int,
        stderr: IO[bytes] | int,
        more: Sequence[int] = (),
    ) -> Started:
        """Have it begun, with these descriptors. Raises `MachineError`."""
        files = (stdin, stdout, stderr)
        usual = [file if isinstance(file, int) else file.fileno() for file in files]
        with held():
            return self._forked(order, [*usual, *more]) or self._cold(order, usual, more)

    @property
    def pid(self) -> int | None:
        """Of the warm process, if there is one."""
        return self._warm and self._warm[0].pid

    def close(self) -> None:
        """It ends; what it has forked goes on."""
        if self._warm is not None:
            process, channel = self._warm
            self._warm = None
            channel.close()
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _started(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, held():
            words = [self._module, *self._ahead, str(theirs.fileno()), ROOM]
            process = subprocess.Popen(
                self_command.command("grader.warm.process", words),
                pass_fds=(theirs.fileno(),), env=self_command.environment(),
                stdin=subprocess.DEVNULL, preexec_fn=partial(_begin, os.getpid()),
            )  # fmt: skip
        return process, ours

    def _forked(self, order: WorkOrder, descriptors: Sequence[int]) -> ForkedChild | None:
        """The process that does it; None where the warm one has died, twice if need be."""
        for _ in range(2):
            if self._warm is None:
                return None
            _, channel = self._warm
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with ours, theirs, contextlib.suppress(OSError):
                given = [theirs.fileno(), *descriptors]
                socket.send_fds(channel, [codec.to_json(order).encode()], given)
                theirs.close()
                if said := ours.recv(_LONGEST_REPLY).decode():
                    return ForkedChild(_pid(said), ours.detach())
            self.close()
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                self._warm = self._started()
        return None

    def _cold(
        self, order: WorkOrder, usual: Sequence[int], more: Sequence[int]
    ) -> subprocess.Popen[bytes]:
        words = [*order.arguments, *map(str, more)]
        try:
            return subprocess.Popen(
                self_command.command(self._module, words), stdin=usual[0], stdout=usual[1],
                stderr=usual[2], pass_fds=tuple(more), env=self_command.environment(),
                process_group=0 if order.own_group else None, cwd=order.directory,
                preexec_fn=partial(begin_work, os.getpid()),
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise MachineError(f"cannot start a grading: {error}") from error


def begin_work(parent: int) -> None:
    """In a new process, before its work: it hears signals, and is told to stop when we are gone."""
    release()
    die_with(parent, signal.SIGTERM)


def _begin(parent: int) -> None:
    release()
    die_with(parent)


def _pid(reply: str) -> int:
    """Raises `MachineError` where there is none, but why."""
    if not reply.isdecimal():
        raise MachineError(f"cannot start a grading: {reply}")
    return int(reply)
