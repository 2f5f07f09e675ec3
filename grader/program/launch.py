"""Launches a submission: a fresh view of its directory each time, its build once, its arguments
filled in."""

from __future__ import annotations

import itertools
import os
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from grader.course.protocols import UDP
from grader.diagnosis import (
    explain_limit,
    how_it_ended,
    last_words,
)
from grader.errors import MachineError, NotGraded
from grader.limits import Limits
from grader.program.bounds import ProgramBounds
from grader.program.environment import submission_environment
from grader.program.missing_tools import NOT_EXECUTABLE, NOT_FOUND
from grader.program.program import Program
from grader.program.served_directory import SharedFiles
from grader.program.sources import Sources
from grader.program.spawn import not_begun
from grader.program.start_causes import require_tools, why_not_found, with_cause
from grader.program.take_snapshot import what_it_raised
from grader.program.word_size import require_64_bits
from grader.system import processes
from grader.system.patience import Deadline, wait
from grader.system.signals import held
from grader.system.sockets import SocketTable, inodes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.check.failure import Failure
    from grader.course import Launch
    from grader.isolation import Containment, IsolationLevel
    from grader.isolation.cgroup import LaunchGroup as Group
    from grader.program.start_command import Build
    from grader.program.submission import Submission
    from grader.system.processes import Look

_LONGEST_COMMAND = 100
_MOST_SAID = 4096  # bytes of a build's output


class Launcher:
    """Starts programs for one submission. `scratch` is the grader's own directory, `level` what
    contains them, `limits` what they may use; the time that the whole run may take begins now.
    `hear` is given what they print. `served` is the name of the directory that they are given,
    `hidden` what in the submission's they do not see."""

    def __init__(
        self,
        submission: Submission,
        level: IsolationLevel,
        scratch: Path,
        sockets: SocketTable,
        limits: Limits | None = None,
        hear: Callable[[bytes], None] | None = None,
        *,
        served: str = "served",
        hidden: Iterable[Path] = (),
    ) -> None:
        self._hear = hear
        self._served = served
        self._hidden = tuple(hidden)
        self._submission = submission
        self._level = level
        self._scratch = scratch
        self._sockets = sockets
        self._limits = limits or Limits()
        self._ends_at = time.monotonic() + self._limits.run
        self._numbers = itertools.count(1)
        self._built: Path | None = None
        self._is_built = submission.build is None
        self._place: Containment | None = None
        self.warnings: Sequence[str] = ()
        """What the build warned of, a line each, once it has succeeded."""

    def shared_files(self) -> SharedFiles:
        """A new directory that grader and submission will both see under the same path."""
        path = self._scratch / f"shared-{next(self._numbers)}"
        path.mkdir(parents=True)
        self._level.share(path)
        owner = self._level.user.owns if self._level.user else None
        return SharedFiles(path, owner, name=self._served, own_disk=self._level.own_disk)

    def launch(
        self, arguments: Sequence[str], shared: Path | None, own: Callable[[Program], object]
    ) -> Program:
        """Start the program, after its build the first time. Raises `NotGraded` when that fails, or
        leads nowhere.

        own: is given it before an interruption can be heard, and has to see to its end. Else one
        that is interrupted as it starts would be nobody's, and what builds its sandbox could
        outlive us.
        """
        if not self._is_built and self._submission.build is not None:
            self._build(self._submission.build)
        require_64_bits(self._own_program())
        if time.monotonic() > self._ends_at:
            raise explain_limit(
                f"was not started again: the run may last at most {self._limits.run} s"
            )
        place = self._level.contain(self._submission.directory, shared, self._built)
        self._place = place
        disks = (place.keep, *([shared] if shared else []))
        with held():
            command = (*self._submission.command, *arguments)
            program = self._start(command, place, disks, place.release)
            own(program)
        return program

    def _own_program(self) -> Iterator[Path]:
        """Where the program lies, if it is the submission's own: what was built first."""
        directory = self._submission.directory
        own = next(
            (word for word in self._submission.command if word.startswith(f"{directory}/")), ""
        )
        yield from (
            place / own[len(f"{directory}/") :]
            for place in (self._built, directory)
            if place and own
        )

    def _start(
        self,
        command: Sequence[str],
        place: Containment,
        disks: Iterable[Path],
        release: Callable[[], None] | None,
    ) -> Program:
        own_disks = tuple(disks) if self._level.own_disk else ()
        return Program(
            [
                *place.prefix,
                *(
                    _relocated(word, self._submission.directory, place.directory)
                    for word in command
                ),
            ],
            directory=place.directory,
            environment=submission_environment(os.environ, str(self._level.home)),
            confine=place.confine,
            waiters=self._level.waiters,
            bounds=ProgramBounds(
                self._limits, self._ends_at, own_disks, self._group(len(own_disks))
            ),
            release=release,
            hear=self._hear,
            sources=Sources(
                self._submission.directory,
                place.directory,
                self._submission.alone,
                self._hidden,
                self._submission.known_as,
            ),
        )

    def _group(self, disks: int) -> Group | None:
        """The launch's own cgroup, where the kernel can bound it. Raises `MachineError`."""
        if self._level.cgroups is None:
            return None
        try:
            return self._level.cgroups.launch(self._limits, disks)
        except OSError as error:
            raise MachineError(
                f"a cgroup that could be made before cannot be made now: {error}"
            ) from error

    def _build(self, build: Build) -> None:
        """Run the build step; what it leaves in the directory is what every launch starts from.
        Raises `NotGraded`, and `MachineError` when it needs a tool that is not here."""
        from grader.diagnosis.compiler_output import warnings_in  # most programs need no build

        place = self._level.contain(self._submission.directory, None, None)
        with ExitStack() as stack:
            with held():
                program = self._start(build.command, place, (place.keep,), None)
                stack.callback(program.kill)
            deadline = Deadline(build.budget_s, watch(program))
            if not wait(program.wait_exit, deadline):
                raise NotGraded(
                    f"{build.says or 'the build step'} timed out after {build.budget_s:g} s; to"
                    " give it more time, set build_seconds in grade.yaml",
                    program.output.tail()[-_MOST_SAID:],
                )
            status = program.exit_status
            hit = program.limit_hit()
        _require_begun(place, program, "the build step")
        printed = program.output.tail()
        if status:
            require_tools(self._submission, build.command, status, "the build step")
            raise _failed(build, hit or how_it_ended(status), printed)
        self.warnings = warnings_in(printed)
        self._built, self._is_built = place.keep, True

    def refuse(self, program: Program, *, first: bool) -> None:
        """Raises `MachineError` or `NotGraded` when a launch that ended before it listened was
        none: what contains the program has failed; or the first one has found no program, or one
        that the system does not start."""
        if self._place is not None:
            _require_begun(self._place, program, os.path.basename(self._submission.command[0]))
        status = program.exit_status
        if first and status in (NOT_FOUND, NOT_EXECUTABLE):
            require_tools(self._submission, self._submission.command, status)
            if problem := why_not_found(self._submission, self._built):
                raise NotGraded(problem)

    def with_cause(self, failure: Failure, program: Program) -> Failure:
        """The failure of a program that did not come to listen, with a cause that is seen in what
        was handed in."""
        raised, status = what_it_raised(program), program.exit_status or 0
        return with_cause(failure, self._submission, status, raised, program.output.tail())

    def require_free_port(self, launch: Launch) -> None:
        """Where the network is not ours alone, say who already listens. Raises `MachineError`."""
        if self._level.private_network:
            return
        if found := holder(self._sockets, launch):
            raise MachineError(
                f"port {launch.port} is in use by {found}; stop it, or choose --port"
            )


def _failed(build: Build, how: str, printed: bytes) -> NotGraded:
    """What is said of a build that failed: the first error, where its compiler names one."""
    from grader.diagnosis.compiler_output import first_error, from_first_error

    if error := first_error(printed):
        what = f"{build.of} does not compile" if build.of else f"the build step {how}"
        return NotGraded(f"{what}: {error}", from_first_error(printed))
    words, said = last_words(printed[-_MOST_SAID:]), printed[-_MOST_SAID:]
    what = f"{build.of} was not built: {build.says}" if build.of else "the build step"
    return NotGraded(f"{what} {how}" + (f"; {words}" if words else ""), said)


def _require_begun(place: Containment, program: Program, who: str) -> None:
    """Raises `MachineError` or `NotGraded` when what contains the program has ended without
    starting it."""
    status = program.exit_status
    if status is not None and place.failed(status):
        raise not_begun(who, program.output.tail())


def watch(program: Program) -> Callable[[], Look | None]:
    """The threads of the program and of the grader itself: those whose wait for a processor a
    deadline gives back."""

    def look() -> Look | None:
        return processes.look((os.getpid(), *program.tree()))

    return look


def _relocated(word: str, original: Path, copy: Path) -> str:
    inside = word == str(original) or word.startswith(f"{original}/")
    return f"{copy}{word[len(str(original)) :]}" if inside else word


def holder(sockets: SocketTable, launch: Launch) -> str:
    """Who listens on the port, in words; empty when nobody does, or nobody can tell."""
    udp = launch.transport == UDP
    there = sockets.takers(launch.port) if udp else sockets.listeners(launch.port)
    return next((_owner(found.inode) for found in there or ()), "")


def _owner(inode: int) -> str:
    for pid in processes.all_pids():
        if inode in (inodes_of([pid]) or ()):
            command = processes.command_of(pid)
            return (
                f"process {pid}"
                f" ({command[:_LONGEST_COMMAND]}{'...' if command[_LONGEST_COMMAND:] else ''})"
            )
    return "another program"
