"""Control groups (cgroups(7), version 2), where we may make some: the kernel itself bounds a
launch's memory and the number of its processes, ends all of them at once, and says which bound was
met."""

from __future__ import annotations

import contextlib
import os
import re
import select
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation.locks import lock, make_locked
from grader.isolation.removal import opened
from grader.isolation.try_in_child import reason
from grader.limits import Limits
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONTROLLERS: Final = ("memory", "pids")
_OURS: Final = "grader"
"""The leaf that we move to: only a group without processes may hand on its controllers."""

_LAUNCH: Final = re.compile(r"launch-[0-9a-f]{16}")
_MIB: Final = 1 << 20
# for the isolation's own processes; the exact number of the program's is watched from outside
_SLACK: Final = 64
_SHARED_MEMORY_MIB: Final = 128
_LONGEST_END_S: Final = 5.0
_STEP_S: Final = 0.02


class LaunchGroup:
    """One launch's group. `enter` in the child, before anything else; `remove` once it is dead."""

    def __init__(self, place: Path, lock: int, limits: Limits, disks: int) -> None:
        """place, lock: a new group, and the descriptor that holds its lock. disks: how many disks
        in memory the launch has: what is written to them is the group's memory as well, and has
        limits of its own. Raises OSError."""
        self._place = place
        self._lock: int | None = lock
        self._limits = limits
        self._hit = ""
        most = limits.memory + (disks * limits.disk + _SHARED_MEMORY_MIB if disks else 0)
        try:
            _write(place / "memory.max", most * _MIB)
            _write(place / "memory.oom.group", 1)
            _write(place / "pids.max", limits.processes + _SLACK)
            with contextlib.suppress(FileNotFoundError):  # a kernel without swap
                _write(place / "memory.swap.max", 0)
        except OSError:
            place.rmdir()
            os.close(lock)
            raise

    def enter(self) -> None:
        """Move this process; what it starts is born there."""
        _write(self._place / "cgroup.procs", 0)

    def hit(self) -> str:
        """Which bound was met, as the rest of a sentence; empty when none was."""
        if _count(_text(self._place / "memory.events"), "oom_kill"):
            self._hit = f"used more than {self._limits.memory} MiB of memory and was stopped"
        elif not self._hit and _count(_text(self._place / "pids.events"), "max"):
            self._hit = f"wanted more than {self._limits.processes} processes and threads at once"
        return self._hit

    def remove(self) -> None:
        """End what is still in it, and give it back. What was hit stays known."""
        self.hit()
        _end(self._place)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


class Delegated(Value, frozen=True):
    """A group in which we may make others, one for each launch. place: its directory."""

    place: Path

    def launch(self, limits: Limits, disks: int) -> LaunchGroup:
        """A new group for one launch. Raises OSError."""
        made, holding = make_locked(lambda: self.place / f"launch-{os.urandom(8).hex()}")
        return LaunchGroup(made, holding, limits, disks)

    def sweep(self) -> None:
        """End and remove the groups of dead graders, which hold their locks no longer."""
        for place in self.place.glob("launch-*"):
            with contextlib.suppress(OSError), opened(str(place)) as descriptor:
                ours = _LAUNCH.fullmatch(place.name) and os.fstat(descriptor).st_uid == os.geteuid()
                if ours and lock(descriptor):
                    _end(place)


class Standing(Value, frozen=True):
    """Where we are in the tree of groups. place: where groups could be made, or None. missing: why
    they cannot be; empty when they can. alone: whether we have to move out of `place` first, and
    may: nobody else is in it. shared: only others in the group are in the way, or that it is not
    ours: then a group of our own would do."""

    place: Path | None
    missing: str = ""
    alone: bool = False
    shared: bool = False


def delegated() -> Delegated | None:
    """Where to make groups, tried in a child; None where we may not. Moves us out of a group that
    we are alone in."""
    standing = look()
    if standing.missing or standing.place is None:
        return None
    if standing.alone:
        try:
            _settle(standing.place)
        except OSError:
            return None
    found = Delegated(standing.place)
    found.sweep()
    return None if _tried(found) else found


def look(
    read: Callable[[Path], str] | None = None,
    may_write: Callable[[Path], bool] | None = None,
    ours: Iterable[int] = (),
) -> Standing:
    """What /proc and the group's own files say. Nothing is changed.

    read: the text of a file, empty where there is none. ours: our process ids; by default our own.
    """
    read, may_write, mine = read or _text, may_write or _writable, set(ours) or {os.getpid()}
    own = _own(read(Path("/proc/self/cgroup")), read(Path("/proc/self/mountinfo")))
    if sys.platform != "linux" or own is None:
        return Standing(None, "this machine has no cgroups of version 2")
    if own.name == _OURS and _has_controllers(read(own.parent / "cgroup.subtree_control")):
        return Standing(own.parent) if may_write(own.parent) else _not_ours(own.parent)
    if not _has_controllers(read(own / "cgroup.controllers")):
        return Standing(None, _why_no_controllers(own, read(Path("/proc/self/cgroup"))))
    if not may_write(own):
        return _not_ours(own)
    return _may_be_divided(own, read, mine)


def _may_be_divided(own: Path, read: Callable[[Path], str], mine: set[int]) -> Standing:
    if _has_controllers(read(own / "cgroup.subtree_control")):
        return Standing(own)
    others = {int(word) for word in read(own / "cgroup.procs").split()} - mine
    if others:
        return Standing(None, f"other programs run in the same cgroup, {own}", shared=True)
    return Standing(own, alone=True)


def _why_no_controllers(own: Path, membership: str) -> str:
    """membership: the text of /proc/self/cgroup, with a line for each hierarchy of version 1."""
    if re.search(r"^\d+:(\S+,)?memory[,:]", membership, re.MULTILINE):
        return "cgroups of version 1 control the memory of this machine; version 2 is needed"
    return f"the cgroup {own} does not offer the controllers memory and pids"


def _not_ours(place: Path) -> Standing:
    return Standing(None, f"the grader may not make cgroups in {place}", shared=True)


def _own(cgroup: str, mountinfo: str) -> Path | None:
    """Our group's directory, from the two files of proc(5) and proc_pid_mountinfo(5)."""
    ours = re.search(r"^0::(/.*)$", cgroup, re.MULTILINE)
    mount = re.search(r"^\d+ \d+ \S+ (\S+) (\S+) [^\n]* - cgroup2 ", mountinfo, re.MULTILINE)
    if not ours or not mount or ".." in ours[1].split("/"):
        return None
    root, place = mount[1], Path(mount[2])
    if root == "/":
        return place / ours[1].lstrip("/")
    return place / Path(ours[1]).relative_to(root) if Path(ours[1]).is_relative_to(root) else None


def _settle(place: Path) -> None:
    """Move to a leaf of our own, and hand the controllers on. Where that fails, all is as it was.
    Raises OSError."""
    leaf = place / _OURS
    leaf.mkdir(exist_ok=True)
    try:
        _write(leaf / "cgroup.procs", 0)
        _write(place / "cgroup.subtree_control", " ".join(f"+{name}" for name in CONTROLLERS))
    except OSError:
        with contextlib.suppress(OSError):
            _write(place / "cgroup.procs", 0)
            leaf.rmdir()
        raise


def _tried(found: Delegated) -> str:
    """Why a launch could not live in a group made there; empty when it could."""
    try:
        group = found.launch(Limits(), 0)
    except OSError as error:
        return error.strerror or str(error)
    try:
        return reason(group.enter)
    finally:
        group.remove()


def _has_controllers(names: str) -> bool:
    return set(CONTROLLERS) <= set(names.split())


def _count(events: str, name: str) -> int:
    """The number behind this name in a file such as memory.events; 0 where it is not named."""
    found = re.search(rf"^{name} (\d+)$", events, re.MULTILINE)
    return int(found[1]) if found else 0


def _end(place: Path) -> None:
    """End what is in a group, and remove it."""
    with contextlib.suppress(OSError):  # before Linux 5.14 there is no such file
        _write(place / "cgroup.kill", 1)
    deadline = time.monotonic() + _LONGEST_END_S
    while not _gone(place) and time.monotonic() < deadline:
        _await_change(place / "cgroup.events")


def _gone(place: Path) -> bool:
    try:
        place.rmdir()
    except FileNotFoundError:
        return True
    except OSError:  # somebody has not quite ended
        return False
    return True


def _await_change(events: Path) -> None:
    """Until the kernel says that the group has become empty, or for a moment."""
    try:
        with open(events) as file:
            file.read()
            poller = select.poll()
            poller.register(file, select.POLLPRI)
            poller.poll(_STEP_S * 1000)
    except OSError:
        return


def _writable(place: Path) -> bool:
    """Whether we may make groups there and move ourselves into them. Root may everywhere, and
    should not: where systemd runs, what it has not delegated is its own."""
    names = (place, place / "cgroup.procs", place / "cgroup.subtree_control")
    return all(os.access(name, os.W_OK) for name in names) and (
        os.geteuid() != 0 or _given_to_root(place)
    )


def _given_to_root(place: Path) -> bool:
    if not os.path.isdir("/run/systemd/system"):
        return True
    for name in ("user.delegate", "trusted.delegate"):
        with contextlib.suppress(OSError):
            if os.getxattr(place, name) == b"1":
                return True
    return False


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _write(path: Path, value: str | int) -> None:
    """Without O_CREAT: what is no control file is not made into a file."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, str(value).encode())
    finally:
        os.close(descriptor)
