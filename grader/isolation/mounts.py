"""Puts together the file system that a submission sees: from an empty one, by mounts, in its own
mount namespace.

How it works. What it may see of the machine is bound in read-only, what it may write lies on its
own disks, and what it must not see lies under something empty. Mounts are made from the top of the
tree downwards, so each covers what it lies in.

Why so. A list of what is shown forgets nothing: what is not on it does not exist, whatever the
machine has. A list of what is hidden would be wrong on the first machine with another layout.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from grader.isolation import syscalls
from grader.isolation.syscalls import (
    MS_BIND,
    MS_NODEV,
    MS_NOEXEC,
    MS_NOSUID,
    MS_REC,
    mount,
    set_attributes,
)
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from grader.isolation.allow_list import Shown

_DEVICES: Final = ("null", "zero", "full", "random", "urandom", "tty")
_DEVICE_LINKS: Final = {
    "fd": "/proc/self/fd", "stdin": "fd/0", "stdout": "fd/1", "stderr": "fd/2", "ptmx": "pts/ptmx",
}  # fmt: skip
_EMPTY: Final = "size=1m,nr_inodes=1k,mode=755"
_SHARED_MEMORY_SIZE: Final = "size=128m,nr_inodes=10k,mode=1777"


class MountEntry(Value, frozen=True):
    """One mount: what is at `path` in the view is `source` in the machine, or nothing when that is
    None.

    fresh: the source holds nothing of the machine.
    """

    path: Path
    source: Path | None
    writable: bool = False
    fresh: bool = False


class View(Value, frozen=True):
    """What one launch sees. box: an empty directory to build it in. directory: where the program
    starts.

    entries: outer ones before inner ones. own_processes: whether it has a process namespace, so a
    /proc of its own.
    """

    box: Path
    directory: Path
    entries: tuple[MountEntry, ...]
    own_processes: bool = True


def entries(seen: Shown, writable: Sequence[MountEntry], empty: Path) -> tuple[MountEntry, ...]:
    """The mounts for what is shown and what may be written, in order, without those that change
    nothing.

    What is hidden is taken away with everything below it, but for what may be written, which is the
    program's own. empty: a directory that is shown with nothing in it, whatever lies there.
    """
    own, hidden = {str(entry.path) for entry in writable}, {*map(str, seen.hidden)}
    wanted = [
        *(
            MountEntry(path, path)
            for path in seen.places
            if _innermost(path, hidden) <= _innermost(path, own)
        ),
        *writable,
        *(MountEntry(path, None) for path in (*seen.hidden, empty)),
    ]
    chosen: list[MountEntry] = []
    last: dict[str, MountEntry] = {}
    for entry in sorted(wanted, key=lambda entry: len(entry.path.parts)):
        above = next((last[place] for place in _from(entry.path) if place in last), None)
        if _changes_something(entry, above) or entry.path == empty:
            chosen.append(entry)
            last[str(entry.path)] = entry
    return tuple(chosen)


def _from(path: Path) -> Iterator[str]:
    """The path and all that it lies in, from the inside outwards. As text: each launch asks this of
    everything that is shown."""
    yield (place := str(path))
    while place != "/":
        place = place.rpartition("/")[0] or "/"
        yield place


def _innermost(path: Path, above: Container[str]) -> int:
    """How long the innermost of these is that the path is in; -1 when it is in none."""
    return next((len(place) for place in _from(path) if place in above), -1)


def _changes_something(entry: MountEntry, above: MountEntry | None) -> bool:
    """What is shown read-only is there already where a whole directory is; what is hidden is not
    there elsewhere."""
    if entry.writable:
        return True
    seen_already = above is not None and above.source is not None and not above.fresh
    return seen_already == (entry.source is None)


def enter(view: View) -> None:
    """Build the view and move into it for good; in a child, with all capabilities in namespaces of
    its own."""
    root = str(view.box)
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=4m,nr_inodes=10k,mode=755")
    _few_devices(root)
    _processes(root, own=view.own_processes)
    covers = [root]
    for entry in view.entries:
        covers += _show(root, entry)
    for place in ("/run", "/tmp", "/var"):
        os.makedirs(root + place, exist_ok=True)
    if not os.path.lexists(f"{root}/var/run"):
        os.symlink("/run", f"{root}/var/run")
    for cover in reversed(covers):
        set_attributes(cover, syscalls.RDONLY | syscalls.NODEV | syscalls.NOSUID)
    syscalls.pivot_into(root)
    os.chdir(view.directory)


def _show(root: str, entry: MountEntry) -> list[str]:
    """Mount one entry; the empty directories that this made, to be closed when all is in place."""
    target = root + str(entry.path)
    if entry.source is None:
        return _hide(target)
    if entry.source.is_symlink() and entry.path.parent == Path("/"):
        os.symlink(os.readlink(entry.source), target)
        return []
    _make_target(target, directory=entry.source.is_dir())
    mount(str(entry.source), target, "", MS_BIND if entry.writable else MS_BIND | MS_REC)
    protected = syscalls.NODEV | syscalls.NOSUID
    if entry.writable:
        set_attributes(target, protected, clear=syscalls.RDONLY)
    else:
        set_attributes(target, protected | syscalls.RDONLY, recursive=True)
    return []


def _hide(target: str) -> list[str]:
    if os.path.lexists(target) and not os.path.isdir(target):
        if stat.S_ISREG(os.lstat(target).st_mode):
            mount("/dev/null", target, "", MS_BIND)
            set_attributes(target, syscalls.RDONLY | syscalls.NODEV)
        return []
    os.makedirs(target, exist_ok=True)
    mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, _EMPTY)
    return [target]


def _make_target(target: str, *, directory: bool) -> None:
    if os.path.lexists(target):
        return
    os.makedirs(target if directory else os.path.dirname(target), exist_ok=True)
    if not directory:
        with open(target, "x"):
            pass


def _few_devices(root: str) -> None:
    """A /dev with nothing in it that reaches the machine, and terminals of its own: others could be
    written to."""
    dev = f"{root}/dev"
    os.mkdir(dev)
    mount("tmpfs", dev, "tmpfs", MS_NOSUID, _EMPTY)
    for name in _DEVICES:
        with open(f"{dev}/{name}", "x"):
            pass
        mount(f"/dev/{name}", f"{dev}/{name}", "", MS_BIND)
        set_attributes(f"{dev}/{name}", syscalls.NOSUID, clear=syscalls.NODEV | syscalls.RDONLY)
    for name, target in _DEVICE_LINKS.items():
        os.symlink(target, f"{dev}/{name}")
    os.mkdir(f"{dev}/pts")
    with contextlib.suppress(OSError):
        mount(
            "devpts",
            f"{dev}/pts",
            "devpts",
            MS_NOSUID | MS_NOEXEC,
            "newinstance,ptmxmode=0666,mode=620",
        )
    os.mkdir(f"{dev}/shm")
    set_attributes(dev, syscalls.RDONLY | syscalls.NOSUID)
    mount("tmpfs", f"{dev}/shm", "tmpfs", MS_NOSUID | MS_NODEV, _SHARED_MEMORY_SIZE)


def _processes(root: str, *, own: bool) -> None:
    proc = f"{root}/proc"
    os.mkdir(proc)
    if not own:
        mount("/proc", proc, "", MS_BIND | MS_REC)
    else:
        mount("proc", proc, "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    with contextlib.suppress(OSError):  # no namespaces inside of this one
        Path(f"{proc}/sys/user/max_user_namespaces").write_text("0")
    # Else user 0 could change the machine's settings in /proc/sys.
    set_attributes(
        proc,
        syscalls.RDONLY | syscalls.NOSUID | syscalls.NODEV | syscalls.NOEXEC,
        recursive=not own,
    )
