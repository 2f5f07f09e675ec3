"""Launches a submission: a fresh view of its directory each time, its build once, its arguments filled in."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.diagnosis import how_it_ended
from grader.errors import MachineError
from grader.failure import Failure, Kind
from grader.isolation import Rung
from grader.kernel import processes
from grader.kernel.processes import Look
from grader.kernel.sockets import LISTEN, SocketTable, inodes_of
from grader.patience import Deadline, wait
from grader.submission.environment import submission_environment
from grader.submission.find import Build, Submission
from grader.submission.program import Program


class Launcher:
    """Starts programs for one submission. `scratch` is the grader's own directory, `rung` what contains them."""

    def __init__(self, submission: Submission, rung: Rung, scratch: Path, sockets: SocketTable) -> None:
        self._submission = submission
        self._rung = rung
        self._scratch = scratch
        self._sockets = sockets
        self._numbers = itertools.count(1)
        self._built: Path | None = None
        self._is_built = submission.build is None

    def shared_directory(self) -> Path:
        """A new directory that grader and submission will both see under the same path."""
        path = self._scratch / f"shared-{next(self._numbers)}"
        path.mkdir(parents=True)
        return path

    def launch(self, arguments: Sequence[str], shared: Path | None) -> Program:
        """Start the program, after its build the first time. Raises `Failure` when the build fails."""
        if not self._is_built and self._submission.build is not None:
            self._build(self._submission.build)
        return self._start((*self._submission.command, *arguments), shared)[0]

    def _start(self, command: Sequence[str], shared: Path | None) -> tuple[Program, Path]:
        directory = self._submission.directory
        place = self._rung.contain(directory, shared, self._built)
        program = Program(
            [_relocated(word, directory, place.directory) for word in command],
            directory=place.directory,
            environment=submission_environment(os.environ, str(self._rung.home)),
            confine=place.confine,
            keepers=self._rung.keepers,
        )
        return program, place.keep

    def _build(self, build: Build) -> None:
        """Run the build step; what it leaves in the directory is what every launch starts from."""
        program, keep = self._start(build.command, None)
        try:
            deadline = Deadline(build.budget_s, watch(program))
            if not wait(program.wait_exit, deadline):
                raise Failure(
                    Kind.BUILD,
                    f"the build step was still running after {build.budget_s:g} s",
                    expected=f"`{' '.join(build.command)}` ends with status 0",
                    hint="A longer budget can be given in grade.yaml: build_seconds.",
                )
            status = program.exit_status
        finally:
            program.kill()
        if status:
            raise Failure(
                Kind.BUILD,
                f"the build step {how_it_ended(status)}",
                expected=f"`{' '.join(build.command)}` ends with status 0",
                actual=program.output.tail()[-2000:].decode(errors="replace"),
                hint="Run the build command by hand in the submission's directory; its own output says what is wrong.",
            )
        self._built, self._is_built = keep, True

    def require_free_port(self, port: int) -> None:
        """Where the network is not ours alone, say who already listens. Raises `MachineError`."""
        if self._rung.private_network:
            return
        for listener in self._sockets.look() or ():
            if listener.state == LISTEN and listener.port == port:
                raise MachineError(f"port {port} is in use by {_owner(listener.inode)}; stop it, or choose --port")


def watch(program: Program) -> Callable[[], Look | None]:
    """The threads of the program and of the grader itself: those whose wait for a processor a deadline gives back."""

    def look() -> Look | None:
        return processes.look((os.getpid(), *program.tree()))

    return look


def _relocated(word: str, original: Path, copy: Path) -> str:
    inside = word == str(original) or word.startswith(f"{original}/")
    return f"{copy}{word[len(str(original)) :]}" if inside else word


def _owner(inode: int) -> str:
    for pid in processes.all_pids():
        if inode in (inodes_of([pid]) or ()):
            return f"process {pid} ({processes.command_of(pid)})"
    return "another program"
