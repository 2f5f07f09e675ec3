"""A private network, process tree and file view by Linux namespaces, made by hand: needs no program
and no privilege.

How it works. The grader moves into its own user, network and mount namespace, where every port of
loopback is free. Each launch nests a second user namespace in it, with its own processes, and
`mounts` builds there a file system of what `allow_list` names and of nothing else. The program has
no capabilities and, when the grader is root, runs as nobody.

Why so. A user namespace comes first, because it gives the right to make the others. The second one
locks the mounts that it inherits, so the program cannot take away what covers the machine's files.
A process namespace holds only for children, so each launch forks; when its first process dies, the
kernel kills the rest. Privileges go last, after all that needs them, and no step can be undone. See
namespaces(7), user_namespaces(7), mount_namespaces(7), mount_setattr(2).
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import signal
import socket
import struct
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from grader.isolation import mounts, seccomp
from grader.isolation.allow_list import Shown, real_home, shown
from grader.isolation.copying import copy_tree
from grader.isolation.left_out import left_out, skipped
from grader.isolation.level import UNBOUNDED, Containment, Needs
from grader.isolation.limits import die_with, restrain
from grader.isolation.mounts import MountEntry, View
from grader.isolation.overlays import adopt, disk, merge, weigh, whiteouts
from grader.isolation.scratch import home_in, scratch_directories
from grader.isolation.syscalls import (
    MS_NODEV,
    MS_NOSUID,
    NEWIPC,
    NEWNET,
    NEWNS,
    NEWPID,
    NEWUTS,
    SET_PDEATHSIG,
    drop_capabilities,
    empty_bounding_set,
    mount,
    prctl,
    unmount,
)
from grader.isolation.try_in_child import nothing, reason
from grader.isolation.user import User, new_user_namespace
from grader.isolation.waiters import forget_arguments, fork_and_wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.isolation.cgroup import Delegated

_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x41
_TEMPORARY = Path("/tmp"), Path("/var/tmp")
_SCRATCH_SIZE = "size=1g,nr_inodes=200k,mode=711"


class Namespaces:
    """Everything the submission does stays inside and is gone when its first process is."""

    name = "namespaces"
    contains = True
    private_network = True
    waiters = 2
    own_disk = True
    refused: tuple[str, ...] = (seccomp.INTERFACES, seccomp.USER_NAMESPACES)
    cgroups: Delegated | None = None
    stays_root = True
    """Where nobody may use what root may: run as root, without capabilities."""

    weaknesses: tuple[str, ...] = (
        (
            "the program can read the system's directories, such as /usr and /etc, and installed"
            " interpreters"
        ),
        UNBOUNDED,
        "the program shares the machine's kernel",
    )

    def __init__(self, scratch: Path, needs: Needs | None = None) -> None:
        self._scratch = scratch
        self._needs = needs or Needs()
        self._numbers = itertools.count()
        self._layers: dict[Path, list[Path]] = {}
        self._seen: dict[Path, Shown] = {}
        self.home = home_in(scratch)
        self.private_network = not self._needs.host_network
        if self._needs.host_network:
            self.weaknesses = (
                "the program uses the machine's own network, and can connect to any server there",
                *self.weaknesses,
            )
        self.user = User.for_submissions() if sys.platform == "linux" else None
        self.weaknesses = (*self.weaknesses, *seccomp.weaknesses())

    def missing(self, meanwhile: Callable[[], object] = nothing) -> str:
        if sys.platform != "linux":
            return f"{sys.platform} has no namespaces"

        def trial() -> None:
            self.enter()
            if (
                self.user is not None
                and (own := self._needs.directory) is not None
                and not self._needs.alone
            ):
                weigh(own, left_out(self._needs, own, real_home()))
            (example := self._scratch / "example").mkdir()
            contained = self.contain(example, None, None)
            self._try(contained)

        why = reason(trial, self._look_around, meanwhile)
        if why and self.stays_root and self.user is not None:
            # root without capabilities, in its own user namespace, is still more than less walls
            self.user = None
            self.weaknesses = (
                f"the program runs as root, without capabilities: {why}",
                *self.weaknesses,
            )
            why = reason(trial)
        return why

    def _try(self, contained: Containment) -> None:
        """What a launch does, in a child that may die of it. Raises OSError when it fails."""
        if inner := reason(lambda: self._move_in(contained)):
            raise OSError(0, inner)

    def _move_in(self, contained: Containment) -> None:
        places = self._needs.outside()
        contained.confine()
        for place in places:
            if not os.access(place, os.X_OK):
                raise OSError(0, f"user {os.geteuid()} cannot use {place}")

    def enter(self) -> None:
        new_user_namespace(NEWNS | NEWNET if self.private_network else NEWNS, self.user)
        if self.private_network:
            loopback_up()
            with contextlib.suppress(OSError):
                # A server that closes first leaves its port in TIME_WAIT, and the next launch would
                # not get it.
                Path("/proc/sys/net/ipv4/tcp_max_tw_buckets").write_text("0")
        mount("tmpfs", str(self._scratch), "tmpfs", MS_NOSUID | MS_NODEV, _SCRATCH_SIZE)

    def because(self, _reasons: tuple[str, ...]) -> Self:
        return self

    def share(self, path: Path) -> None:
        disk(path, self._needs.limits.disk)
        if self.user is not None:
            self.user.owns(path)

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        place = self._place()
        disk(place, self._needs.limits.disk)
        merged, keep = self._merged(place, directory, built)
        shown_at = self._needs.known_as or directory
        seen = self._view(place, shown_at, merged, shared)
        prefix, confine = self._confinement(seen)
        return Containment(
            shown_at, confine, keep, prefix, lambda: _remove(place), partial(self._failed, seen)
        )

    def _failed(self, _seen: View, _status: int) -> bool:
        """Whether a program of the level's own ended so before the submission's began."""
        return False

    def _merged(self, place: Path, directory: Path, built: Path | None) -> tuple[Path, Path]:
        """The directory as the program will see it, and where its changes will be."""
        try:
            layers = [*([built] if built else []), *self._original(directory)]
            return merge(place / "own", layers, self.user)
        except OSError:
            # a file system that cannot be a lower layer, or another one is mounted inside of it
            copy = place / "copy"
            skip = skipped(self._needs, directory, real_home(), self._scratch)
            original = self._needs.known_as or directory
            copy_tree(built or directory, copy, skip, self.user, original=original)
            return copy, copy

    def _original(self, directory: Path) -> list[Path]:
        """The layers of the directory as it was, without what is left out; made once."""
        if directory not in self._layers:
            self._layers[directory] = [*self._made_layers(directory)]
        return self._layers[directory]

    def _made_layers(self, directory: Path) -> Iterator[Path]:
        """What belongs to others is handed over. A file that is alone has a directory of its own;
        what interpreters look for beside it is shown there."""
        place = self._place()
        if self._needs.alone:
            skip = skipped(self._needs, directory, real_home(), self._scratch, beside=())
            original = self._needs.known_as or directory
            copy_tree(directory, place / "alone", skip, self.user, original=original)
            yield place / "alone"
            return
        absent = left_out(self._needs, directory, real_home())
        if self.user is not None:
            merged, upper = merge(place, [directory], self.user, absent)
            adopt(merged, self.user)
            yield upper
        elif absent:
            whiteouts(place, directory, absent)
            yield place
        yield directory

    def _view(self, place: Path, directory: Path, merged: Path, shared: Path | None) -> View:
        home, tmp, box = place / "home", place / "tmp", place / "box"
        for path in (home, tmp, box):
            path.mkdir()
        tmp.chmod(0o1777)
        if self.user is not None:
            self.user.owns(home)
        writable = [
            *(
                MountEntry(path, tmp, writable=True, fresh=True)
                for path in _TEMPORARY
                if path != directory
            ),
            MountEntry(directory, merged, writable=True, fresh=bool(self._needs.alone)),
            MountEntry(self.home, home, writable=True, fresh=True),
            *([MountEntry(shared, shared, writable=True, fresh=True)] if shared else []),
        ]
        chosen = mounts.entries(self._found_at(directory), writable, self._scratch)
        return View(box, directory, chosen, own_processes=self.waiters > 0)

    def _found_at(self, directory: Path) -> Shown:
        if directory not in self._seen:
            seen = shown(self._needs, directory, real_home())
            hidden = (*seen.hidden, *scratch_directories(self._scratch.parent))
            self._seen[directory] = replace(seen, hidden=hidden)
        return self._seen[directory]

    def _look_around(self) -> None:
        """For the first launch, ahead."""
        if (directory := self._needs.known_as or self._needs.directory) is not None:
            with contextlib.suppress(OSError):  # whoever launches is told
                self._found_at(directory)

    def _confinement(self, seen: View) -> tuple[tuple[str, ...], Callable[[], None]]:
        """A command to put before the program's own, and what to do before exec."""
        grader, limits, user = os.getpid(), self._needs.limits, self.user
        filters = seccomp.filters(self.refused)

        def confine() -> None:
            die_with(grader)
            forget_arguments()
            new_user_namespace(NEWNS | NEWPID | NEWIPC | NEWUTS, user)
            fork_and_wait()
            mounts.enter(seen)
            empty_bounding_set()
            fork_and_wait()
            give_up_privileges(user)
            prctl(SET_PDEATHSIG, signal.SIGKILL)  # which a change of user takes away
            restrain(limits)
            seccomp.load(filters)

        return (), confine

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            unmount(str(self._scratch))
            self._scratch.rmdir()

    def _place(self) -> Path:
        place = self._scratch / f"view-{next(self._numbers)}"
        place.mkdir()
        return place


def give_up_privileges(user: User | None) -> None:
    """The last step before exec: no capability is left, and root is nobody."""
    if user is not None:
        user.become()
    else:
        drop_capabilities()


def _remove(place: Path) -> None:
    with contextlib.suppress(OSError):
        unmount(str(place))
        place.rmdir()


def loopback_up() -> None:
    """In a new network, where it is down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anything:
        fcntl.ioctl(anything, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP_RUNNING))
