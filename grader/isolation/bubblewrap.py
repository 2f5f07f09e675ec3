"""The same network and file view as `namespaces`, the inner one built by bubblewrap, where that is
installed.

bubblewrap (bwrap(1), 0.8 or newer) is what Flatpak trusts: its waiting processes hold nothing of
the grader's memory.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import resource
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from grader.isolation import seccomp
from grader.isolation.limits import die_with, restrain
from grader.isolation.namespaces import Namespaces
from grader.isolation.syscalls import MS_BIND, MS_REC, mount
from grader.isolation.try_in_child import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.isolation.level import Containment, Needs
    from grader.isolation.mounts import MountEntry, View

_ALONE = (
    "--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts",
    "--die-with-parent", "--cap-drop", "ALL",
)  # fmt: skip
_STATUS = 255  # a descriptor that nothing else has, where there may be as many
_FAILED = 1  # its exit status when it could not start the program
_SHARED_MEMORY = ("--size", str(128 << 20), "--perms", "1777", "--tmpfs", "/dev/shm")


class Bubblewrap(Namespaces):
    """As `Namespaces`, and another program's code between the submission and us."""

    name = "bubblewrap"
    stays_root = False  # the next level may do better
    # bubblewrap, too: it makes user namespaces, and then says that it was the last one
    refused = (seccomp.INTERFACES,)

    def __init__(self, scratch: Path, needs: Needs | None = None) -> None:
        super().__init__(scratch, needs)
        self._program = shutil.which("bwrap")
        self._stages = itertools.count()
        self._staged: dict[Path, Path] = {}

    def missing(self, meanwhile: Callable[[], object] = nothing) -> str:
        return super().missing(meanwhile) if self._program else "bwrap is not installed"

    def _try(self, contained: Containment) -> None:
        question = (
            "/bin/sh",
            "-c",
            'for place; do test -x "$place" || { echo "$place" >&2; exit 1; }; done',
            "sh",
        )
        tried = subprocess.run(
            [*contained.prefix, *question, *self._needs.outside()],
            preexec_fn=contained.confine,
            close_fds=False,
            capture_output=True,
            check=False,
            timeout=30,
        )
        if tried.returncode:
            said = tried.stderr.decode(errors="replace").strip()
            raise OSError(0, said if said.startswith("bwrap") else f"the program cannot use {said}")

    def _confinement(self, seen: View) -> tuple[tuple[str, ...], Callable[[], None]]:
        grader, limits, user = os.getpid(), self._needs.limits, self.user
        filters = seccomp.filters(self.refused)
        # the program's is set last, and may be lower
        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        number = min(_STATUS, most - 1)
        words = [str(self._program), *_ALONE, "--proc", "/proc", "--dev", "/dev", *_SHARED_MEMORY]
        words += ["--json-status-fd", str(number)]
        for entry in seen.entries:
            words += self._shown(entry)
        words += [word for place in _missing_places(seen) for word in place]
        words += [word for cover in _covers(seen) for word in ("--remount-ro", cover)]
        words += ["--chdir", str(seen.directory), "--"]
        status = _status_file(seen)

        def confine() -> None:
            report = os.open(status, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            if user is not None:  # bubblewrap maps nobody but who starts it
                user.become()
            die_with(grader)
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
            os.dup2(report, number)
            restrain(limits)
            seccomp.load(filters)

        return tuple(words), confine

    def _failed(self, seen: View, status: int) -> bool:
        """bubblewrap ends with 1 when it fails, and reports an exit code only of a program that has
        begun. When it was killed, by the watchdog too, it has reported nothing, and has another
        status."""
        if status != _FAILED:
            return False
        with contextlib.suppress(FileNotFoundError):
            return b'"exit-code"' not in _status_file(seen).read_bytes()
        return True

    def _shown(self, entry: MountEntry) -> list[str]:
        path, source = str(entry.path), entry.source
        if source is None:
            is_file = os.path.lexists(path) and not os.path.isdir(path)
            return (
                ["--ro-bind", "/dev/null", path]
                if is_file
                else ["--size", str(1 << 20), "--tmpfs", path]
            )
        if source.is_symlink() and entry.path.parent == Path("/"):
            return ["--symlink", os.readlink(source), path]
        return ["--bind" if entry.writable else "--ro-bind", str(self._reachable(source)), path]

    def _reachable(self, source: Path) -> Path:
        """The place, or where else it can be seen by somebody who may not walk to it."""
        if self.user is None or source.is_relative_to(self._scratch):
            return source
        if source not in self._staged:
            stage = self._scratch / f"stage-{next(self._stages)}"
            if source.is_dir():
                stage.mkdir()
            else:
                stage.touch()
            mount(str(source), str(stage), "", MS_BIND | MS_REC)
            self._staged[source] = stage
        return self._staged[source]


def _status_file(seen: View) -> Path:
    """Where bubblewrap reports: in the grader's scratch directory, which no program sees, or fills
    up."""
    return seen.box.parent.with_suffix(".status")


def _covers(seen: View) -> Iterator[str]:
    """The directories that were made empty, inner ones first, and the root itself."""
    yield from (
        str(e.path) for e in reversed(seen.entries) if e.source is None and not _is_file(e.path)
    )
    yield "/"


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and not path.is_dir()


def _missing_places(seen: View) -> Iterator[tuple[str, ...]]:
    """What programs expect to be there: as in `view.enter`."""
    taken = {str(entry.path) for entry in seen.entries}
    yield from (("--dir", place) for place in ("/run", "/tmp", "/var") if place not in taken)
    if not any(path.startswith("/var/run") for path in taken):
        yield "--symlink", "/run", "/var/run"
