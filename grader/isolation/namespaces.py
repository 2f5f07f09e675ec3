"""A private network, process tree and file view by Linux namespaces, made by hand: needs no program and no privilege.

The grader moves into a user, network and mount namespace of its own, where every port of loopback is free. Each
launch nests a second user namespace in it, in which the mounts it inherits are locked: the whole machine read-only,
the submission's directory and /tmp as overlays at their real paths, a fresh home, /dev/shm and /proc, no
capabilities, and nothing of the grader's own scratch directory.
See namespaces(7), user_namespaces(7), mount_namespaces(7), mount_setattr(2).
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import itertools
import os
import re
import signal
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Self

from grader.interruption import held
from grader.isolation.copying import copy_tree
from grader.isolation.plain import die_with, prctl, restrain
from grader.isolation.rung import Containment

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER, _NEWPID, _NEWNET = (
    0x0002_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000,
)  # fmt: skip
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_BIND, _MS_REC, _MS_PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x4_0000
_MNT_DETACH = 2
_SYS_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _RDONLY, _NODEV = 442, -100, 0x8000, 1, 4
_SIOCSIFFLAGS, _IFF_UP_RUNNING = 0x8914, 0x41
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _LAST_CAPABILITY = 1, 4, 24, 63
_SCRATCH_SIZE = "size=1g,nr_inodes=200k,mode=700"
_SHARED_MEMORY_SIZE = "size=128m,nr_inodes=10k,mode=1777"
_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx")
_DEVICE_LINKS = {"fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2"}
_HIDDEN_SIZE = "size=1m,nr_inodes=100,mode=755"


def _checked(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    arguments = (os.fsencode(source), os.fsencode(target), kind.encode(), ctypes.c_ulong(flags), os.fsencode(options))
    _checked(_libc().mount(*arguments), f"mount {kind or source} on {target}")


def _new_user_namespace(flags: int) -> None:
    """Unshare, keeping our own user and group ids: a non-root program then loses every capability at exec."""
    ids = {
        "setgroups": "deny",
        "uid_map": f"{os.getuid()} {os.getuid()} 1",
        "gid_map": f"{os.getgid()} {os.getgid()} 1",
    }
    _checked(_libc().unshare(_NEWUSER | flags), "unshare")
    for name, text in ids.items():
        Path(f"/proc/self/{name}").write_text(text)
    if flags & _NEWNS:
        _mount("none", "/", "", _MS_REC | _MS_PRIVATE)


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as anything:
        fcntl.ioctl(anything, _SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", _IFF_UP_RUNNING))


def _reason(trial: Callable[[], None]) -> str:
    """Run the trial in a child: the empty string when it worked, else the error in words."""
    read, write = os.pipe()
    with held():
        child = os.fork()
    if not child:
        try:
            trial()
        except BaseException as error:  # whatever it is, it must not unwind into the parent's code
            os.write(write, str(error).encode()[:500])
        os._exit(0)
    os.close(write)
    with open(read, "rb") as pipe:
        reason = pipe.read().decode(errors="replace")
    os.waitpid(child, 0)
    return reason


@dataclass(frozen=True, slots=True)
class _View:
    """What one launch may write: each place as it sees it, and where that really lies. What lies in the grader's own
    place comes after that has been hidden."""

    directory: Path
    outside: tuple[tuple[Path, Path], ...]
    hidden: Path
    inside: tuple[tuple[Path, Path], ...]


class Namespaces:
    """Everything the submission does stays inside and is gone when its first process is."""

    name = "namespaces"
    private_network = True
    keepers = 2
    loses: tuple[str, ...] = (
        "it can read the files that you can read",
        "the memory of its whole tree is not bounded",
    )

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._numbers = itertools.count()
        self.home = scratch / "home"

    def missing(self) -> str:
        if sys.platform != "linux":
            return f"{sys.platform} has no namespaces"

        def trial() -> None:
            self.enter()
            (example := self._scratch / "example").mkdir()
            view = self._view(Path("/tmp"), self._merge((example,))[0], None)
            _new_user_namespace(_NEWNS | _NEWPID | _NEWIPC | _NEWUTS)
            if inner := _reason(lambda: _enter_view(view)):
                raise OSError(inner)

        return _reason(trial)

    def enter(self) -> None:
        _new_user_namespace(_NEWNS | _NEWNET)
        _loopback_up()
        with contextlib.suppress(OSError):
            # A server that closes first leaves its port in TIME_WAIT, and the next launch would not get it.
            Path("/proc/sys/net/ipv4/tcp_max_tw_buckets").write_text("0")
        _mount("tmpfs", str(self._scratch), "tmpfs", _MS_NOSUID | _MS_NODEV, _SCRATCH_SIZE)

    def because(self, reasons: tuple[str, ...]) -> Self:
        return self

    def contain(self, directory: Path, shared: Path | None, built: Path | None) -> Containment:
        try:
            merged, keep = self._merge((built, directory) if built else (directory,))
        except OSError:  # a file system that cannot be a lower layer, or another one is mounted inside of it
            merged = keep = self._place() / "copy"
            copy_tree(built or directory, merged, skip=self._scratch)
        view = self._view(directory, merged, shared)
        grader = os.getpid()

        def confine() -> None:
            die_with(grader)
            _new_user_namespace(_NEWNS | _NEWPID | _NEWIPC | _NEWUTS)
            _fork_and_wait()
            _enter_view(view)
            _drop_capabilities()
            _fork_and_wait()
            restrain()

        return Containment(directory, confine, keep)

    def leave(self) -> None:
        with contextlib.suppress(OSError):
            _checked(_libc().umount2(os.fsencode(self._scratch), _MNT_DETACH), "umount")
            self._scratch.rmdir()

    def _view(self, directory: Path, merged: Path, shared: Path | None) -> _View:
        try:
            tmp, _ = self._merge((Path("/tmp"),))
        except OSError:
            tmp = self._place()
        inside = [(self.home, self._place()), *([(shared, shared)] if shared else [])]
        return _View(directory, ((Path("/tmp"), tmp), (directory, merged)), self._scratch, tuple(inside))

    def _place(self) -> Path:
        place = self._scratch / f"view-{next(self._numbers)}"
        place.mkdir()
        return place

    def _merge(self, layers: tuple[Path, ...]) -> tuple[Path, Path]:
        """An overlay of these layers, the first on top, and the directory that holds what is changed in it."""
        place = self._place()
        upper, work, merged = (place / name for name in ("upper", "work", "merged"))
        for path in (upper, work, merged):
            path.mkdir()
        upper.chmod(layers[-1].stat().st_mode & 0o7777)
        lower = ":".join(_escaped(layer) for layer in layers)
        options = f"lowerdir={lower},upperdir={upper},workdir={work},userxattr"
        _mount("overlay", str(merged), "overlay", _MS_NODEV, options)
        return merged, upper


def _fork_and_wait() -> None:
    """Fork: the parent reaps until its child ends, and ends with its status; the child goes on.

    Done twice: the first child is process 1 of the new process namespace, the second is the program.
    """
    if child := os.fork():
        _wait_and_exit(child)
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _wait_and_exit(child: int) -> NoReturn:
    """A bare waiter still holds the grader's memory, so it is made unreadable, and keeps no descriptor open."""
    with contextlib.suppress(OSError):
        prctl(_PR_SET_DUMPABLE, 0)
    os.closerange(0, 65536)
    status = 0
    with contextlib.suppress(ChildProcessError):
        while (got := os.wait())[0] != child:
            pass
        status = os.waitstatus_to_exitcode(got[1])
    os._exit(status if status >= 0 else 128 - status)


def _drop_capabilities() -> None:
    """Without a bounding set, exec as user 0 gives no capability back (capabilities(7))."""
    for capability in range(_LAST_CAPABILITY + 1):
        with contextlib.suppress(OSError):  # beyond the kernel's last one: EINVAL
            prctl(_PR_CAPBSET_DROP, capability)


def _enter_view(view: _View) -> None:
    """Mount the submission's world: everything read-only, then the writable places on top of it, each after what it
    may lie in. What one mount may cover is held open before."""
    held = {source: os.open(source, os.O_PATH) for _, source in (*view.outside, *view.inside)}
    _set_attributes("/", _RDONLY | _NODEV, recursive=True)
    _few_devices()
    for path, source in view.outside:
        with contextlib.suppress(OSError):  # it is there, unless an earlier mount covers it
            path.mkdir(parents=True, exist_ok=True)
        _show(path, held[source])
    view.hidden.mkdir(parents=True, exist_ok=True)
    _mount("tmpfs", str(view.hidden), "tmpfs", _MS_NOSUID | _MS_NODEV, _HIDDEN_SIZE)
    for path, source in view.inside:
        path.mkdir(parents=True)
        _show(path, held[source])
    _mount("proc", "/proc", "proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
    with contextlib.suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    _set_attributes("/proc", _RDONLY)  # or user 0 could change the machine's settings in /proc/sys
    os.chdir(view.directory)


def _show(path: Path, held: int) -> None:
    """Let a directory that is held open be seen at `path`, writable; nothing of it stays open."""
    _mount(f"/proc/self/fd/{held}", str(path), "", _MS_BIND)
    _set_attributes(str(path), 0, clear=_RDONLY)
    os.close(held)


def _few_devices() -> None:
    """A /dev with nothing in it that reaches the machine: a disk's node would open for user 0."""
    nodes = {name: os.open(f"/dev/{name}", os.O_PATH) for name in _DEVICES}
    terminals = os.open("/dev/pts", os.O_PATH)
    _mount("tmpfs", "/dev", "tmpfs", _MS_NOSUID | _MS_NODEV, _HIDDEN_SIZE)
    for name, node in nodes.items():
        Path(f"/dev/{name}").touch()
        _mount(f"/proc/self/fd/{node}", f"/dev/{name}", "", _MS_BIND)
        _set_attributes(f"/dev/{name}", 0, clear=_NODEV | _RDONLY)
        os.close(node)
    for name in ("pts", "shm"):
        Path(f"/dev/{name}").mkdir()
    _mount(f"/proc/self/fd/{terminals}", "/dev/pts", "", _MS_BIND)
    os.close(terminals)
    _set_attributes("/dev/pts", 0, clear=_NODEV | _RDONLY)
    _mount("tmpfs", "/dev/shm", "tmpfs", _MS_NOSUID | _MS_NODEV, _SHARED_MEMORY_SIZE)
    for name, target in _DEVICE_LINKS.items():
        Path(f"/dev/{name}").symlink_to(target)


def _escaped(path: Path) -> str:
    """A path inside overlay's mount options, where commas and colons separate."""
    return re.sub(r"([\\\\:,])", r"\\\1", str(path))


def _set_attributes(path: str, wanted: int, *, clear: int = 0, recursive: bool = False) -> None:
    """mount_setattr(2): attributes of the mount at `path`, and with `recursive` of all below it."""
    attributes = struct.pack("=QQQQ", wanted, clear, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    result = _libc().syscall(_SYS_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(path), flags, attributes, len(attributes))
    _checked(result, f"mount_setattr on {path}")
