"""One running program: launched under pexpect inside what the isolation offers, watched from
outside, killed whole.

How it works. pexpect starts it on a terminal, so its output comes line by line, as a learner knows
it. A thread reads that from launch to death, and a watchdog looks after its limits.

Why so. A program forks while it is being killed. Where the isolation puts waiters above it, killing
the last of them takes everything below along, and it has ended when all of that has. Elsewhere
everything is stopped first, then killed, until a look finds nothing more. Its exit status is looked
at without reaping it, so its process id cannot belong to another program before we signal it for
the last time.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from typing import TYPE_CHECKING

from grader.errors import GraderError, MachineError, lack
from grader.program.bounds import ProgramBounds, steps
from grader.program.output import Output
from grader.program.spawn import spawn
from grader.program.watchdog import Watchdog, at_its_limit
from grader.system import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.program.sources import Sources

_LONGEST_KILL_S = 5.0


class Program:
    """A launched process and all of its descendants.

    confine: contains it, in the child. Where nothing keeps its orphans, they are taken to be its
    own, too: the grader has adopted them (prctl(2), PR_SET_CHILD_SUBREAPER), and only one contained
    program runs at a time. waiters: how many waiting processes of the isolation stand above the
    program; the last of them takes everything below along when it is killed. bounds: what it may
    use. release: called once it has been killed. hear: is given what it prints, as it comes.
    sources: the submission's files, to name lines. Raises `NotGraded` when it is no program, and
    `MachineError` when it cannot be contained.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        directory: Path,
        environment: Mapping[str, str],
        confine: Callable[[], None] | None = None,
        waiters: int = 0,
        bounds: ProgramBounds | None = None,
        release: Callable[[], None] | None = None,
        hear: Callable[[bytes], None] | None = None,
        sources: Sources | None = None,
    ) -> None:
        self.command = tuple(command)
        self._keepers = waiters
        self._bounds = bounds
        self._release = release
        self.sources = sources
        self.interpreters: frozenset[str] = frozenset()  # those that it listened with
        self._status: int | None = None
        self._reaped: int | None = None
        adopts = confine is not None and not waiters
        self._elders = frozenset(processes.children(os.getpid())) if adopts else None
        self._orphans_cpu_s = 0.0
        first = steps(confine, bounds)
        with self._group_removed_on_error():
            self._process = spawn(self.command, None if confine else directory, environment, first)
        self.pid = int(self._process.pid or 0)
        # checks that run beside others ask whether it lives while it is killed
        self._reaping = threading.Lock()
        self._pidfd: int | None = None
        self._spare: int | None = None
        self._watchdog: Watchdog | None = None
        self.output = Output(self._process.child_fd, hear=hear)
        try:
            self._watch()
        except (OSError, RuntimeError) as error:
            self.kill()
            why = lack(error) or error
            raise MachineError(f"{self.command[0]} cannot be watched: {why}") from error

    @contextlib.contextmanager
    def _group_removed_on_error(self) -> Iterator[None]:
        try:
            yield
        except GraderError:
            if self._bounds is not None and self._bounds.group is not None:
                self._bounds.group.remove()
            raise

    def _watch(self) -> None:
        """Begin to look after it. Raises OSError, and RuntimeError without threads."""
        self.output.start()
        self._pidfd = os.pidfd_open(self.pid) if hasattr(os, "pidfd_open") else None
        # to see whom to kill when there are no more
        self._spare = os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC)
        if self._bounds is not None:
            limits, ends_at = self._bounds.limits, self._bounds.ends_at
            self._watchdog = Watchdog(
                self._all, self._keepers, self._stop, limits, ends_at, self._reaped_s
            )

    @property
    def fault(self) -> Exception | None:
        """Why it could not be watched to its end."""
        return (self._watchdog.fault if self._watchdog is not None else None) or self.output.fault

    def tree(self) -> tuple[int, ...]:
        """The program's living processes, its first one first; none of the isolation's above it."""
        return self._all()[self._keepers :]

    def _all(self) -> tuple[int, ...]:
        first = (self.pid, *processes.descendants(self.pid))
        if self._elders is None:
            return first
        orphans = [
            pid for orphan in self._orphans() for pid in (orphan, *processes.descendants(orphan))
        ]
        return tuple(dict.fromkeys([*first, *orphans]))

    def _orphans(self) -> list[int]:
        """Who left the tree became our own child; what we start ourselves stays in our session, as
        it cannot."""
        ours = os.getsid(0)
        younger = set(processes.children(os.getpid())) - (self._elders or set()) - {self.pid}
        return [pid for pid in sorted(younger) if processes.session_of(pid) not in (None, ours)]

    def _reaped_s(self) -> float:
        """Reap the orphans that have ended, as process 1 does elsewhere; the processor time of all
        that were."""
        for pid in self._orphans() if self._elders is not None else ():
            with contextlib.suppress(ChildProcessError):
                ended, _, used = os.wait4(pid, os.WNOHANG)
                self._orphans_cpu_s += used.ru_utime + used.ru_stime if ended else 0.0
        return self._orphans_cpu_s

    def remember_interpreters(self) -> None:
        """Look which files its processes run: once it has ended, nobody can tell."""
        paths = map(processes.executable, self.tree())
        self.interpreters = frozenset(map(os.path.basename, paths))

    def limit_hit(self) -> str:
        """Which limit it was stopped at, or stands at, as the rest of a sentence; or empty."""
        if self._bounds is None or self._watchdog is None:
            return ""
        limits = self._bounds.limits
        return (
            self._watchdog.hit
            or (self._bounds.group.hit() if self._bounds.group else "")
            or self._bounds.hit_by_signal(self.exit_status or 0)
            or (at_its_limit(self.tree(), limits) if self._status is None else "")
            or self._bounds.disk_is_full()
        )

    def look(self) -> processes.Look | None:
        """What each thread of the tree does just now; `None` where the system does not say."""
        return processes.look(self.tree())

    def wait_exit(self, timeout_s: float) -> bool:
        """Block at most so long; whether the launched process has ended."""
        with self._reaping:
            if self._status is not None:
                return True
            watched = self._own_pidfd()
        if watched is not None:
            try:
                return bool(select.select([watched], [], [], max(0.0, timeout_s))[0])
            finally:
                os.close(watched)
        deadline = time.monotonic() + timeout_s
        while not (ended := self._has_ended()) and time.monotonic() < deadline:
            select.select([], [], [], 0.002)  # no event for it on this system
        return ended

    def _own_pidfd(self) -> int | None:
        """A copy, which stays ours whoever kills it meanwhile; `None` where there is none, or there
        are no more."""
        with contextlib.suppress(OSError):
            return None if self._pidfd is None else os.dup(self._pidfd)
        return None

    def _has_ended(self) -> bool:
        return self._peek() is not None

    def _peek(self) -> int | None:
        """The exit status without reaping, so that the process id stays ours until the end."""
        with self._reaping:
            return self._status if self._status is not None else self._peek_alone()

    def _peek_alone(self) -> int | None:
        if self._reaped is None and hasattr(os, "waitid"):
            found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if found is None:
                return None
            return found.si_status if found.si_code == os.CLD_EXITED else 128 + found.si_status
        if self._reaped is None:  # macOS
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self._reaped = code if code >= 0 else 128 - code
        return self._reaped

    @property
    def alive(self) -> bool:
        return not self.wait_exit(0)

    @property
    def exit_status(self) -> int | None:
        """The exit code, or 128 + the signal's number; `None` while it runs."""
        return self._peek()

    def kill(self) -> None:
        """SIGKILL the whole tree and reap it. Idempotent."""
        if self._status is not None:
            return
        if self._watchdog is not None:
            self._watchdog.close()
        if self._spare is not None:
            os.close(self._spare)
            self._spare = None
        status = self.exit_status
        if self._keepers:
            self._stop()
        else:
            self._hunt()
        if not self.wait_exit(_LONGEST_KILL_S):
            processes.send(self.pid, signal.SIGKILL)
        with self._reaping:
            if self._reaped is None:
                os.waitpid(self.pid, 0)
            self._status = status if status is not None else 128 + signal.SIGKILL
            if self._pidfd is not None:
                os.close(self._pidfd)
                self._pidfd = None
        self._close()

    def _stop(self) -> None:
        """End what is there now: all of it where something keeps it, else what does not flee."""
        if self._keepers:
            self._freeze()
        try:
            found = self._all()
        except OSError:  # nobody can be seen; what keeps it dies with its first process
            found = (self.pid,)
        for pid in reversed(found[: self._keepers]):
            processes.kill_and_wait(pid, _LONGEST_KILL_S)
        for pid in () if self._keepers else found:
            processes.send(pid, signal.SIGKILL)

    def _freeze(self) -> None:
        """Stop the outermost keeper. While it builds the sandbox it may just be starting the next
        one, which does not die with it yet: what it starts between our look and its end would be
        nobody's, and run on."""
        processes.send(self.pid, signal.SIGSTOP)
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def _hunt(self) -> None:
        """Without a process namespace: stop everything first, for it may be forking, then kill what
        was seen.

        What escaped the tree became our own child (subreaper), and is younger than this launch.
        """
        deadline = time.monotonic() + _LONGEST_KILL_S
        while (strays := self._prey()) and time.monotonic() < deadline:
            for number in (signal.SIGSTOP, signal.SIGKILL):
                for pid in strays:
                    processes.send(pid, number)
            for pid in strays - {self.pid}:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)

    def _prey(self) -> set[int]:
        try:
            found = {*self._all()} - {self.pid}
        except OSError:  # nobody can be seen just now
            found = set()
        return {*found, self.pid} if self.alive else found

    def _close(self) -> None:
        self._process.ptyproc.terminated = self._process.terminated = True  # type: ignore[attr-defined]
        self.output.finish(1.0)
        self._process.close(force=False)
        if self._bounds is not None and self._bounds.group is not None:
            self._bounds.group.remove()
        if self._release is not None:
            self._release()
